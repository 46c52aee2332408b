"""Lines of a group: of one grade, asked for by its representative, moved within their building."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, LineGroup, LineGroupMember, Product, Request
from contracts.services.accept_request import accept_request
from contracts.services.ask_for_group import ask_for_group
from contracts.services.carry_out_request import carry_out_request
from contracts.services.join_group import join_group, name_representative
from contracts.services.receive_request import receive_request
from contracts.services.regrade_group import announce_regrade, regrade_group
from tests import factories
from tests.contracts.grouping import DAY, MENU_2, TERMS, accept, apply, group, living, refusal
from tests.contracts.grouping import in_english as in_english
from tests.contracts.kinds.asking import ask, grant
from workflow.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


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


def test_a_line_that_moves_within_its_building_and_names_its_own_group_never_leaves_it():
    named = group()
    contract, _other = living(named, 2)
    request = move(contract, building="東棟 302", group=named.number)
    carry_out_request(request=grant(request), by=factories.staff(), on=DAY)
    assert contract.group_memberships.get().left_on is None
    named.refresh_from_db()
    assert named.told_on is None


def test_a_line_that_is_given_without_a_group_names_none_when_it_moves():
    with pytest.raises(ValidationError, match="not given in this group") as refused:
        move(factories.contract(TERMS), town="丸の内2-2", group=group(town="丸の内2-2").number)
    assert set(refused.value.message_dict) == {"group"}


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
