"""初期契約解除: Telecommunications Business Act 26の3."""

import pytest

from tests.terms.apply import apply, day


@pytest.mark.article("statute", "電気通信事業法26の3")
@pytest.mark.parametrize(
    ("received", "last_day"),
    [("2025-06-10", "2025-06-17"), ("2025-02-25", "2025-03-04"), ("2025-12-28", "2026-01-04")],
)
def test_the_eighth_day_counting_that_of_receipt_is_the_last(received, last_day):
    assert apply("statute", "initial_cancellation", received=day(received)).last_day == day(last_day)


@pytest.mark.article("statute", "電気通信事業法26の3")
def test_the_law_applies_to_the_contracts_of_every_document():
    assert apply("isp-access", "initial_cancellation", received=day("2025-06-10")).last_day == day(
        "2025-06-17"
    )
