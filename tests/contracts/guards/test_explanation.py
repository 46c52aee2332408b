"""Whether a consumer was told the conditions beforehand (電気通信事業法26)."""

from datetime import date

import pytest

from contracts.guards.explanation import is_owed, may_be_by_voice, was_explained
from terms.registry import registry
from tests.contracts.guards.answers import no, there

LAW = registry().latest("statute")
DUTY = there(LAW.explanation_duty)
DAY, OTHER = date(2025, 7, 1), date(2024, 7, 1)


@pytest.mark.parametrize(
    ("holder", "kind", "details", "owed"),
    [
        ("person", "new", {}, True),
        ("person", "option", {"action": "add"}, True),
        ("person", "option", {"action": "drop"}, False),
        ("person", "ending", {}, False),
        ("corporation", "new", {}, False),
    ],
)
def test_it_is_owed_to_consumers_who_conclude_or_change_a_contract(holder, kind, details, owed):
    assert is_owed(LAW, holder=holder, kind=kind, details=details) == (DUTY if owed else None)


@pytest.mark.parametrize(
    ("explained", "code"),
    [([], "not_explained"), ([OTHER], "explained_otherwise"), ([OTHER, DAY], None)],
)
def test_what_counts_is_the_version_under_which_it_is_granted(explained, code):
    answer = was_explained(DUTY, explained=explained, effective=DAY)
    assert (answer.code if answer else None) == code
    assert was_explained(None, explained=explained, effective=DAY) is None


def test_by_voice_alone_it_is_explained_only_to_whoever_consented():
    assert may_be_by_voice(DUTY, consented=True) is None
    refusal = no(may_be_by_voice(DUTY, consented=False))
    assert (refusal.code, refusal.article) == ("paper_wanted", DUTY.article)
