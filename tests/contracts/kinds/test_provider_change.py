"""A line moves to another provider with an approval number, or comes from one."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import ApprovalNumber, Contract, Ending, LineOrigin, Request
from contracts.services.receive_request import receive_request
from contracts.services.refuse_request import refuse_request
from contracts.services.switch_provider import switch_provider
from notices.models import Notice
from tests import factories
from tests.contracts.kinds.asking import DAY, PLACE, ask, grant
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

LINE = "hikari-line"


@pytest.fixture(autouse=True)
def _published():
    factories.publish_all()
    factories.serve(LINE, prefectures=("東京都", "神奈川県", "大阪府"))


def number_for(contract: Contract, day: date = DAY, **details) -> ApprovalNumber:
    grant(ask(contract, "provider_change", day=day, provider="株式会社他社", **details), day)
    return contract.approval_numbers.get(voided_on__isnull=True)


@pytest.mark.article(LINE, "22の3")
@pytest.mark.article("statute", "事業者変更承諾番号")
@pytest.mark.parametrize(("prefecture", "letter"), [("東京都", "F"), ("大阪府", "T")])
def test_the_number_is_good_for_15_days_counting_its_issue(prefecture, letter):
    contract = factories.contract(LINE, line=factories.line(LINE, prefecture=prefecture))
    number = number_for(contract)
    assert number.number[:5] == f"{letter}0815"
    assert (len(number.number), number.valid_through) == (11, date(2025, 8, 15))
    assert number.is_good(date(2025, 8, 15))
    assert not number.is_good(date(2025, 8, 16))
    told = Notice.objects.get(occasion="approval_number_issued")
    assert number.number in told.body
    assert "2025年8月15日" in told.body


@pytest.mark.article("statute", "事業者変更承諾番号")
def test_a_new_number_voids_the_old_one():
    contract = factories.contract(LINE)
    old = number_for(contract)
    new = number_for(contract, date(2025, 8, 5))
    old.refresh_from_db()
    assert (old.voided_on, new.valid_through) == (date(2025, 8, 5), date(2025, 8, 19))
    with pytest.raises(ValidationError):
        switch_provider(number=old, by=factories.staff(), on=date(2025, 8, 6))


@pytest.mark.article(LINE, "22の3")
def test_the_old_contract_counts_as_ended_by_notice_on_the_day_of_the_switch():
    contract = factories.contract(LINE)
    switched = date(2025, 8, 10)
    ending = switch_provider(number=number_for(contract), by=factories.staff(), on=switched)
    contract.refresh_from_db()
    assert (contract.state, contract.ends_on) == (Contract.State.ENDING, switched)
    assert (ending.by, ending.article) == (Ending.By.SUBSCRIBER, "hikari-line 22の3")


@pytest.mark.article(LINE, "22の3")
@pytest.mark.parametrize("gives_up", [False, True])
def test_options_and_type_2_go_on_here_as_type_1_unless_they_are_given_up(gives_up):
    type1 = factories.product(LINE, item="1Gb/s", maintenance="type1-1")
    contract = factories.contract(LINE, product=factories.product(LINE, item="1Gb/s", maintenance="type2"))
    factories.option(contract)
    details = {"give_up_extras": True} if gives_up else {}
    number = number_for(contract, **details)
    ending = switch_provider(number=number, by=factories.staff(), on=date(2025, 8, 10))
    contract.refresh_from_db()
    if gives_up:
        assert ending is not None
        assert contract.state == Contract.State.ENDING
    else:
        assert ending is None
        assert (contract.state, contract.product) == (Contract.State.ACTIVE, type1)


@pytest.mark.article(LINE, "22の3")
def test_type_2_without_extras_goes_on_as_type_2():
    factories.product(LINE, item="1Gb/s", maintenance="type1-1")
    product = factories.product(LINE, item="1Gb/s", maintenance="type2")
    contract = factories.contract(LINE, product=product)
    assert switch_provider(number=number_for(contract), by=factories.staff(), on=date(2025, 8, 10)) is None
    contract.refresh_from_db()
    assert (contract.state, contract.product) == (Contract.State.ACTIVE, product)


@pytest.mark.article(LINE, "22の3")
@pytest.mark.parametrize(
    ("ground", "article"),
    [("gaining_operator_refuses", "22の3-2(2)"), ("unpaid_or_likely", "13-4(3)")],
)
def test_it_is_refused_where_the_gaining_operator_refuses_or_as_an_application_would_be(ground, article):
    request = ask(factories.contract(LINE), "provider_change", provider="株式会社他社")
    refuse_request(request=request, by=factories.staff(), on=DAY, ground=ground, reason="不承諾")
    assert (request.state, request.article) == (Request.State.REFUSED, f"{LINE} {article}")
    assert not ApprovalNumber.objects.exists()


@pytest.mark.article(LINE, "22の3")
def test_it_is_refused_beside_a_relocation():
    contract = factories.contract(LINE)
    ask(contract, "relocation", **PLACE, on=date(2025, 8, 20))
    with pytest.raises(Refused) as refused:
        ask(contract, "provider_change", provider="株式会社他社")
    assert str(refused.value.refusal.article) == "hikari-line 22の3-2(3)"


def test_a_number_that_is_over_moves_nothing():
    contract = factories.contract(LINE)
    with pytest.raises(ValidationError) as error:
        switch_provider(number=number_for(contract), by=factories.staff(), on=date(2025, 8, 16))
    assert set(error.value.message_dict) == {"on"}
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE


def applied(**fields) -> Request:
    return receive_request(
        by=factories.staff(),
        at=factories.at(DAY),
        kind="new",
        subscriber=factories.subscriber(),
        terms_code=LINE,
        form="written",
        details=factories.new_details(factories.product(LINE), **fields),
    )


@pytest.mark.article(LINE, "22の3")
@pytest.mark.article("statute", "転用承諾番号")
@pytest.mark.article("statute", "事業者変更承諾番号")
@pytest.mark.parametrize(
    ("moved_by", "number"), [("conversion", "W1234567890"), ("provider_change", "F0815123456")]
)
def test_a_line_that_comes_with_a_number_is_applied_for(moved_by, number):
    request = applied(moved_by=moved_by, approval_number=number, discounted_since=date(2025, 1, 1))
    origin = LineOrigin.objects.get()
    assert (origin.contract, origin.kind, origin.approval_number) == (request.contract, moved_by, number)
    assert origin.discounted_since == date(2025, 1, 1)


@pytest.mark.article("statute", "転用承諾番号")
@pytest.mark.article("statute", "事業者変更承諾番号")
@pytest.mark.parametrize(
    ("moved_by", "number"),
    [
        ("conversion", "F0815123456"),
        ("conversion", "E123456789"),
        ("provider_change", "W0815123456"),
        ("provider_change", "F0731123456"),
        ("provider_change", "F0816123456"),
        ("provider_change", ""),
    ],
)
def test_a_number_of_another_form_or_that_is_over_is_sent_back(moved_by, number):
    with pytest.raises(ValidationError) as error:
        applied(moved_by=moved_by, approval_number=number)
    assert set(error.value.message_dict) == {"approval_number"}
    assert not Contract.objects.exists()
