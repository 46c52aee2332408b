"""When all debts fall due at once: on the document's grounds, on their day, after the demand that they ask for."""

from datetime import date, timedelta
from typing import Any

import pytest

from contracts.guards.acceleration import AccelerationFacts, acceleration_grounds, may_accelerate
from terms.document import EndingGround
from terms.registry import registry
from tests.contracts.guards.answers import no

PACK = registry().latest("business-network")
DAY = date(2025, 8, 10)
DEMANDED = next(
    ground
    for ground in acceleration_grounds(PACK)
    if isinstance(ground, EndingGround) and ground.demand_first
)


def facts(**fields: Any) -> AccelerationFacts:
    values: dict[str, Any] = {"ground": "insolvency", "since": DAY, "on": DAY}
    return AccelerationFacts(**(values | fields))


@pytest.mark.article("business-network", "10")
def test_the_grounds_are_those_that_the_document_names_for_it():
    assert PACK.acceleration is not None
    assert {ground.code for ground in acceleration_grounds(PACK)} == set(PACK.acceleration.ending_grounds)
    assert may_accelerate(PACK, facts()) is None
    refusal = no(may_accelerate(PACK, facts(ground="out_of_area")))
    assert (refusal.code, str(refusal.article)) == ("no_such_ground", "business-network 10-2")


def test_nothing_falls_due_before_its_ground_is_there():
    assert no(may_accelerate(PACK, facts(since=DAY + timedelta(days=1)))).code == "not_met_yet"


@pytest.mark.article("business-network", "10")
@pytest.mark.parametrize(
    ("through", "code"),
    [(None, "no_demand"), (DAY, "demand_still_runs"), (DAY - timedelta(days=1), None)],
)
def test_a_ground_that_asks_for_a_demand_waits_until_that_has_run_out(through, code):
    answer = may_accelerate(PACK, facts(ground=DEMANDED.code, demand_through=through))
    assert (answer.code if answer else None) == code


@pytest.mark.parametrize("code", ["isp-access", "hikari-line", "hikari-phone"])
def test_a_document_that_knows_none_refuses_it(code):
    pack = registry().latest(code)
    assert acceleration_grounds(pack) == []
    assert no(may_accelerate(pack, facts())).code == "no_acceleration"
