"""解除と料金: until which day each document charges."""

from typing import Any

import pytest

from terms.errors import FactsError
from terms.registry import registry
from terms.rules.ending_charge_day import ending_charge_day
from terms.rules.periodic_charge import PeriodicCharge
from tests.terms.apply import day


def last(code: str, start: str, end: str, **more: Any) -> str | None:
    found = ending_charge_day(registry().latest(code).rule(PeriodicCharge), day(start), day(end), **more)
    return found.isoformat() if found else None


@pytest.mark.article("hikari-line", "38")
def test_hikari_line_is_charged_through_the_day_of_ending():
    assert last("hikari-line", "2025-06-10", "2025-09-20") == "2025-09-20"


@pytest.mark.article("hikari-phone", "37")
def test_hikari_phone_is_charged_through_the_day_before_but_one_day_at_least():
    assert last("hikari-phone", "2025-06-10", "2025-09-20") == "2025-09-19"
    assert last("hikari-phone", "2025-06-10", "2025-06-10") == "2025-06-10"


@pytest.mark.article("isp-access", "29")
def test_isp_access_is_charged_through_the_month_of_ending():
    assert last("isp-access", "2025-06-10", "2025-09-20") == "2025-09-30"
    assert last("isp-access", "2025-06-10", "2025-06-20") is None
    assert last("isp-access", "2025-06-10", "2025-06-20", option=True) == "2025-06-30"


@pytest.mark.article("business-network", "8")
def test_business_network_is_charged_through_the_tariff_month_of_ending():
    assert last("business-network", "2025-06-10", "2025-09-20") == "2025-10-09"
    assert last("business-network", "2025-06-10", "2025-09-20", cycle_day=1) == "2025-09-30"
    assert last("business-network", "2025-01-31", "2025-02-10") == "2025-02-27"


def test_an_end_before_the_start_is_refused():
    with pytest.raises(FactsError):
        last("hikari-line", "2025-06-10", "2025-06-09")
