"""契約者グループの契約者回線が1となった場合: hikari-line 38 and its tariff."""

import pytest

from tests.terms.apply import apply, day


@pytest.mark.article("hikari-line", "38")
@pytest.mark.parametrize(
    ("notified", "applies_from"),
    [
        ("2025-01-15", "2025-04-16"),
        ("2025-11-29", "2026-03-01"),
        ("2025-11-28", "2026-03-01"),
        ("2025-11-27", "2026-02-28"),
        ("2025-11-30", "2026-03-01"),
        ("2023-11-29", "2024-03-01"),
        ("2023-11-28", "2024-02-29"),
        ("2025-03-31", "2025-07-01"),
    ],
)
def test_the_fee_applies_once_three_months_from_the_day_after_notice_have_passed(notified, applies_from):
    assert apply(
        "hikari-line", "single_line_fee", notified=day(notified), maintenance="type1"
    ).applies_from == day(applies_from)


@pytest.mark.article("hikari-line", "38")
def test_the_fee_depends_on_the_maintenance_type():
    assert (
        apply("hikari-line", "single_line_fee", notified=day("2025-01-15"), maintenance="type1").fee == 10100
    )
    assert (
        apply("hikari-line", "single_line_fee", notified=day("2025-01-15"), maintenance="type2").fee == 16600
    )
