"""利用停止の期間: hikari-phone 27 and isp-access 23 at most six months; hikari-line 34 and line-info-api 17 no cap."""

import pytest

from terms.errors import NoSuchRule
from tests.terms.apply import apply, day


@pytest.mark.article("hikari-phone", "27")
@pytest.mark.article("isp-access", "23")
@pytest.mark.parametrize("code", ["hikari-phone", "isp-access"])
@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2025-04-10", "2025-10-09"),
        ("2025-04-01", "2025-09-30"),
        ("2025-08-31", "2026-02-28"),
        ("2025-08-29", "2026-02-28"),
        ("2025-08-28", "2026-02-27"),
        ("2023-08-31", "2024-02-29"),
        ("2025-12-31", "2026-06-30"),
    ],
)
def test_six_months_count_the_first_day_and_end_before_the_corresponding_day(code, first, last):
    assert apply(code, "suspension_end", from_=day(first)).last_day == day(last)


@pytest.mark.article("hikari-line", "34")
@pytest.mark.article("line-info-api", "17")
@pytest.mark.parametrize("code", ["hikari-line", "line-info-api"])
def test_without_a_cap_the_document_sets_no_last_day(code):
    assert apply(code, "suspension_end", from_=day("2025-04-10")).last_day is None


def test_business_network_knows_no_suspension():
    with pytest.raises(NoSuchRule):
        apply("business-network", "suspension_end", from_=day("2025-04-10"))
