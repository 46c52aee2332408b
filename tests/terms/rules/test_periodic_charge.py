"""利用料金の支払義務: hikari-line 38, hikari-phone 37, isp-access 29, business-network 8."""

from datetime import date, timedelta
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.calendar import Month
from terms.errors import FactsError
from terms.registry import registry
from terms.rules.periodic_charge import PeriodicCharge, Stretch, free_days, month_charge
from tests.terms.apply import apply, day

CODES = ["hikari-line", "hikari-phone", "isp-access", "business-network"]


def charge(
    code: str, start: str, end: str | None, through: str, *, fee: int = 6000, **more: Any
) -> dict[str, int]:
    result = apply(
        code,
        "periodic_charge",
        fee=fee,
        start=day(start),
        end=day(end) if end else None,
        through=Month.parse(through),
        **more,
    )
    assert sum(line.amount for line in result.lines) == sum(result.by_month.values()) == result.total
    return {str(month): amount for month, amount in result.by_month.items()}


@pytest.mark.article("hikari-line", "38")
def test_hikari_line_charges_the_start_day_and_the_ending_day():
    assert charge("hikari-line", "2025-06-10", "2025-09-20", "2025-09") == {
        "2025-06": 4200,
        "2025-07": 6000,
        "2025-08": 6000,
        "2025-09": 4000,
    }


@pytest.mark.article("hikari-phone", "37")
def test_hikari_phone_charges_through_the_day_before_the_ending():
    assert charge("hikari-phone", "2025-06-10", "2025-09-20", "2025-09")["2025-09"] == 3800
    assert charge("hikari-phone", "2025-06-10", "2025-09-01", "2025-09") == {
        "2025-06": 4200,
        "2025-07": 6000,
        "2025-08": 6000,
    }


@pytest.mark.article("hikari-line", "38")
@pytest.mark.article("hikari-phone", "37")
@pytest.mark.parametrize("code", ["hikari-line", "hikari-phone"])
def test_a_service_that_starts_and_ends_on_one_day_is_charged_one_day(code):
    assert charge(code, "2025-06-10", "2025-06-10", "2025-06") == {"2025-06": 200}
    assert charge(code, "2025-06-01", "2025-06-01", "2025-09") == {"2025-06": 200}
    assert charge(code, "2025-06-30", "2025-06-30", "2025-09") == {"2025-06": 200}


@pytest.mark.article("hikari-line", "38")
def test_a_full_month_is_the_fee_whatever_its_length():
    assert charge("hikari-line", "2024-01-31", None, "2024-04") == {
        "2024-01": 193,
        "2024-02": 6000,
        "2024-03": 6000,
        "2024-04": 6000,
    }
    assert charge("hikari-line", "2024-02-29", "2024-02-29", "2024-02") == {"2024-02": 206}


@pytest.mark.article("isp-access", "29")
def test_isp_access_charges_whole_months_from_the_month_after_the_start_through_that_of_the_ending():
    assert charge("isp-access", "2025-06-10", "2025-09-20", "2025-09") == {
        "2025-07": 6000,
        "2025-08": 6000,
        "2025-09": 6000,
    }
    assert charge("isp-access", "2025-06-01", "2025-07-01", "2025-12") == {"2025-07": 6000}


@pytest.mark.article("isp-access", "29")
def test_isp_access_charges_nothing_for_a_service_that_ends_in_the_month_of_its_start():
    assert charge("isp-access", "2025-06-01", "2025-06-30", "2025-12") == {}


@pytest.mark.article("isp-access", "29")
def test_isp_access_charges_options_from_the_month_of_their_start():
    assert charge("isp-access", "2025-06-10", "2025-09-20", "2025-09", fee=300, kind="option") == {
        "2025-06": 300,
        "2025-07": 300,
        "2025-08": 300,
        "2025-09": 300,
    }
    assert charge("isp-access", "2025-06-10", "2025-06-10", "2025-09", fee=300, kind="option") == {
        "2025-06": 300
    }


@pytest.mark.article("hikari-phone", "37")
@pytest.mark.article("hikari-line", "38")
@pytest.mark.article("business-network", "8")
@pytest.mark.parametrize("code", ["hikari-phone", "hikari-line", "business-network"])
def test_options_of_the_other_documents_are_charged_as_the_base(code):
    spans = ("2025-06-10", "2025-09-20", "2025-09")
    assert charge(code, *spans, kind="option") == charge(code, *spans)


@pytest.mark.article("business-network", "8")
def test_business_network_charges_the_whole_fee_on_the_first_day_of_each_tariff_month():
    assert charge("business-network", "2025-06-10", "2025-09-20", "2025-09") == {
        "2025-06": 6000,
        "2025-07": 6000,
        "2025-08": 6000,
        "2025-09": 6000,
    }
    # 9 September is the last day of the tariff month from 10 August; the next one begins the day after
    assert charge("business-network", "2025-06-10", "2025-09-09", "2025-09") == {
        "2025-06": 6000,
        "2025-07": 6000,
        "2025-08": 6000,
    }
    assert charge("business-network", "2025-06-10", "2025-09-10", "2025-09")["2025-09"] == 6000


@pytest.mark.article("business-network", "2")
@pytest.mark.article("business-network", "8")
def test_a_tariff_month_of_another_day_begins_on_that_day_and_the_start_counts_besides():
    assert charge("business-network", "2025-06-10", "2025-09-09", "2025-09", cycle_day=1) == {
        "2025-06": 6000,
        "2025-07": 6000,
        "2025-08": 6000,
        "2025-09": 6000,
    }
    assert charge("business-network", "2025-06-10", None, "2025-07", cycle_day=20) == {
        "2025-06": 12000,
        "2025-07": 6000,
    }


@pytest.mark.article("business-network", "8")
def test_a_contract_of_the_31st_is_charged_on_the_last_day_of_shorter_months():
    result = apply(
        "business-network", "periodic_charge", fee=6000, start=day("2025-01-31"), through=Month(2025, 4)
    )
    assert [str(line.from_) for line in result.lines] == [
        "2025-01-31",
        "2025-02-28",
        "2025-03-31",
        "2025-04-30",
    ]
    assert [str(line.to) for line in result.lines] == ["2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31"]


@pytest.mark.article("business-network", "8")
def test_a_yearly_fee_falls_due_at_the_start_and_on_anniversaries_while_the_service_lasts():
    assert charge("business-network", "2024-04-15", "2026-04-14", "2027-12", fee=120000, per="year") == {
        "2024-04": 120000,
        "2025-04": 120000,
    }
    assert (
        charge("business-network", "2024-04-15", "2026-04-15", "2027-12", fee=120000, per="year")["2026-04"]
        == 120000
    )
    result = apply(
        "business-network",
        "periodic_charge",
        fee=1,
        start=day("2024-02-29"),
        through=Month(2026, 3),
        per="year",
    )
    assert [str(line.from_) for line in result.lines] == ["2024-02-29", "2025-02-28", "2026-02-28"]
    assert [str(line.to) for line in result.lines] == ["2025-02-28", "2026-02-28", "2027-02-28"]


@pytest.mark.article("isp-access", "29")
@pytest.mark.parametrize("code", ["isp-access", "hikari-line", "hikari-phone"])
def test_a_yearly_fee_is_refused_where_the_document_knows_none(code):
    with pytest.raises(FactsError, match="no fee by the year"):
        charge(code, "2025-06-10", None, "2025-09", per="year")


@pytest.mark.article("hikari-line", "20")
@pytest.mark.article("hikari-line", "34")
@pytest.mark.article("hikari-phone", "17")
@pytest.mark.article("isp-access", "12")
@pytest.mark.parametrize("code", CODES)
def test_pauses_and_suspensions_are_charged_on(code):
    span = ("2025-06-10", "2025-09-20", "2025-09")
    away = (Stretch(from_=day("2025-07-01"), to=day("2025-08-15")),)
    assert charge(code, *span, pauses=away, suspensions=away) == charge(code, *span)


def test_a_document_that_frees_pauses_takes_their_days_off_once():
    rule = PeriodicCharge(
        article=registry().latest("hikari-line").article("38"),
        basis="day",
        pause_charged=False,
        suspension_charged=False,
        rounding="down",
    )
    pause = Stretch(from_=day("2025-06-11"), to=day("2025-06-21"))
    free = free_days(rule, [pause], [Stretch(from_=day("2025-06-16"), to=day("2025-06-26"))])
    assert free == (Stretch(from_=day("2025-06-11"), to=day("2025-06-26")),)
    (june,) = month_charge(rule, Month(2025, 6), 6000, day("2025-01-01"), free=free)
    assert (june.amount, june.days, june.of_days) == (3000, 15, 30)
    assert month_charge(rule, Month(2025, 6), 6000, day("2025-06-11"), day("2025-06-25"), free=free) == ()


def test_a_document_that_frees_pauses_charges_no_month_or_tariff_month_that_lies_wholly_in_one():
    whole_months: list[Literal["calendar_month", "tariff_month"]] = ["calendar_month", "tariff_month"]
    for basis in whole_months:
        rule = PeriodicCharge(
            article=registry().latest("isp-access").article("29"),
            basis=basis,
            pause_charged=False,
            suspension_charged=True,
            rounding="down",
        )
        pauses = [
            Stretch(from_=day("2025-07-20"), to=day("2025-08-31")),
            Stretch(from_=day("2025-07-01"), to=day("2025-07-20")),
        ]
        free = free_days(rule, pauses, [])
        assert free == (Stretch(from_=day("2025-07-01"), to=day("2025-08-31")),)
        assert month_charge(rule, Month(2025, 7), 6000, day("2025-01-01"), free=free) == ()
        (whole,) = month_charge(rule, Month(2025, 8), 6000, day("2025-01-01"), free=free)
        assert whole.amount == 6000


@pytest.mark.article("isp-access", "29")
@pytest.mark.parametrize("code", CODES)
def test_a_service_is_not_charged_in_the_month_before_its_first_day_nor_after_its_last(code):
    rule = registry().latest(code).rule(PeriodicCharge)
    assert month_charge(rule, Month(2025, 6), 6000, day("2025-07-01"), option=True) == ()
    assert month_charge(rule, Month(2025, 8), 6000, day("2025-06-01"), day("2025-07-31"), option=True) == ()


@pytest.mark.article("hikari-line", "38")
def test_nothing_is_charged_through_a_month_before_the_start():
    assert charge("hikari-line", "2025-06-10", None, "2025-05") == {}


@pytest.mark.parametrize("code", CODES)
def test_an_end_before_the_start_is_refused(code):
    with pytest.raises(FactsError, match="lies before start"):
        charge(code, "2025-06-10", "2025-06-09", "2025-09")


def test_a_cycle_day_that_no_month_has_and_a_negative_fee_are_refused():
    with pytest.raises(FactsError, match="cycle_day"):
        charge("business-network", "2025-06-10", None, "2025-09", cycle_day=32)
    with pytest.raises(FactsError, match="fee"):
        charge("business-network", "2025-06-10", None, "2025-09", fee=-1)


STARTS = st.dates(min_value=date(2023, 1, 1), max_value=date(2026, 12, 31))


@given(st.sampled_from(CODES), st.integers(0, 100000), STARTS, st.integers(0, 800), st.integers(0, 30))
def test_the_months_add_up_and_rating_month_by_month_gives_the_same(code, fee, start, lasted, after):
    rule = registry().latest(code).rule(PeriodicCharge)
    end = start + timedelta(lasted)
    through = Month.of(end).plus(after)
    whole = apply(code, "periodic_charge", fee=fee, start=start, end=end, through=through)
    single = {}
    month = Month.of(start).plus(-1)
    while month <= through:
        amount = sum(part.amount for part in month_charge(rule, month, fee, start, end))
        if amount:
            single[month] = amount
        month = month.plus(1)
    assert whole.by_month == single
    assert whole.total == sum(single.values())


@given(st.sampled_from(CODES), st.integers(0, 100000), STARTS, st.integers(0, 400), st.integers(0, 400))
def test_a_longer_service_never_costs_less(code, fee, start, lasted, more):
    def total(days: int) -> Any:
        end = start + timedelta(days)
        return apply(code, "periodic_charge", fee=fee, start=start, end=end, through=Month.of(end)).total

    assert total(lasted) <= total(lasted + more)


@pytest.mark.article("business-network", "2")
@pytest.mark.parametrize("cycle_day", [1, 31])
def test_tariff_months_may_begin_on_any_day_from_the_first_to_the_31st(cycle_day):
    assert charge("business-network", "2025-06-01", "2025-06-01", "2025-06", cycle_day=cycle_day) == {
        "2025-06": 6000
    }
