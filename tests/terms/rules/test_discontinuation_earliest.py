"""ネットワークサービスの廃止: business-network 28."""

import pytest

from tests.terms.apply import apply, day


@pytest.mark.article("business-network", "28")
@pytest.mark.parametrize(
    ("notified", "earliest"),
    [
        ("2025-01-15", "2025-07-16"),
        ("2025-08-31", "2026-03-01"),
        ("2025-08-30", "2026-03-01"),
        ("2025-08-28", "2026-03-01"),
        ("2025-08-27", "2026-02-28"),
        ("2025-06-30", "2026-01-01"),
    ],
)
def test_six_full_months_lie_between_notice_and_the_end(notified, earliest):
    assert apply("business-network", "discontinuation_earliest", notified=day(notified)).earliest == day(
        earliest
    )


@pytest.mark.article("business-network", "28")
def test_what_depends_on_another_operator_may_end_together_with_it():
    notified = day("2025-01-15")
    upstream = apply(
        "business-network", "discontinuation_earliest", notified=notified, upstream_ends=day("2025-03-31")
    )
    assert upstream.earliest == day("2025-03-31")
    later = apply(
        "business-network", "discontinuation_earliest", notified=notified, upstream_ends=day("2025-12-31")
    )
    assert later.earliest == day("2025-07-16")
