"""Groups of lines in a building: of what size, with whose consent, and what becomes of the last one left."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from contracts.models import Contract, Ending, LineGroup, LineGroupMember, Product, Request
from contracts.request_fields import Asker, request_fields
from contracts.services.accept_request import accept_request
from contracts.services.ask_for_group import ask_for_group
from contracts.services.cancel_contract import cancel_contract
from contracts.services.carry_out_endings import carry_out_endings
from contracts.services.carry_out_request import carry_out_request
from contracts.services.change_product import change_product
from contracts.services.declare_ending import declare_ending
from contracts.services.form_group import form_group
from contracts.services.join_group import consent_to_representative, join_group, name_representative
from contracts.services.receive_request import receive_request
from contracts.services.refuse_request import refuse_request
from contracts.services.regrade_group import announce_regrade, regrade_group
from contracts.services.relocate_line import relocate_line
from contracts.services.review_request import review_request
from contracts.services.withdraw_request import withdraw_request
from notices.models import Notice
from tests import factories
from tests.contracts.kinds.asking import ask, grant
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

TERMS, DAY = "hikari-line", date(2025, 8, 1)
MENU_2 = {"dwelling": Product.Dwelling.COLLECTIVE, "item": "1Gb/s", "maintenance": "type1-1"}


@pytest.fixture(autouse=True)
def _published():
    factories.publish_all()
    factories.serve(TERMS)
    with translation.override("en"):
        yield


def group(plan: str = "mini", grade: str = "1-1", **fields: Any) -> LineGroup:
    address = factories.ADDRESS | fields
    return form_group(by=factories.staff(), on=DAY, terms_code=TERMS, plan=plan, grade=grade, address=address)


def apply(named: LineGroup | None, product: Product | None = None, **details: Any) -> Request:
    if named is not None:
        details["group"] = named.number
    return receive_request(
        by=factories.staff(),
        at=factories.at(DAY),
        kind=Request.Kind.NEW,
        subscriber=factories.subscriber(kind="corporation"),
        terms_code=TERMS,
        form=factories.asked_form(TERMS),
        details=factories.new_details(product or factories.product(TERMS, **MENU_2), **details),
    )


def accept(request: Request) -> Contract:
    accept_request(request=request, by=factories.staff(), on=DAY, order_reason="一括して")
    contract = request.contract
    assert contract is not None
    contract.refresh_from_db()
    return contract


def living(named: LineGroup, count: int) -> list[Contract]:
    product = factories.product(TERMS, **MENU_2)
    made = [factories.contract(TERMS, product=product) for _ in range(count)]
    for contract in made:
        join_group(group=named, contract=contract, by=factories.staff(), on=DAY)
    return made


def end(contract: Contract, last_day: date) -> None:
    declare_ending(
        contract=contract,
        by=factories.staff(),
        on=DAY,
        ended_by=Ending.By.SUBSCRIBER,
        reason="転居",
        ends_on=last_day,
        form="written",
    )


def refusal(request: Request) -> Refused:
    with pytest.raises(Refused) as refused:
        accept(request)
    assert str(refused.value.refusal.article) == "hikari-line 5"
    assert refused.value.refusal.code == "no_group"
    return refused.value


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


# --- Grades, the representative, moves -----------------------------------------------------------


@pytest.mark.article("hikari-line", "5")
@pytest.mark.parametrize(("grade", "item", "given"), [
    ("1-1", "1Gb/s", True), ("1-2", "100Mb/s", True), ("1-2", "1Gb/s", False), ("2", "200Mb/s", False),
])  # fmt: skip
def test_the_lines_of_a_group_are_of_its_grade_and_no_other(grade, item, given):
    named, product = group(grade=grade), factories.product(TERMS, **(MENU_2 | {"item": item}))
    requests = [apply(named, product) for _ in range(4)]
    if given:
        assert accept(requests[0]).state == Contract.State.ACCEPTED
    else:
        assert "lines of one grade" in str(refusal(requests[0]))


@pytest.mark.article("hikari-line", "5")
@pytest.mark.article("hikari-line", "16")
def test_a_line_does_not_change_to_an_item_that_the_grade_of_its_group_cannot_carry():
    named = group(grade="1-2")
    slow = factories.product(TERMS, **(MENU_2 | {"item": "100Mb/s"}))
    contract = factories.contract(TERMS, product=slow)
    join_group(group=named, contract=contract, by=factories.staff(), on=DAY)
    with pytest.raises(Refused, match="lines of one grade"):
        ask_item(contract, factories.product(TERMS, **MENU_2))


def ask_item(contract: Contract, product: Product, **fields: Any) -> Request:
    return receive_request(
        by=factories.staff(),
        at=factories.at(DAY),
        kind=Request.Kind.ITEM_CHANGE,
        subscriber=contract.subscriber,
        terms_code=TERMS,
        form="written",
        details={"product": product.code, "on": DAY},
        contract=contract,
        **fields,
    )


def of_sixteen(**fields: Any) -> tuple[LineGroup, list[Contract]]:
    """A group of plan 2 whose first member represents the others."""
    named = group("plan2")
    members = living(named, 3)
    named.members.update(consented_on=DAY)
    return name_representative(group=named, contract=members[0], by=factories.staff(), on=DAY), members


@pytest.mark.article("hikari-line", "5")
@pytest.mark.article("hikari-line", "16")
def test_the_representative_asks_for_another_item_for_every_line_at_once():
    named, members = of_sixteen()
    slower = factories.product(TERMS, **(MENU_2 | {"item": "200Mb/s"}))
    asked = {
        "group": named,
        "wished_on": DAY,
        "form": "written",
        "by": factories.staff(),
        "at": factories.at(DAY),
    }
    made = ask_for_group(product=slower, **asked)
    representative = members[0].subscriber
    assert {request.contract for request in made} == set(members)
    assert {request.represented_by for request in made} == {representative}
    assert [request.subscriber for request in made] == [request.contract.subscriber for request in made]
    for request in made:
        accept_request(request=request, by=factories.staff(), on=DAY, order_reason="一括して")
    assert {Contract.objects.get(pk=contract.pk).product for contract in members} == {slower}
    with pytest.raises(ValidationError, match="already"):
        ask_for_group(product=slower, **asked)


@pytest.mark.article("hikari-line", "5")
def test_nobody_but_the_representative_asks_for_others_and_only_with_their_consent():
    named, (first, second, third) = of_sixteen()
    slower = factories.product(TERMS, **(MENU_2 | {"item": "200Mb/s"}))
    with pytest.raises(Refused) as refused:
        ask_item(third, slower, represented_by=second.subscriber)
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (
        "not_represented",
        "hikari-line 5",
    )
    named.members.filter(contract=third).update(consented_on=None)
    with pytest.raises(Refused, match="consented"):
        ask_item(third, slower, represented_by=first.subscriber)
    named.members.update(consented_on=DAY)
    assert ask_item(second, slower, represented_by=first.subscriber).represented_by == first.subscriber
    small = group("mini")
    one, other = living(small, 2)
    small.members.update(consented_on=DAY)
    name_representative(group=small, contract=one, by=factories.staff(), on=DAY)
    with pytest.raises(Refused, match="asks for itself"):
        ask_item(other, slower, represented_by=one.subscriber)


def move(contract: Contract, **details: Any) -> Request:
    return ask(contract, Request.Kind.RELOCATION, **{**factories.ADDRESS, "on": DAY} | details)


@pytest.mark.article("hikari-line", "5")
@pytest.mark.article("hikari-line", "17")
def test_a_line_of_menu_2_moves_within_its_building_and_keeps_its_item_and_group():
    named = group()
    contract, *_others = living(named, 2)
    request = move(contract, building="東棟 302")
    carry_out_request(request=grant(request), by=factories.staff(), on=DAY)
    contract.refresh_from_db()
    assert contract.line.building == "東棟 302"
    assert (contract.product.item, contract.group_memberships.get().left_on) == ("1Gb/s", None)


@pytest.mark.article("hikari-line", "5")
@pytest.mark.article("hikari-line", "17")
def test_a_line_of_menu_2_moves_to_another_building_only_into_a_group_there():
    contract, *_others = living(group(), 3)
    there = {"town": "丸の内2-2"}
    with pytest.raises(Refused) as refused:
        move(contract, **there)
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == ("no_group", "hikari-line 5")
    elsewhere, slow = group(town="丸の内3-3"), group(grade="2", **there)
    with pytest.raises(ValidationError, match="ends at another place"):
        move(contract, group=elsewhere.number, **there)
    with pytest.raises(Refused, match="lines of one grade"):
        move(contract, group=slow.number, **there)
    new = group("mini", **there)
    LineGroupMember.objects.create(
        group=new, joined_on=DAY, contract=factories.contract(TERMS, product=contract.product)
    )
    request = move(contract, group=new.number, **there)
    carry_out_request(request=grant(request), by=factories.staff(), on=DAY)
    assert [member.group for member in contract.group_memberships.filter(left_on=None)] == [new]


@pytest.mark.article("hikari-line", "5")
def test_the_operator_rebuilds_lines_of_grade_2_only_after_every_member_was_told():
    slow = factories.product(TERMS, **(MENU_2 | {"item": "100Mb/s"}))
    named, later = group(grade="2"), DAY + timedelta(days=30)
    members = [factories.contract(TERMS, product=slow) for _ in range(2)]
    for contract in members:
        join_group(group=named, contract=contract, by=factories.staff(), on=DAY)
    facts: dict[str, Any] = {"group": named, "by": factories.staff()}
    told = {"at": factories.at(DAY), "effective_on": later, "reason": "設備の更新のため"}
    with pytest.raises(Refused) as refused:
        announce_regrade(**facts, **told, grade="1-1")
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == ("no_regrade", "hikari-line 5")
    with pytest.raises(ValidationError):
        announce_regrade(**facts, **(told | {"effective_on": DAY}), grade="1-2")
    first, second = announce_regrade(**facts, **told, grade="1-2")
    assert {first.recipient, second.recipient} == {contract.subscriber for contract in members}
    assert "グレード1-2" in first.body
    factories.dispatched(first, DAY)
    with pytest.raises(Refused) as refused:
        regrade_group(**facts, grade="1-2", on=later)
    assert refused.value.refusal.code == "no_notice"
    factories.dispatched(second, DAY)
    with pytest.raises(Refused):
        regrade_group(**facts, grade="1-2", on=later - timedelta(days=1))
    assert regrade_group(**facts, grade="1-2", on=later).grade == "1-2"
