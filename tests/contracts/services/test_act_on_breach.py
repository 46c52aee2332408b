"""A sanction rests on a breach only on a ground that sanctions its duty, and while it is open."""

from datetime import date
from typing import Any

import pytest

from contracts.guards.violation import suspension_grounds
from contracts.models import Violation
from contracts.services.act_on_breach import act_on_breach
from contracts.services.close_violation import cure_violation
from contracts.services.record_violation import record_violation
from terms.article import ArticleRef
from tests import factories
from workflow.errors import Refused, WrongState
from workflow.selectors import clock_user, state_changes_of

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)
WORDS: dict[str, Any] = {"on": DAY, "reason": "無断の改造"}


@pytest.fixture
def breach() -> Violation:
    contract = factories.contract("hikari-line")
    ground = next(each for each in contract.pack(DAY).suspension.grounds if each.breach_of)
    duty = next(each for each in contract.pack(DAY).duties if each.article.head == ground.breach_of[0].head)
    return record_violation(
        contract=contract, by=factories.staff(), on=DAY, duty=duty.code, happened_on=DAY, reported_by="巡回", evidence="改造"
    )  # fmt: skip


def act(breach: Violation, ground: str) -> None:
    pack = breach.contract.pack(DAY)
    act_on_breach(
        breach=breach, pack=pack, grounds=suspension_grounds, ground=ground, by=clock_user(), **WORDS
    )


def fitting(breach: Violation) -> str:
    """A ground that sanctions the duty."""
    return suspension_grounds(breach.contract.pack(DAY), ArticleRef.parse(breach.article))[0].code


def test_it_is_acted_on_under_the_article_that_was_breached(breach):
    act(breach, fitting(breach))
    assert breach.state == Violation.State.ACTED_ON
    change = state_changes_of(breach).last()
    assert (change.transition, change.article, change.reason) == ("act_on", breach.article, WORDS["reason"])


def test_another_ground_or_a_closed_breach_is_refused(breach):
    with pytest.raises(Refused) as refused:
        act(breach, "unpaid")
    assert refused.value.refusal.code == "no_such_ground"
    assert breach.state == Violation.State.OPEN
    cure_violation(violation=breach, by=clock_user(), **WORDS)
    with pytest.raises(WrongState):
        act(breach, fitting(breach))
