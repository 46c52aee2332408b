"""初期費用割引の解約金: hikari-line 37 and its tariff."""

import pytest

from terms.calendar import Month
from terms.errors import FactsError
from tests.terms.apply import apply, day


@pytest.mark.article("hikari-line", "37")
@pytest.mark.parametrize(
    ("start", "cancelled", "due"),
    [
        ("2024-04", "2024-04-01", True),
        ("2024-04", "2026-03-31", True),
        ("2024-04", "2026-04-01", False),
        ("2024-03", "2026-02-28", True),
        ("2024-03", "2026-03-01", False),
    ],
)
def test_the_discount_is_owed_back_within_24_months_counting_the_first(start, cancelled, due):
    assert (
        apply(
            "hikari-line", "discount_clawback", start_month=Month.parse(start), cancelled=day(cancelled)
        ).due
        is due
    )


@pytest.mark.article("hikari-line", "37")
def test_a_cancellation_before_the_start_is_refused():
    with pytest.raises(FactsError, match="lies before start_month"):
        apply("hikari-line", "discount_clawback", start_month=Month(2024, 4), cancelled=day("2024-03-31"))
