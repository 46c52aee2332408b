"""利用権の譲渡: hikari-line 22."""

import pytest

from terms.errors import NoSuchRule
from tests.terms.apply import apply, day


@pytest.mark.article("hikari-line", "22")
@pytest.mark.parametrize(
    ("received", "effective"),
    [
        ("2025-06-01", "2025-07-01"),
        ("2025-06-15", "2025-07-01"),
        ("2025-06-16", "2025-08-01"),
        ("2025-11-16", "2026-01-01"),
        ("2025-12-15", "2026-01-01"),
        ("2025-12-16", "2026-02-01"),
        ("2025-01-31", "2025-03-01"),
    ],
)
def test_a_request_by_the_fifteenth_takes_effect_next_month_and_later_ones_the_month_after(
    received, effective
):
    assert apply("hikari-line", "transfer_effective", received=day(received)).effective == day(effective)


@pytest.mark.parametrize("code", ["hikari-phone", "isp-access", "business-network"])
def test_the_other_documents_set_no_day(code):
    with pytest.raises(NoSuchRule):
        apply(code, "transfer_effective", received=day("2025-06-15"))
