"""A line of a group moves: within its building, or into a group elsewhere."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, LineGroupMember, Request
from contracts.services.carry_out_request import carry_out_request
from tests import factories
from tests.contracts.grouping import DAY, TERMS, group, living
from tests.contracts.grouping import in_english as in_english
from tests.contracts.kinds.asking import ask, grant
from workflow.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


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
