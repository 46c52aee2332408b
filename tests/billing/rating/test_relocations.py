"""What the move of a line gives back."""

from datetime import date

import pytest

from billing.rating.facts import RelocationFacts
from billing.rating.periodic import PeriodicRater
from billing.rating.relocations import relocation_credits
from tests.billing.rating.books import book, contract, fee


def credits_of(terms_code: str, *, own_convenience: bool = False):
    rules = book(fee(terms_code))
    move = RelocationFacts(5, date(2025, 6, 10), date(2025, 6, 13), own_convenience)
    facts = contract(terms_code, start=date(2025, 1, 1), relocations=(move,))
    return [
        (c.kind, c.source, c.amount, c.days) for c in relocation_credits(rules, PeriodicRater(rules), facts)
    ]


@pytest.mark.article("hikari-phone", "37")
def test_the_days_without_service_during_a_move_are_given_back():
    assert credits_of("hikari-phone") == [("outage_credit", "relocation:5", -600, 3)]


@pytest.mark.article("hikari-phone", "37")
def test_days_not_used_at_the_subscribers_convenience_are_charged():
    assert credits_of("hikari-phone", own_convenience=True) == []


@pytest.mark.article("isp-access", "29")
@pytest.mark.parametrize("terms_code", ["isp-access", "hikari-line", "business-network"])
def test_the_other_documents_charge_on(terms_code):
    assert credits_of(terms_code) == []
