"""割賦の新規受付: hikari-line 41 and its tariff."""

import pytest

from tests.terms.apply import apply, day


@pytest.mark.article("hikari-line", "41")
@pytest.mark.parametrize(
    ("requested", "accepted"), [("2017-11-14", True), ("2017-11-15", True), ("2017-11-16", False)]
)
def test_intake_closed_with_15_november_2017(requested, accepted):
    assert apply("hikari-line", "instalment_intake", requested=day(requested)).accepted is accepted
