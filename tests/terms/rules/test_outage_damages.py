"""責任の制限: hikari-line 51, hikari-phone 48, isp-access 39, business-network 19."""

from typing import Any

import pytest

from terms.errors import FactsError
from tests.terms.apply import apply, at


def damages(code: str, known: str, restored: str, **more: Any) -> Any:
    return apply(code, "outage_damages", known=at(known), restored=at(restored), **more).amount


@pytest.mark.article("hikari-phone", "48")
def test_hikari_phone_owes_the_days_fee_and_the_average_of_calls():
    calls = {"fee": 6000, "calls_total": 54300, "calls_days": 181}
    assert damages("hikari-phone", "2025-07-10T10:00", "2025-07-13T10:00", **calls) == 1480
    assert damages("hikari-phone", "2025-07-10T10:00", "2025-07-11T09:59", **calls) == 0


@pytest.mark.article("hikari-phone", "48")
def test_a_line_without_any_call_yet_owes_the_fee_alone():
    nothing = {"fee": 6000, "calls_total": 0, "calls_days": 0}
    assert damages("hikari-phone", "2025-06-10T10:00", "2025-06-11T10:00", **nothing) == 200


@pytest.mark.article("hikari-phone", "48")
def test_calls_in_no_days_or_missing_figures_are_refused():
    with pytest.raises(FactsError, match="calls_days is 0"):
        damages("hikari-phone", "2025-06-10T10:00", "2025-06-11T10:00", fee=6000, calls_total=1, calls_days=0)
    with pytest.raises(FactsError, match="give calls_total and calls_days"):
        damages("hikari-phone", "2025-06-10T10:00", "2025-06-11T10:00", fee=6000)
    with pytest.raises(FactsError, match="give fee"):
        damages("hikari-phone", "2025-06-10T10:00", "2025-06-11T10:00", calls_total=1, calls_days=1)


@pytest.mark.article("isp-access", "39")
def test_isp_access_owes_the_fee_of_the_days():
    assert damages("isp-access", "2025-06-10T10:00", "2025-06-12T09:00", fee=6000) == 200


@pytest.mark.article("business-network", "19")
def test_business_network_owes_a_thirtieth_of_the_month_before_rounded_down():
    assert (
        damages("business-network", "2025-07-10T10:00", "2025-07-12T10:00", previous_month_total=10000) == 666
    )


@pytest.mark.article("business-network", "19")
def test_without_use_in_the_month_before_this_months_average_counts():
    so_far = {"charged_so_far": 5000, "days_so_far": 9}
    assert damages("business-network", "2025-07-10T10:00", "2025-07-12T10:00", **so_far) == 1111
    assert (
        damages("business-network", "2025-07-10T10:00", "2025-07-12T10:00", previous_month_total=0, **so_far)
        == 1111
    )
    assert (
        damages(
            "business-network", "2025-07-10T10:00", "2025-07-12T10:00", previous_month_total=900, **so_far
        )
        == 60
    )
    assert damages("business-network", "2025-07-10T10:00", "2025-07-12T10:00", previous_month_total=0) == 0


@pytest.mark.article("business-network", "19")
def test_a_limit_without_any_figure_is_refused():
    with pytest.raises(FactsError, match="charged_so_far and days_so_far"):
        damages("business-network", "2025-07-10T10:00", "2025-07-12T10:00")


@pytest.mark.article("business-network", "19")
def test_business_network_owes_all_together_no_more_than_the_other_operator_paid():
    def owed(**more: int) -> int:
        days = ("2025-07-10T10:00", "2025-07-12T10:00")
        return int(damages("business-network", *days, previous_month_total=10000, **more))

    assert owed(received=1999, all_limits=2000) == 665  # of 666, rounded down
    assert owed(received=2000, all_limits=2000) == 666
    assert owed(received=0, all_limits=2000) == 0
    with pytest.raises(FactsError, match="both received and all_limits"):
        owed(received=1)
    with pytest.raises(FactsError, match="this one alone is 666"):
        owed(received=1, all_limits=665)


@pytest.mark.article("hikari-line", "51")
def test_hikari_line_counts_the_days_and_leaves_the_sum_to_terms_that_are_not_part_of_it():
    def found(restored: str) -> Any:
        times = {"known": at("2025-07-10T10:00"), "restored": at(restored)}
        return apply("hikari-line", "outage_damages", **times)

    limit = found("2025-07-12T11:00")
    assert (limit.days, limit.amount, str(limit.article)) == (2, 0, "hikari-line 51")
    assert [line.text for line in limit.lines] == ["damages_elsewhere"]
    assert [found("2025-07-11T09:59").days, found("2025-07-11T10:00").days] == [0, 1]
