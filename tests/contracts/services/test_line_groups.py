"""Groups of lines in a building: of what size, with whose consent, and what becomes of the last one left."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Product, Request
from contracts.request_fields import Asker, request_fields
from contracts.services.cancel_contract import cancel_contract
from contracts.services.carry_out_endings import carry_out_endings
from contracts.services.change_product import change_product
from contracts.services.form_group import form_group
from contracts.services.join_group import consent_to_representative, join_group, name_representative
from contracts.services.leave_group import leave_group
from contracts.services.receive_request import receive_request
from contracts.services.refuse_request import refuse_request
from contracts.services.relocate_line import relocate_line
from contracts.services.review_request import review_request
from contracts.services.withdraw_request import withdraw_request
from notices.models import Notice
from tests import factories
from tests.contracts.grouping import DAY, MENU_2, TERMS, accept, apply, end, group, living, refusal
from tests.contracts.grouping import in_english as in_english
from workflow.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.article("hikari-line", "5")
def test_a_line_of_menu_2_is_not_given_without_a_group():
    request = apply(None)
    assert "name the group" in str(refusal(request))
    request.contract.refresh_from_db()
    assert request.contract.state == Contract.State.APPLIED
    found = review_request(request=request, by=factories.staff(), on=DAY)
    assert [each.code for each in found] == ["no_group"]
    refuse_request(
        request=request, by=factories.staff(), on=DAY, ground="no_group", reason="四回線に満たない"
    )
    assert Notice.objects.get(occasion="request_refused").article == "hikari-line 53"


def test_a_line_of_menu_1_needs_none():
    product = factories.product(TERMS, **(MENU_2 | {"dwelling": Product.Dwelling.DETACHED}))
    assert accept(apply(None, product)).state == Contract.State.ACCEPTED


@pytest.mark.article("hikari-line", "5")
@pytest.mark.parametrize(("plan", "least"), [("mini", 4), ("plan1", 8)])
def test_a_group_is_set_up_with_as_many_lines_as_its_plan_asks_for(plan, least):
    named = group(plan)
    requests = [apply(named) for _ in range(least - 1)]
    assert f"asks for {least}" in str(refusal(requests[0]))
    requests.append(apply(named))
    contracts = [accept(request) for request in requests]
    assert {contract.state for contract in contracts} == {Contract.State.ACCEPTED}


@pytest.mark.article("hikari-line", "5")
def test_an_applicant_who_takes_it_back_or_is_refused_does_not_count():
    named = group()
    requests = [apply(named) for _ in range(5)]
    withdraw_request(request=requests[4], by=factories.staff(), on=DAY)
    refuse_request(
        request=requests[3],
        by=factories.staff(),
        on=DAY,
        ground="hindrance",
        reason="支障",
        order_reason="先に",
    )
    assert "has 3 lines" in str(refusal(requests[0]))


@pytest.mark.article("hikari-line", "5")
def test_a_group_of_sixteen_has_a_representative_to_whom_all_consent():
    named = group("plan2")
    requests = [apply(named, consents_to_representative=index > 0) for index in range(16)]
    assert "no representative" in str(refusal(requests[0]))
    name_representative(group=named, contract=requests[1].contract, by=factories.staff(), on=DAY)
    assert "1 members" in str(refusal(requests[1]))
    member = named.members.get(contract=requests[0].contract)
    consent_to_representative(member=member, by=factories.staff(), on=DAY)
    assert accept(requests[0]).state == Contract.State.ACCEPTED
    with pytest.raises(ValidationError, match="consented already"):
        consent_to_representative(member=member, by=factories.staff(), on=DAY)


@pytest.mark.article("hikari-line", "5")
def test_a_line_of_10_gigabits_is_in_a_group_of_no_plan():
    ten = factories.product(TERMS, **(MENU_2 | {"item": "10Gb/s"}))
    assert "plan of the group is not for 10Gb/s" in str(refusal(apply(group(), ten)))
    assert accept(apply(group(""), ten)).state == Contract.State.ACCEPTED


@pytest.mark.parametrize(
    ("named", "field"), [("G99999999", "no group of lines"), ("", "not given in this group")]
)
def test_a_number_that_is_no_group_or_not_for_this_product_is_said_at_its_field(named, field):
    detached = factories.product(TERMS)
    with pytest.raises(ValidationError, match=field) as error:
        apply(None, detached, group=named or group().number)
    assert "group" in error.value.message_dict
    assert not Contract.objects.exists()


def test_a_line_in_another_building_does_not_join():
    with pytest.raises(ValidationError, match="ends at another place"):
        apply(group(town="丸の内1-1"))


def test_only_a_document_with_groups_forms_one_of_its_plans():
    fields = {"by": factories.staff(), "on": DAY, "address": factories.ADDRESS}
    with pytest.raises(ValidationError, match="no groups of lines"):
        form_group(terms_code="isp-access", plan="", **fields)
    with pytest.raises(ValidationError, match="mini, plan1, plan2"):
        form_group(terms_code=TERMS, plan="plan9", grade="1-1", **fields)
    with pytest.raises(ValidationError, match="1-1, 1-2, 2"):
        form_group(terms_code=TERMS, plan="mini", **fields)
    with pytest.raises(ValidationError):
        form_group(terms_code=TERMS, plan="mini", grade="1-1", **(fields | {"address": {"city": "千代田区"}}))


def test_only_a_member_represents_the_group_and_no_longer_than_it_is_one():
    named = group()
    first, second, *_others = living(named, 4)
    with pytest.raises(ValidationError, match="no member"):
        name_representative(group=named, contract=factories.contract(TERMS), by=factories.staff(), on=DAY)
    name_representative(group=named, contract=first, by=factories.staff(), on=DAY)
    end(first, DAY)
    carry_out_endings(on=DAY + timedelta(1))
    named.refresh_from_db()
    assert named.representative is None
    with pytest.raises(ValidationError, match="in a group already"):
        join_group(group=named, contract=second, by=factories.staff(), on=DAY)


@pytest.mark.article("hikari-line", "5")
def test_the_last_line_left_is_told_and_no_new_line_comes_to_it():
    named = group()
    first, second, third, last = living(named, 4)
    change_product(
        contract=first, product=factories.product(TERMS), by=factories.staff(), on=DAY
    )  # to menu 1
    relocate_line(
        contract=second, by=factories.staff(), on=DAY, address=factories.ADDRESS | {"town": "丸の内2-2"}
    )
    assert not Notice.objects.filter(occasion="single_line").exists()
    end(third, date(2025, 8, 31))
    carry_out_endings(on=date(2025, 9, 1))
    notice = Notice.objects.get(occasion="single_line")
    assert (notice.recipient, notice.article) == (last.subscriber, "hikari-line 38")
    assert (notice.facts["applies_from"], notice.facts["fee"]) == ("2025-12-02", 10100)
    named.refresh_from_db()
    assert (named.single, named.told_on) == (last, date(2025, 9, 1))
    with pytest.raises(ValidationError, match="no new line"):
        apply(named)


@pytest.mark.article("hikari-line", "5")
def test_an_application_that_waited_when_one_line_was_left_is_refused():
    named = group()
    first, last = living(named, 2)
    waiting = apply(named)
    end(first, date(2025, 8, 31))
    carry_out_endings(on=date(2025, 9, 1))
    named.refresh_from_db()
    assert named.told_on is None, "two lines, one of them asked for"
    cancelled = accept(waiting)
    cancel_contract(contract=cancelled, by=factories.staff(), on=date(2025, 9, 2))
    named.refresh_from_db()
    assert (named.single, named.told_on) == (last, date(2025, 9, 2))


@pytest.mark.article("hikari-line", "5")
def test_a_group_whose_lines_are_all_gone_is_set_up_anew():
    named = group("mini")
    last, *_gone = living(named, 1)
    waiting = apply(named)
    leave_group(contract=last, by=factories.staff(), on=DAY)
    assert "has 1 lines" in str(refusal(waiting))


@pytest.mark.article("hikari-line", "5")
@pytest.mark.article("hikari-line", "16")
def test_a_contract_changes_to_menu_2_only_within_a_group():
    contract = factories.contract(TERMS)
    menu_2 = factories.product(TERMS, **MENU_2)

    def ask() -> Request:
        return receive_request(
            by=factories.staff(),
            at=factories.at(DAY),
            kind=Request.Kind.ITEM_CHANGE,
            subscriber=contract.subscriber,
            terms_code=TERMS,
            form="web",
            details={"product": menu_2.code, "on": DAY},
            contract=contract,
        )

    with pytest.raises(Refused, match="name the group"):
        ask()
    (member,) = living(group(), 1)
    contract = member
    assert ask().state == Request.State.RECEIVED


@pytest.mark.parametrize(("terms_code", "asked"), [(TERMS, True), ("isp-access", False)])
def test_only_under_a_document_with_groups_an_application_asks_for_one(terms_code, asked):
    subscriber = factories.subscriber()
    fields = request_fields(
        Asker(kind="new", terms_code=terms_code, subscriber=subscriber, contract=None, on=DAY)
    )
    assert ({"group", "consents_to_representative"} <= set(fields)) is asked
