"""割賦残債: hikari-line 41 and its tariff."""

import pytest

from terms.errors import FactsError
from tests.terms.apply import apply


@pytest.mark.article("hikari-line", "41")
@pytest.mark.parametrize(
    ("dwelling", "paid_count", "balance"),
    [
        ("detached", 0, 19440),
        ("detached", 1, 18600),
        ("detached", 10, 13020),
        ("detached", 30, 620),
        ("detached", 31, 0),
        ("collective", 0, 16200),
        ("collective", 1, 15600),
        ("collective", 2, 15080),
        ("collective", 31, 0),
    ],
)
def test_the_balance_is_what_the_31_instalments_leave(dwelling, paid_count, balance):
    assert (
        apply("hikari-line", "instalment_balance", dwelling=dwelling, paid_count=paid_count).balance
        == balance
    )


@pytest.mark.article("hikari-line", "41")
@pytest.mark.parametrize("paid_count", [-1, 32])
def test_a_count_that_the_plan_does_not_have_is_refused(paid_count):
    with pytest.raises(FactsError, match="31 instalments"):
        apply("hikari-line", "instalment_balance", dwelling="detached", paid_count=paid_count)
