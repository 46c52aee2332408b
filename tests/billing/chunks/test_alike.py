"""Contracts to which nothing happened share their facts, and are charged what they would be charged each by its own."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from billing.chunks.alike import Alike
from billing.rating.charge import RatedCharge
from billing.rating.contract import rate_contract
from billing.rating.facts import ContractFacts, OptionFacts
from billing.rating.periodic import PeriodicRater
from billing.rating.rulebook import RuleBook
from terms.calendar import Month
from terms.errors import TermsError
from tests.billing.rating import books

JUNE = Month.of(date(2025, 6, 1))
days = st.dates(date(2024, 5, 1), date(2025, 6, 30))
ends = st.none() | st.dates(date(2025, 5, 1), date(2025, 9, 1))
CODES = ["hikari-line", "hikari-phone", "isp-access", "business-network"]


@given(
    terms_code=st.sampled_from(CODES),
    payment=st.sampled_from(["month", "year", "use"]),
    cycle_day=st.integers(1, 31),
    start=st.none() | days,
    end=ends,
    option=st.none() | st.tuples(st.just(books.OPTION), days, ends),
    moved=st.lists(st.dates(date(2025, 4, 15), date(2025, 7, 15)), max_size=2, unique=True).map(sorted),
)
def test_the_charges_are_those_of_the_contracts_own_facts(
    terms_code, payment, cycle_day, start, end, option, moved
):
    book = books.book(
        books.fee(terms_code),
        books.fee(terms_code, 300, product_id=books.OPTION, kind="option", code="option"),
        books.fee(terms_code, 3, product_id=None, kind="number_levy", code="levy"),
        moved={"hikari-line": tuple(moved)},
    )
    plain = {
        "terms_code": terms_code,
        "product_id": books.PRODUCT,
        "payment": payment,
        "cycle_day": cycle_day,
        "start": start,
        "end": end if end is None or start is None or end >= start else start,
        "partner_priced": False,
    }
    options = [option] if option else []
    own = ContractFacts(months=(JUNE.first,), options=tuple(OptionFacts(*each) for each in options), **plain)
    shared = Alike(JUNE, moved=bool(moved)).facts(options=options, **plain)
    assert charged(book, shared) == charged(book, own)


def charged(book: RuleBook, facts: ContractFacts) -> list[RatedCharge] | str:
    """The charges, or why there are none: not every document knows a fee by the year."""
    try:
        return rate_contract(book, PeriodicRater(book), facts)
    except TermsError as error:
        return str(error)


def test_contracts_that_differ_only_before_and_after_the_month_are_one():
    alike = Alike(JUNE)
    plain = {
        "terms_code": "isp-access",
        "product_id": 1,
        "payment": "month",
        "cycle_day": 1,
        "partner_priced": False,
    }
    first = alike.facts(start=date(2024, 4, 1), end=None, **plain)
    assert alike.facts(start=date(2025, 5, 31), end=JUNE.end, **plain) is first
    assert alike.facts(start=date(2025, 6, 1), end=None, **plain) is not first
    assert alike.facts(start=date(2024, 4, 1), end=JUNE.end - timedelta(1), **plain) is not first
    assert alike.facts(start=date(2024, 4, 1), end=None, **{**plain, "payment": "year"}) is not alike.facts(
        start=date(2024, 4, 2), end=None, **{**plain, "payment": "year"}
    )
