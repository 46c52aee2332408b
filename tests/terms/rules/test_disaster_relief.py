"""料金等の臨時減免: hikari-line 通則9."""

from datetime import date
from typing import Any

import pytest

from terms.errors import FactsError, NoSuchRule
from terms.registry import registry
from terms.rules.disaster_relief import DisasterRelief
from tests.terms.apply import apply

JUNE, JULY = date(2025, 6, 1), date(2025, 7, 1)


def relief(**facts: Any) -> int:
    values = {"amount": 6000, "from_": JUNE, "to": JULY, "since": JUNE, "until": JULY, "percent": 100}
    result = apply("hikari-line", "disaster_relief", **(values | facts))
    assert result.amount == sum(line.amount for line in result.lines)
    return result.amount


@pytest.mark.article("hikari-line", "通則9")
def test_the_charge_of_the_days_in_common_is_reduced_by_the_share_decided():
    assert relief() == 6000
    assert relief(percent=50) == 3000
    assert relief(since=date(2025, 6, 21)) == 2000
    assert relief(since=date(2025, 6, 30), until=date(2025, 9, 1), percent=33) == 66
    assert relief(amount=100, since=date(2025, 6, 30)) == 3  # 3.33
    assert relief(since=JULY, until=date(2025, 8, 1)) == 0


@pytest.mark.parametrize("percent", [0, -1, 101])
def test_more_than_all_or_nothing_at_all_is_no_relief(percent):
    with pytest.raises(FactsError):
        relief(percent=percent)


def test_a_document_without_the_clause_has_no_relief():
    with pytest.raises(NoSuchRule):
        registry().latest("isp-access").rule(DisasterRelief)
