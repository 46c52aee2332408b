"""What outages give back, each document by its own clock, and never twice."""

from datetime import date, datetime, timedelta

import pytest

from billing.rating.facts import OutageFacts
from billing.rating.outages import outage_credits
from billing.rating.periodic import PeriodicRater
from tests.billing.rating.books import book, contract, fee, jst

LONG_AGO = {"start": date(2025, 1, 1)}


def outage(down: datetime, hours: float, *, known: datetime | None = None, **fields) -> OutageFacts:
    values = {
        "outage_id": fields.pop("outage_id", 7),
        "down": down,
        "known": known or down,
        "restored": down + timedelta(hours=hours),
        "cause": fields.pop("cause", "not_customer"),
        "credited": fields.pop("credited", None),
        "partner_priced": fields.pop("partner_priced", False),
    }
    assert not fields
    return OutageFacts(**values)


def credits_of(terms_code: str, *outages: OutageFacts, amount: int = 6000, **fields):
    rules = book(fee(terms_code, amount))
    return list(
        outage_credits(
            rules, PeriodicRater(rules), contract(terms_code, outages=outages, **(LONG_AGO | fields))
        )
    )


JUNE = jst(2025, 6, 10, 10)


@pytest.mark.parametrize(
    ("terms_code", "hours", "amount"),
    [
        pytest.param("hikari-phone", 24, -200, marks=pytest.mark.article("hikari-phone", "37")),
        pytest.param("isp-access", 47, -200, marks=pytest.mark.article("isp-access", "29")),
        pytest.param("business-network", 24, -200, marks=pytest.mark.article("business-network", "8")),
    ],
)
def test_a_day_without_service_gives_a_day_back(terms_code, hours, amount):
    (charge,) = credits_of(terms_code, outage(JUNE, hours))
    assert (charge.kind, charge.amount, charge.source) == ("outage_credit", amount, "outage:7")


@pytest.mark.article("hikari-line", "38")
def test_a_fibre_line_gives_nothing_back():
    assert credits_of("hikari-line", outage(JUNE, 72)) == []


@pytest.mark.article("hikari-phone", "37")
def test_a_minute_less_than_a_day_gives_nothing_back():
    assert credits_of("hikari-phone", outage(JUNE, 23 + 59 / 60)) == []


@pytest.mark.article("hikari-phone", "37")
@pytest.mark.article("business-network", "8")
def test_the_phone_counts_from_when_the_operator_knew_the_network_from_when_it_was_down():
    late = outage(JUNE, 26, known=jst(2025, 6, 10, 15))
    assert credits_of("hikari-phone", late) == []
    assert [charge.amount for charge in credits_of("business-network", late)] == [-200]


@pytest.mark.article("business-network", "8")
def test_a_network_day_is_a_thirtieth_also_in_july():
    (charge,) = credits_of("business-network", outage(jst(2025, 7, 10, 10), 72))
    assert charge.amount == -600


@pytest.mark.article("business-network", "8")
def test_an_annual_fee_gives_back_a_365th():
    (charge,) = credits_of("business-network", outage(JUNE, 24), amount=120000, payment="year")
    assert charge.amount == -328


@pytest.mark.article("isp-access", "29")
def test_gross_negligence_gives_back_every_hour():
    (charge,) = credits_of("isp-access", outage(JUNE, 5, cause="gross_negligence"))
    assert charge.amount == -41


def test_a_fault_of_the_customer_gives_nothing_back():
    assert credits_of("isp-access", outage(JUNE, 72, cause="customer")) == []


def test_overlapping_records_are_one_outage():
    first = outage(JUNE, 30, outage_id=7)
    second = outage(JUNE + timedelta(hours=20), 30, outage_id=8)
    (charge,) = credits_of("isp-access", first, second)
    assert (charge.amount, charge.source) == (
        -400,
        "outage:7+8",
    )  # 50 hours in one: two days, not one and one


def test_records_apart_are_credited_apart():
    first = outage(JUNE, 30, outage_id=7)
    second = outage(JUNE + timedelta(hours=60), 30, outage_id=8)
    assert [charge.amount for charge in credits_of("isp-access", first, second)] == [-200, -200]


def test_what_was_credited_before_is_not_credited_again():
    assert credits_of("isp-access", outage(JUNE, 30, credited=200)) == []
    # Nor is it made up for when a price was corrected since: that is for a person to decide.
    assert credits_of("isp-access", outage(JUNE, 30, credited=150)) == []
    later = outage(JUNE + timedelta(hours=20), 30, outage_id=8)
    (charge,) = credits_of("isp-access", outage(JUNE, 30, credited=200), later)
    assert charge.amount == -200  # the difference


@pytest.mark.article("isp-access", "29")
def test_a_month_that_was_free_gives_nothing_back():
    assert credits_of("isp-access", outage(JUNE, 48), start=JUNE.date() - timedelta(days=5)) == []


def test_a_long_list_of_outages_still_has_a_source_of_its_own():
    many = [outage(JUNE, 30 + number, outage_id=10_000 + number) for number in range(20)]
    (charge,) = credits_of("isp-access", *many)
    assert charge.source == "outage:10000..10019(20)"


@pytest.mark.article("isp-access", "29")
def test_what_a_billing_operator_prices_it_gives_back_itself():
    assert credits_of("isp-access", outage(JUNE, 72, partner_priced=True)) == []
    # The course counts that the contract had then, not the one that it has when it is billed.
    assert credits_of("isp-access", outage(JUNE, 72), partner_priced=True)
