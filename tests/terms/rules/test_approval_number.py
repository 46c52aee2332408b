"""転用承諾番号・事業者変更承諾番号."""

import pytest

from tests.terms.apply import apply, day


@pytest.mark.article("statute", "転用承諾番号")
@pytest.mark.article("statute", "事業者変更承諾番号")
@pytest.mark.parametrize(
    ("issued", "through"),
    [
        ("2025-02-01", "2025-02-15"),
        ("2025-02-20", "2025-03-06"),
        ("2024-02-20", "2024-03-05"),
        ("2025-12-20", "2026-01-03"),
    ],
)
def test_a_number_is_good_for_fifteen_days_counting_the_day_of_issue(issued, through):
    assert apply("statute", "approval_number", issued=day(issued)).valid_through == day(through)
