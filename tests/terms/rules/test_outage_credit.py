"""利用できなかった期間: hikari-phone 37, isp-access 29, business-network 8; hikari-line 38 gives nothing back."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.errors import FactsError
from terms.rules.outage_credit import merged
from tests.terms.apply import apply, at


def credit(
    code: str, down: str, restored: str, *, known: str | None = None, fee: Any = 6000, **more: Any
) -> Any:
    return apply(
        code, "outage_credit", fee=fee, down=at(down), known=at(known or down), restored=at(restored), **more
    ).amount


@pytest.mark.article("hikari-phone", "37")
@pytest.mark.article("isp-access", "29")
@pytest.mark.article("business-network", "8")
@pytest.mark.parametrize("code", ["hikari-phone", "isp-access", "business-network"])
def test_only_full_units_of_24_hours_are_credited(code):
    assert credit(code, "2025-06-10T10:00", "2025-06-11T09:59") == 0
    assert credit(code, "2025-06-10T10:00", "2025-06-11T10:00") == 200
    assert credit(code, "2025-06-10T10:00", "2025-06-12T09:59") == 200
    assert credit(code, "2025-06-10T10:00", "2025-06-12T10:00") == 400


@pytest.mark.article("hikari-line", "38")
@pytest.mark.parametrize("cause", ["not_customer", "gross_negligence", "customer"])
def test_hikari_line_gives_nothing_back_for_an_outage(cause):
    assert credit("hikari-line", "2025-06-10T10:00", "2025-06-20T10:00", cause=cause) == 0


@pytest.mark.article("line-info-api", "19")
def test_a_free_service_has_nothing_to_credit():
    assert credit("line-info-api", "2025-06-10T10:00", "2025-06-20T10:00") == 0


@pytest.mark.article("hikari-phone", "37")
@pytest.mark.article("business-network", "8")
def test_a_day_is_the_calendars_share_of_the_month_or_a_thirtieth():
    assert credit("hikari-phone", "2025-07-10T10:00", "2025-07-13T10:00") == 580
    assert credit("business-network", "2025-07-10T10:00", "2025-07-13T10:00") == 600


@pytest.mark.article("isp-access", "29")
def test_each_unit_belongs_to_the_day_on_which_it_began():
    # 31 January 23:00 to 1 February 23:00 is a day of January; the next is one of February
    result = apply(
        "isp-access",
        "outage_credit",
        fee=6000,
        down=at("2025-01-31T23:00"),
        known=at("2025-01-31T23:00"),
        restored=at("2025-02-02T23:00"),
    )
    assert [line.rate for line in result.lines] == ["1/31", "1/28"]
    assert result.amount == 407  # 193.548… + 214.285…, rounded once
    assert sum(line.amount for line in result.lines) == 407


@pytest.mark.article("business-network", "8")
def test_the_yearly_fee_counts_a_365th_a_day_also_in_leap_years():
    assert credit("business-network", "2025-06-10T10:00", "2025-06-11T10:00", fee=120000, per="year") == 328
    assert credit("business-network", "2024-02-10T10:00", "2024-02-12T10:00", fee=120000, per="year") == 657


@pytest.mark.article("business-network", "8")
def test_a_metered_monthly_fee_counts_a_thirtieth_a_day():
    assert credit("business-network", "2025-07-10T10:00", "2025-07-13T10:00", metered=True) == 600


@pytest.mark.article("hikari-phone", "37")
@pytest.mark.article("isp-access", "29")
@pytest.mark.article("business-network", "8")
def test_the_clock_runs_from_the_operators_knowledge_or_from_the_customers_outage():
    times = {"down": "2025-06-10T10:00", "known": "2025-06-10T15:00", "restored": "2025-06-11T12:00"}
    assert credit("hikari-phone", **times) == 0
    assert credit("isp-access", **times) == 0
    assert credit("business-network", **times) == 200


@pytest.mark.article("hikari-phone", "37")
def test_knowledge_before_the_outage_counts_from_the_outage():
    assert credit("hikari-phone", "2025-06-10T10:00", "2025-06-11T09:00", known="2025-06-10T08:00") == 0


@pytest.mark.article("hikari-phone", "37")
@pytest.mark.article("isp-access", "29")
@pytest.mark.parametrize("code", ["hikari-phone", "isp-access"])
def test_gross_negligence_is_credited_by_time_without_a_threshold(code):
    assert credit(code, "2025-06-10T10:00", "2025-06-10T15:00", cause="gross_negligence") == 41
    assert credit(code, "2025-06-10T10:00", "2025-06-12T22:00", cause="gross_negligence") == 500


@pytest.mark.article("isp-access", "29")
def test_time_across_a_months_end_is_shared_by_the_months():
    # 12 hours of January (1/31) and 12 of February (1/28)
    amount = credit("isp-access", "2025-01-31T12:00", "2025-02-01T12:00", cause="gross_negligence", fee=60000)
    assert amount == 2039  # 967.74… + 1071.42…


@pytest.mark.article("business-network", "8")
def test_business_network_treats_gross_negligence_as_any_cause_but_the_customers():
    assert credit("business-network", "2025-06-10T10:00", "2025-06-10T15:00", cause="gross_negligence") == 0
    assert credit("business-network", "2025-06-10T10:00", "2025-06-11T10:00", cause="gross_negligence") == 200


@pytest.mark.article("hikari-phone", "37")
@pytest.mark.article("isp-access", "29")
@pytest.mark.article("business-network", "8")
@pytest.mark.parametrize("code", ["hikari-phone", "isp-access", "business-network"])
def test_an_outage_of_the_customers_making_gives_nothing_back(code):
    assert credit(code, "2025-06-10T10:00", "2025-06-20T10:00", cause="customer") == 0


def test_an_aware_moment_is_read_on_the_japanese_clock():
    assert credit("isp-access", "2025-06-30T14:30+00:00", "2025-07-01T23:30+09:00") == 200


def test_an_outage_that_ends_before_it_began_is_refused():
    with pytest.raises(FactsError, match="lies before down"):
        credit("isp-access", "2025-06-10T10:00", "2025-06-10T09:59")


def test_overlapping_records_are_joined_so_that_no_hour_counts_twice():
    hour = timedelta(hours=1)
    start = at("2025-06-10T10:00")
    records = [
        (start + 5 * hour, start + 9 * hour),
        (start, start + 6 * hour),
        (start + 9 * hour, start + 10 * hour),
    ]
    assert merged([*records, (start + 20 * hour, start + 21 * hour)]) == [
        (start, start + 10 * hour),
        (start + 20 * hour, start + 21 * hour),
    ]


@given(
    st.sampled_from(["hikari-phone", "isp-access", "business-network"]),
    st.integers(0, 100000),
    st.datetimes(min_value=at("2023-01-01"), max_value=at("2030-01-01")),
    st.timedeltas(timedelta(0), timedelta(90)),
    st.timedeltas(timedelta(0), timedelta(30)),
)
def test_a_longer_outage_never_gives_less_and_the_lines_add_up(code, fee, down, lasted, more):
    def result(lasted: timedelta) -> Any:
        return apply(code, "outage_credit", fee=fee, down=down, known=down, restored=down + lasted)

    short, long = result(lasted), result(lasted + more)
    assert short.amount <= long.amount
    assert long.amount == sum(line.amount for line in long.lines)
