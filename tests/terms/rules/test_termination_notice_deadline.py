"""解除の通知: business-network 9 asks for a month, the others for notice in advance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.calendar import DAY
from terms.registry import registry
from terms.rules.termination_notice_deadline import TerminationNoticeDeadline, earliest_ending, notice_period
from tests.terms.apply import apply, day


@pytest.mark.article("business-network", "9")
@pytest.mark.parametrize(
    ("ends_on", "latest"),
    [
        ("2025-09-30", "2025-08-31"),
        ("2025-03-31", "2025-02-28"),
        ("2024-03-31", "2024-02-29"),
        ("2025-03-30", "2025-02-27"),  # from 28 February on the month would end on 31 March
        ("2025-03-27", "2025-02-27"),
        ("2025-03-28", "2025-02-27"),
        ("2025-10-31", "2025-09-30"),
        ("2025-10-30", "2025-09-29"),
        ("2025-09-15", "2025-08-15"),
        ("2025-02-28", "2025-01-31"),
        ("2026-01-31", "2025-12-31"),
    ],
)
def test_a_full_month_must_remain_after_the_day_of_notice(ends_on, latest):
    assert apply("business-network", "termination_notice_deadline", ends_on=day(ends_on)).latest == day(
        latest
    )


@pytest.mark.article("line-info-api", "11")
@pytest.mark.article("hikari-line", "23")
@pytest.mark.article("hikari-phone", "19")
@pytest.mark.article("isp-access", "15")
@pytest.mark.parametrize("code", ["line-info-api", "hikari-line", "hikari-phone", "isp-access"])
def test_the_other_documents_ask_for_notice_in_advance_without_a_minimum(code):
    assert apply(code, "termination_notice_deadline", ends_on=day("2025-09-30")).latest == day("2025-09-30")


@pytest.mark.article("business-network", "9")
def test_notice_that_comes_too_late_is_refused_with_the_earliest_possible_day():
    rule = registry().latest("business-network").rule(TerminationNoticeDeadline)
    assert notice_period(rule, day("2025-08-31"), day("2025-09-30")) is None
    refusal = notice_period(rule, day("2025-09-01"), day("2025-09-30"))
    assert refusal is not None
    assert refusal.code == "notice_too_late"
    assert str(refusal.article) == "business-network 9"
    assert "2025-10-01" in refusal.reason


@pytest.mark.article("isp-access", "15")
def test_notice_on_the_last_day_is_still_in_advance_but_not_after_it():
    rule = registry().latest("isp-access").rule(TerminationNoticeDeadline)
    assert notice_period(rule, day("2025-09-30"), day("2025-09-30")) is None
    assert notice_period(rule, day("2025-10-01"), day("2025-09-30")) is not None


@given(st.dates(day("2023-01-01"), day("2030-12-31")))
def test_the_deadline_is_the_last_day_from_which_that_ending_is_possible(ends_on):
    rule = registry().latest("business-network").rule(TerminationNoticeDeadline)
    latest = apply("business-network", "termination_notice_deadline", ends_on=ends_on).latest
    assert earliest_ending(rule, latest) <= ends_on < earliest_ending(rule, latest + DAY)
