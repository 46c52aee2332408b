"""最低利用期間: isp-access 6, hikari-line 37."""

from typing import Any

import pytest

from terms.errors import FactsError
from tests.terms.apply import apply, day


def owed(code: str, ends_on: str, *, months: int = 12, **more: Any) -> tuple[bool, int]:
    result = apply(
        code, "minimum_term", start=day("2025-04-10"), months=months, ends_on=day(ends_on), fee=3000, **more
    )
    return result.within, result.amount


@pytest.mark.article("isp-access", "6")
def test_an_ending_within_the_term_owes_the_fee_and_the_handling_fee_and_a_later_one_the_handling_fee():
    assert owed("isp-access", "2026-04-08", handling=500) == (True, 3500)
    assert owed("isp-access", "2026-04-09", handling=500) == (False, 500)


@pytest.mark.article("hikari-line", "37")
def test_hikari_line_has_no_handling_fee_of_the_ending():
    assert owed("hikari-line", "2026-04-08", handling=500) == (True, 3000)
    assert owed("hikari-line", "2026-04-09", handling=500) == (False, 0)


@pytest.mark.article("isp-access", "6")
def test_a_course_without_a_minimum_owes_no_fee():
    assert owed("isp-access", "2025-04-10", months=0) == (False, 0)


def test_an_ending_before_the_start_is_refused():
    with pytest.raises(FactsError, match="lies before start"):
        owed("isp-access", "2025-04-09")
