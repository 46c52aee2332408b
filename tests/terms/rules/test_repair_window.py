"""保守の態様: hikari-line 5 and its tariff."""

import pytest

from tests.terms.apply import apply, at


@pytest.mark.article("hikari-line", "5")
@pytest.mark.parametrize(
    ("maintenance", "requested", "starts"),
    [
        ("type1-1", "2025-06-13T18:00", "2025-06-14T09:00"),
        ("type1-1", "2025-06-13T08:59", "2025-06-13T09:00"),
        ("type1-1", "2025-06-13T09:00", "2025-06-13T09:00"),
        ("type1-1", "2025-06-13T16:59", "2025-06-13T16:59"),
        ("type1-1", "2025-06-13T17:00", "2025-06-14T09:00"),
        ("type1-1", "2025-12-31T23:59", "2026-01-01T09:00"),
        ("type1-2", "2025-06-13T23:00", "2025-06-14T07:00"),
        ("type1-2", "2025-06-13T06:59", "2025-06-13T07:00"),
        ("type1-2", "2025-06-13T21:59", "2025-06-13T21:59"),
        ("type1-2", "2025-06-13T22:00", "2025-06-14T07:00"),
        ("type1-2", "2025-06-14T00:00", "2025-06-14T07:00"),
        ("type2", "2025-06-14T03:00", "2025-06-14T03:00"),
    ],
)
def test_a_request_outside_the_hours_waits_for_their_next_opening(maintenance, requested, starts):
    assert apply(
        "hikari-line", "repair_window", maintenance=maintenance, requested=at(requested)
    ).starts == at(starts)


@pytest.mark.article("hikari-line", "5")
def test_the_hours_are_those_of_the_japanese_clock():
    assert apply(
        "hikari-line", "repair_window", maintenance="type1-1", requested=at("2025-06-12T23:59+00:00")
    ).starts == at("2025-06-13T09:00")
