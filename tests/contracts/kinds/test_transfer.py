"""A contract passes to another subscriber on the day of its document, with the operator's approval."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Ending, Request, Subscriber, SubscriberChange
from contracts.services.carry_out_requests import carry_out_requests
from contracts.services.refuse_request import refuse_request
from contracts.services.review_request import review_request
from notices.models import Notice
from terms.registry import pack_for
from tests import factories
from tests.contracts.kinds.asking import ask, grant
from tests.contracts.kinds.papers import hand_in
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 15)


@pytest.fixture(autouse=True)
def _published():
    factories.publish_all()


def corporation(**fields) -> Subscriber:
    return factories.subscriber(kind=Subscriber.Kind.CORPORATION, **fields)


def asked(contract: Contract, to: Subscriber, day: date = DAY, **details) -> Request:
    return ask(contract, "transfer", day=day, transferee=to.number, **details)


@pytest.mark.article("hikari-line", "22")
@pytest.mark.parametrize(
    ("received", "effective"),
    [(date(2025, 8, 15), date(2025, 9, 1)), (date(2025, 8, 16), date(2025, 10, 1))],
)
def test_a_transfer_takes_effect_on_the_first_of_a_month(received, effective):
    contract, to = factories.contract("hikari-line"), corporation(name="株式会社譲受")
    old = contract.subscriber
    request = grant(hand_in(asked(contract, to, received), "joint_form"), received)
    assert request.effective_on == effective
    contract.refresh_from_db()
    assert contract.subscriber == old
    carry_out_requests(on=effective)
    contract.refresh_from_db()
    assert contract.subscriber == to
    change = SubscriberChange.objects.get()
    assert (change.on, change.old, change.new, change.debts) == (effective, old, to, True)
    told = Notice.objects.filter(occasion="transfer_effective")
    assert {notice.recipient for notice in told} == {old, to}
    assert all("債務を含みます" in notice.body for notice in told)


@pytest.mark.article("hikari-line", "22")
def test_an_approval_that_comes_late_does_not_move_the_day_of_the_document():
    contract, to = factories.contract("hikari-line"), corporation()
    request = grant(hand_in(asked(contract, to), "joint_form"), date(2025, 9, 10))
    assert request.state == Request.State.CARRIED_OUT
    assert SubscriberChange.objects.get().on == date(2025, 9, 1)


@pytest.mark.article("hikari-line", "22")
def test_without_the_joint_form_or_proof_a_transfer_is_not_approved():
    contract, to = factories.contract("hikari-line"), corporation()
    request = asked(contract, to)
    with pytest.raises(Refused) as refused:
        grant(request)
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (
        "no_evidence",
        "hikari-line 22-2",
    )
    grant(hand_in(request, "proof"))
    assert request.state == Request.State.ACCEPTED


@pytest.mark.article("hikari-line", "22")
@pytest.mark.article("hikari-phone", "18")
@pytest.mark.article("isp-access", "14")
@pytest.mark.article("business-network", "11")
@pytest.mark.parametrize(
    ("terms_code", "article"),
    [
        ("hikari-line", "22-1"),
        ("hikari-phone", "18-1"),
        ("isp-access", "14"),
        ("business-network", "11"),
    ],
)
def test_a_transfer_that_is_not_approved_has_no_effect(terms_code, article):
    contract, to = factories.contract(terms_code), corporation()
    request = asked(contract, to)
    refuse_request(request=request, by=factories.staff(), on=DAY, ground="no_approval", reason="審査の結果")
    carry_out_requests(on=date(2026, 1, 1))
    contract.refresh_from_db()
    assert contract.subscriber != to
    assert request.article == f"{terms_code} {article}"


@pytest.mark.article("isp-access", "14")
@pytest.mark.article("business-network", "11")
@pytest.mark.parametrize("terms_code", ["isp-access", "business-network"])
def test_the_consent_is_given_in_writing_and_comes_first(terms_code):
    contract, to = factories.contract(terms_code), corporation()
    request = grant(asked(contract, to, desired_on=date(2025, 8, 16)), date(2025, 8, 20))
    consent = Notice.objects.get(occasion="request_accepted")
    assert consent.channel == Notice.Channel.LETTER
    change = SubscriberChange.objects.get()
    assert (request.state, change.on, change.debts) == (
        Request.State.CARRIED_OUT,
        date(2025, 8, 20),
        False,
    )
    assert "債務を含みます" not in Notice.objects.filter(occasion="transfer_effective")[0].body


@pytest.mark.article("line-info-api", "10")
def test_a_contract_about_line_information_passes_by_succession_only():
    assert pack_for("line-info-api", DAY).transfer is None


@pytest.mark.article("hikari-phone", "8")
def test_only_one_who_may_apply_may_take_over():
    contract, person = factories.contract("hikari-phone"), factories.subscriber()
    with pytest.raises(Refused) as refused:
        asked(contract, person)
    assert refused.value.refusal.code == "not_corporation"
    assert not Request.objects.exists()


def test_the_transferee_s_debts_speak_against_a_transfer():
    contract, to = factories.contract("hikari-line"), corporation()
    against = review_request(request=asked(contract, to), by=factories.staff(), on=DAY, arrears=1)
    assert [refusal.code for refusal in against] == ["unpaid_or_likely"]


@pytest.mark.parametrize(
    ("details", "field"),
    [({"transferee": "S99999999"}, "transferee"), ({"desired_on": date(2025, 8, 20)}, "desired_on")],
)
def test_what_is_wrong_is_said_where_it_was_entered(details, field):
    contract = factories.contract("hikari-line")
    with pytest.raises(ValidationError) as error:
        ask(contract, "transfer", day=DAY, **({"transferee": corporation().number} | details))
    assert set(error.value.message_dict) == {field}


def test_a_contract_is_not_transferred_to_the_one_who_has_it():
    contract = factories.contract("hikari-line")
    with pytest.raises(ValidationError) as error:
        asked(contract, contract.subscriber)
    assert set(error.value.message_dict) == {"transferee"}


def phone_on(line: Contract) -> Contract:
    item = factories.product("hikari-phone", beside_terms="hikari-line")
    return factories.contract("hikari-phone", subscriber=line.subscriber, parent=line, product=item)


@pytest.mark.article("hikari-phone", "20")
def test_a_line_transferred_without_its_phone_ends_the_phone():
    line, to = factories.contract("hikari-line"), corporation()
    phone = phone_on(line)
    grant(hand_in(asked(line, to), "joint_form"))
    carry_out_requests(on=date(2025, 9, 1))
    phone.refresh_from_db()
    ending = Ending.objects.get()
    assert (phone.state, ending.contract) == (Contract.State.ENDING, phone)
    assert (ending.article, ending.ground) == ("hikari-phone 20-4(2)", "parent_transferred")
    assert ending.notice_first


@pytest.mark.article("hikari-phone", "18")
@pytest.mark.article("hikari-phone", "20")
def test_a_phone_that_goes_with_its_line_does_not_end():
    line, to = factories.contract("hikari-line"), corporation()
    phone = phone_on(line)
    grant(hand_in(asked(line, to), "joint_form"))
    grant(asked(phone, to, desired_on=date(2025, 9, 1)))
    carry_out_requests(on=date(2025, 9, 1))
    phone.refresh_from_db()
    assert (phone.state, phone.subscriber) == (Contract.State.ACTIVE, to)
    assert not Ending.objects.exists()


def test_a_phone_passes_only_to_one_who_has_its_line_or_takes_it_over():
    phone = phone_on(factories.contract("hikari-line"))
    with pytest.raises(Refused) as refused:
        asked(phone, corporation())
    assert refused.value.refusal.code == "no_parent_contract"
