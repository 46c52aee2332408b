"""Breaches under an API contract, and suspensions that rest on them."""

from datetime import date, timedelta
from typing import Any

from lineinfo.models import ApiBreach, ApiSuspension
from lineinfo.services.record_api_breach import record_api_breach
from lineinfo.services.suspend_for_breach import suspend_for_breach
from tests.lineinfo.conftest import NOW, TODAY, Customer
from workflow.models import User


def breach(customer: Customer, by: User, **values: Any) -> ApiBreach:
    details = {
        "duty": "disclosure",
        "happened_on": date(2025, 9, 20),
        "evidence": "仕様書の公開サイトへの掲載",
    }
    return record_api_breach(contract=customer.api, by=by, at=NOW, **(details | values))


def suspend(found: ApiBreach, by: User, **values: Any) -> ApiSuspension:
    details = {
        "ground": "breach_of_duties",
        "reason": "開示",
        "starts_on": TODAY + timedelta(days=7),
        "through": None,
    }
    return suspend_for_breach(breach=found, by=by, at=NOW, **(details | values))
