"""What stays charged after an initial cancellation: use, works and contracting up to what the law leaves; nothing else."""

from datetime import date

import pytest

from billing.rating.contract import rate_contract
from billing.rating.facts import EndingFacts, RequestFacts, WorkFacts
from billing.rating.periodic import PeriodicRater
from tests.billing.rating.books import book, contract, fee, jst

LINE = "hikari-line"
END = date(2025, 6, 17)
WORK = WorkFacts(7, "opening", ("works",), jst(2025, 6, 10, 10), jst(2025, 6, 10, 12), True, False, False, 0)
FEES = (
    fee(LINE, 3000),
    fee(LINE, 20000, product_id=None, kind="construction", code="works", tariff_id=2),
    fee(LINE, 4000, product_id=None, kind="handling", code="contract", occasion="new", tariff_id=3),
    fee(LINE, 4000, product_id=None, kind="ending", code="early", occasion="early", tariff_id=4),
)
PUBLISHED = (
    fee(LINE, 15000, product_id=None, kind="ending", code="a", occasion="initial_works", tariff_id=5),
    fee(LINE, 3000, product_id=None, kind="ending", code="b", occasion="initial_contract", tariff_id=6),
)


def charged(*fees, **fields) -> dict[str, int]:
    values = {
        "end": END,
        "works": (WORK,),
        "requests": (RequestFacts(8, "new", date(2025, 6, 2), None, False, 0),),
        "ending": EndingFacts(9, "initial_cancellation", term_months=24),
    }
    prices = book(*FEES, *fees)
    facts = contract(LINE, **(values | fields))
    return {charge.name: charge.amount for charge in rate_contract(prices, PeriodicRater(prices), facts)}


@pytest.mark.article("statute", "電気通信事業法26の3")
@pytest.mark.article("statute", "施行規則22の2の9")
def test_works_and_contracting_cost_no_more_than_the_published_sums_and_no_penalty_is_asked():
    assert charged(*PUBLISHED) == {
        "fee": 800,
        "works": 20000,
        "contract": 4000,
        "初期契約解除に伴う工事費の減額": -5000,
        "初期契約解除に伴う手続料の減額": -1000,
    }


@pytest.mark.article("statute", "施行規則22の2の9")
def test_while_no_sum_is_known_nothing_of_them_stays_charged():
    found = charged()
    assert found["初期契約解除に伴う工事費の減額"] == -20000
    assert found["初期契約解除に伴う手続料の減額"] == -4000


@pytest.mark.article("statute", "施行規則22の2の9")
def test_what_an_earlier_run_charged_counts():
    ending = EndingFacts(
        9, "initial_cancellation", term_months=24, works_charged=18000, handling_charged=2000
    )
    found = charged(*PUBLISHED, works=(), requests=(), ending=ending)
    assert found == {"fee": 800, "初期契約解除に伴う工事費の減額": -3000}


def test_any_other_ending_gives_nothing_back():
    assert not [
        name for name in charged(ending=EndingFacts(9, "subscriber", term_months=24)) if "減額" in name
    ]
