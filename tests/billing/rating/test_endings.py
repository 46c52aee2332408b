"""What an ending costs, and handling fees."""

from datetime import date

import pytest

from billing.rating.endings import ending_charges
from billing.rating.errors import RatingError
from billing.rating.facts import EndingFacts, RequestFacts, UsageFacts
from billing.rating.requests import handling_charges
from tests.billing.rating.books import book, contract, fee

NET, ISP = "business-network", "isp-access"


def network(
    amount: int = 50000, cause: str = "subscriber", start: date = date(2024, 4, 1), term: int = 24, **fields
):
    values = {
        "start": start,
        "end": date(2025, 9, 30),
        "ending": EndingFacts(3, cause, term_start=start, term_months=term),
    }
    return list(ending_charges(book(fee(NET, amount)), contract(NET, **(values | fields))))


@pytest.mark.article(NET, "9")
def test_six_months_left_of_the_base_term_are_owed():
    (charge,) = network()
    assert (charge.kind, charge.amount, charge.tax_category) == ("early_termination", 300000, "outside")
    assert charge.source == "ending:3"


@pytest.mark.article(NET, "9")
def test_a_term_that_was_kept_costs_nothing():
    assert network(end=date(2026, 3, 31)) == []


@pytest.mark.article(NET, "9")
def test_an_annual_contract_owes_the_years_that_are_left():
    (charge,) = network(600000, payment="year", term=36)
    assert charge.amount == 600000


@pytest.mark.article(NET, "9")
def test_a_metered_contract_owes_its_average_month():
    usage = tuple(UsageFacts(date(2025, month, 1), 10000 * month - 10000) for month in (4, 5, 6))
    start = date(2025, 4, 1)
    (charge,) = network(payment="use", start=start, term=12, end=date(2025, 7, 20), usage=usage)
    assert charge.amount == 320000


@pytest.mark.article(NET, "9")
@pytest.mark.article(NET, "28")
@pytest.mark.parametrize("cause", ["operator_default", "discontinuation", "anti_social_operator"])
def test_who_does_not_answer_for_the_ending_owes_nothing(cause):
    assert network(cause=cause) == []


ISP_FEES = (
    fee(ISP, 5000),
    fee(ISP, 3000, product_id=None, kind="ending", code="early", occasion="early"),
    fee(ISP, 1000, product_id=None, kind="ending", code="always", occasion="always"),
)


def isp(**fields):
    values = {
        "start": date(2025, 1, 10),
        "end": date(2025, 6, 30),
        "ending": EndingFacts(4, "subscriber", term_months=12),
    }
    return [charge.amount for charge in ending_charges(book(*ISP_FEES), contract(ISP, **(values | fields)))]


@pytest.mark.article(ISP, "6")
def test_an_ending_in_the_minimum_term_costs_its_fee_and_the_handling_fee():
    assert isp() == [4000]


@pytest.mark.article(ISP, "6")
def test_after_the_minimum_term_only_the_handling_fee_is_left():
    assert isp(end=date(2026, 1, 9)) == [1000]


@pytest.mark.article("statute", "施行規則22の2の13の2")
def test_a_consumer_owes_no_more_than_a_month_for_an_ending():
    fees = (fee(ISP, 2500), *ISP_FEES[1:])
    facts = contract(
        ISP,
        start=date(2025, 1, 10),
        end=date(2025, 6, 30),
        ending=EndingFacts(4, "subscriber", formed=date(2025, 1, 5), term_months=12, corporation=False),
    )
    (charge,) = ending_charges(book(*fees), facts)
    assert (charge.unit_price, charge.amount) == (4000, 2500)


def test_an_ending_fee_of_another_course_is_not_owed():
    other = fee(ISP, 9000, product_id=99, kind="ending", code="other", occasion="early")
    facts = contract(
        ISP,
        start=date(2025, 1, 10),
        end=date(2025, 6, 30),
        ending=EndingFacts(4, "subscriber", term_months=12),
    )
    assert [charge.amount for charge in ending_charges(book(*ISP_FEES, other), facts)] == [4000]


def test_an_ending_that_is_not_the_subscribers_costs_no_ending_fee():
    assert isp(ending=EndingFacts(4, "discontinuation", term_months=12)) == []


def handling(terms_code: str, request: RequestFacts):
    fees = (
        fee(terms_code),
        fee(terms_code, 800, product_id=None, kind="handling", code="new", occasion="new"),
    )
    return [
        (charge.kind, charge.amount)
        for charge in handling_charges(book(*fees), contract(terms_code, requests=(request,)))
    ]


ACCEPTED = RequestFacts(9, "new", date(2025, 6, 2), None, begun=False, charged=0)


@pytest.mark.article("hikari-line", "39")
@pytest.mark.article(ISP, "30")
@pytest.mark.article("hikari-phone", "39")
@pytest.mark.parametrize("terms_code", ["hikari-line", "hikari-phone", ISP])
def test_a_handling_fee_is_due_on_acceptance_once(terms_code):
    assert handling(terms_code, ACCEPTED) == [("handling", 800)]
    assert handling(terms_code, ACCEPTED._replace(charged=800)) == []


def test_a_request_without_a_fee_costs_nothing():
    assert handling("hikari-line", ACCEPTED._replace(kind="pause")) == []


@pytest.mark.article("hikari-phone", "39")
def test_a_phone_given_up_before_works_began_gets_its_fee_back():
    given_up = ACCEPTED._replace(given_up=date(2025, 6, 20), charged=800)
    assert handling("hikari-phone", given_up) == [("adjustment", -800)]
    assert handling("hikari-phone", given_up._replace(charged=0)) == []
    assert handling("hikari-phone", given_up._replace(begun=True)) == []


@pytest.mark.article("hikari-line", "39")
def test_a_fibre_line_given_up_keeps_its_fee():
    given_up = ACCEPTED._replace(given_up=date(2025, 6, 20))
    assert handling("hikari-line", given_up) == [("handling", 800)]


CLAWBACK = (
    fee("hikari-line", 5000),
    fee("hikari-line", 7600, product_id=None, kind="ending", code="back", occasion="discount_clawback"),
)


def after_discount(end: date, cause: str = "subscriber", fees=CLAWBACK):
    facts = EndingFacts(5, cause, discounted_since=date(2024, 4, 20))
    return [
        (charge.name, charge.amount, charge.article)
        for charge in ending_charges(
            book(*fees), contract("hikari-line", start=date(2024, 8, 1), end=end, ending=facts)
        )
    ]


@pytest.mark.article("hikari-line", "37")
def test_the_discount_of_ntt_west_is_owed_back_through_the_24th_month_counting_that_of_its_start():
    assert after_discount(date(2026, 3, 31)) == [("back", 7600, "hikari-line 37")]
    assert after_discount(date(2026, 4, 1)) == []
    assert after_discount(date(2025, 6, 1), "discontinuation") == []


def test_a_discount_owed_back_without_a_tariff_parks_the_contract():
    with pytest.raises(RatingError):
        after_discount(date(2026, 3, 31), fees=CLAWBACK[:1])
