"""サービス実施期間: business-network 7."""

import pytest

from tests.terms.apply import apply, day


@pytest.mark.article("business-network", "7")
@pytest.mark.parametrize(
    ("ends", "next_end"),
    [
        ("2025-06-30", "2026-06-30"),
        ("2024-02-29", "2025-02-28"),
        ("2023-02-28", "2024-02-29"),
        ("2025-02-27", "2026-02-27"),
        ("2025-06-09", "2026-06-09"),
    ],
)
def test_a_term_renews_by_a_year_when_nobody_speaks(ends, next_end):
    result = apply("business-network", "renewal", term_ends=day(ends))
    assert (result.renews, result.next_end) == (True, day(next_end))


@pytest.mark.article("business-network", "7")
@pytest.mark.parametrize(
    ("declared", "renews"), [("2025-05-30", False), ("2025-05-31", False), ("2025-06-01", True)]
)
def test_a_declaration_counts_until_a_month_before_the_end(declared, renews):
    result = apply("business-network", "renewal", term_ends=day("2025-06-30"), declared=day(declared))
    assert result.renews is renews
    assert (result.next_end is None) is not renews
    assert result.latest == day("2025-05-31")
