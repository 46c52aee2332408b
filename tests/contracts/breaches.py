"""Breaches of duties, and what follows from them."""

from datetime import date, timedelta
from typing import Any

from contracts.models import Suspension, Violation
from contracts.services.record_violation import record_violation
from contracts.services.sanction_violation import suspend_for_violation
from tests import factories

DAY = date(2025, 8, 1)

NOW = factories.at(DAY)


def breach(terms_code: str, duty: str, **fields: Any) -> Violation:
    values: dict[str, Any] = {
        "contract": fields.pop("contract", None) or factories.contract(terms_code),
        "by": factories.staff(),
        "on": DAY,
        "duty": duty,
        "happened_on": DAY - timedelta(days=2),
        "reported_by": "監視担当",
        "evidence": "監視記録の第3号のとおり",
    }
    return record_violation(**(values | fields))


def suspend(violation: Violation, **fields: Any) -> Suspension:
    values: dict[str, Any] = {
        "violation": violation,
        "by": factories.staff(),
        "at": factories.at(DAY),
        "ground": "breach_of_duties",
        "reason": "義務に反したため",
        "starts_on": DAY + timedelta(days=10),
        "through": DAY + timedelta(days=20),
    }
    return suspend_for_violation(**(values | fields))
