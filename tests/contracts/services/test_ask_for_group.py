"""The representative of a group asks for another item for every line."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, LineGroup
from contracts.services.accept_request import accept_request
from contracts.services.ask_for_group import ask_for_group
from contracts.services.join_group import name_representative
from tests import factories
from tests.contracts.grouping import DAY, MENU_2, TERMS, ask_item, group, living
from tests.contracts.grouping import in_english as in_english
from workflow.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


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
