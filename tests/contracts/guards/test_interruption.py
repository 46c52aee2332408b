"""When lines may be taken out of use: on the document's grounds, announced first."""

from datetime import date, timedelta
from typing import Any

import pytest

from contracts.guards.interruption import InterruptionFacts, may_interrupt
from terms.registry import codes, registry
from tests import factories
from tests.contracts.guards.answers import no

STARTS = factories.at(date(2025, 8, 10), 1)


def facts(**fields: Any) -> InterruptionFacts:
    values: dict[str, Any] = {
        "ground": "maintenance", "announced_at": STARTS - timedelta(seconds=1), "starts_at": STARTS, "urgent": False,
    }  # fmt: skip
    return InterruptionFacts(**(values | fields))


@pytest.mark.parametrize("code", [code for code in codes() if registry().latest(code).interruption])
def test_every_document_announces_first_unless_it_is_urgent(code):
    pack = registry().latest(code)
    assert may_interrupt(pack, facts()) is None
    assert no(may_interrupt(pack, facts(announced_at=STARTS))).code == "not_announced_first"
    assert may_interrupt(pack, facts(announced_at=STARTS, urgent=True)) is None
    assert no(may_interrupt(pack, facts(ground="whim"))).code == "no_such_ground"


@pytest.mark.article("line-info-api", "16")
def test_of_the_api_only_the_sixth_ground_interrupts_a_part():
    pack = registry().latest("line-info-api")
    assert may_interrupt(pack, facts(ground="operator_judgement", in_part=True)) is None
    refusal = no(may_interrupt(pack, facts(ground="attack", in_part=True)))
    assert (refusal.code, str(refusal.article)) == ("whole_only", "line-info-api 16")
