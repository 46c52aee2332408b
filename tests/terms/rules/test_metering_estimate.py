"""機器の故障等: business-network 8."""

from decimal import Decimal

import pytest

from terms.errors import FactsError
from tests.terms.apply import apply

YEAR = tuple(map(Decimal, (1000, 950, 900, 800, 1200, 1100, 990, 880, 870, 860, 1300, 1400)))


@pytest.mark.article("business-network", "8")
def test_the_lowest_daily_average_of_the_twelve_months_before_counts():
    assert apply("business-network", "metering_estimate", daily_averages=YEAR, days=5).amount == 4000
    assert (
        apply("business-network", "metering_estimate", daily_averages=(Decimal(1), *YEAR), days=5).amount
        == 4000
    )
    assert apply("business-network", "metering_estimate", daily_averages=YEAR, days=0).amount == 0


@pytest.mark.article("business-network", "8")
def test_averages_with_fractions_are_rounded_down_once():
    fractions = tuple(average + Decimal("0.67") for average in YEAR)
    assert apply("business-network", "metering_estimate", daily_averages=fractions, days=5).amount == 4003


@pytest.mark.article("business-network", "8")
def test_without_a_full_year_the_average_to_date_counts():
    so_far = {"charged_so_far": 10000, "days_so_far": 30}
    assert (
        apply("business-network", "metering_estimate", daily_averages=YEAR[:11], days=5, **so_far).amount
        == 1666
    )


@pytest.mark.article("business-network", "8")
def test_an_estimate_without_figures_is_refused():
    with pytest.raises(FactsError, match="11 of 12 months"):
        apply("business-network", "metering_estimate", daily_averages=YEAR[:11], days=5)
    with pytest.raises(FactsError, match="below 0"):
        apply("business-network", "metering_estimate", daily_averages=(Decimal(-1), *YEAR), days=5)


@pytest.mark.article("business-network", "8")
def test_a_month_without_use_makes_the_estimate_nothing():
    assert (
        apply("business-network", "metering_estimate", daily_averages=(*YEAR[:11], Decimal(0)), days=5).amount
        == 0
    )


def test_charges_to_date_need_their_days():
    with pytest.raises(FactsError, match="charged_so_far and days_so_far"):
        apply("business-network", "metering_estimate", days=5, charged_so_far=100)
