"""The operator rebuilds the lines of a group to another grade."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.services.join_group import join_group
from contracts.services.regrade_group import announce_regrade, regrade_group
from tests import factories
from tests.contracts.grouping import DAY, MENU_2, TERMS, group
from tests.contracts.grouping import in_english as in_english
from workflow.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


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
