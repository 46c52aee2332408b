"""What works cost: by the hour, given up, in instalments."""

from datetime import date, datetime, timedelta

import pytest

from billing.chunks.gather import spans
from billing.rating.errors import RatingError
from billing.rating.facts import InstalmentFacts, WorkFacts
from billing.rating.instalments import instalment_charges
from billing.rating.works import work_charges
from tests.billing.rating.books import book, contract, fee, jst, months

LINE = "hikari-line"
WORKS = (
    fee(LINE),
    fee(
        LINE, 20000, product_id=None, kind="construction", code="dispatch-new", tariff_id=2, name="初期工事費"
    ),
    fee(LINE, 3000, product_id=None, kind="construction", code="no-dispatch", tariff_id=3),
    fee(LINE, 2000, product_id=None, kind="construction", code="small", tariff_id=4),
    fee(LINE, 3000, product_id=None, kind="weekend_surcharge", code="weekend", tariff_id=5),
    fee(LINE, 10000, product_id=None, kind="appointed_time", code="appointed", tariff_id=6),
)


def work(at: datetime, *items: str, **fields) -> WorkFacts:
    values = {
        "work_id": 12,
        "kind": "opening",
        "items": items or ("dispatch-new",),
        "started": at,
        "over": at + timedelta(hours=2),
        "done": True,
        "appointed": False,
        "instalments": False,
        "cost_so_far": 0,
    }
    return WorkFacts(**(values | fields))


def charges(terms_code: str, *works: WorkFacts, fees=WORKS, **fields):
    rules = book(*fees)
    return list(work_charges(rules, contract(terms_code, works=works, **fields)))


@pytest.mark.article(LINE, "41")
@pytest.mark.parametrize(
    ("at", "items", "net"),
    [
        (jst(2025, 6, 11, 10), ("dispatch-new",), 20000),
        (jst(2025, 6, 11, 18), ("dispatch-new",), 25700),
        (jst(2025, 6, 11, 23), ("dispatch-new",), 31400),
        (jst(2025, 6, 14, 18), ("dispatch-new",), 28700),
        (jst(2025, 12, 30, 10), ("dispatch-new",), 28700),
        (jst(2025, 6, 15, 10), ("small",), 2000),
        (jst(2025, 6, 11, 10), ("dispatch-new", "no-dispatch"), 23000),
    ],
)
def test_works_cost_what_their_hour_and_day_say(at, items, net):
    (charge,) = charges(LINE, work(at, *items))
    assert (charge.kind, charge.amount, charge.source) == ("construction", net, "work:12")
    assert charge.article == "hikari-line 41"


@pytest.mark.article(LINE, "41")
def test_an_appointed_time_is_added_after_the_hour():
    (charge,) = charges(LINE, work(jst(2025, 6, 11, 18), appointed=True))
    assert charge.amount == 35700
    assert [line.text for line in charge.explanation] == ["works_by_time", "appointed_time"]
    assert sum(line.amount for line in charge.explanation) == charge.amount


def test_works_past_midnight_belong_to_the_day_they_began_in_japan():
    (charge,) = charges(LINE, work(jst(2025, 6, 30, 23, 30)))
    assert charge.period_from == date(2025, 6, 30)


def test_a_document_without_hours_charges_the_sum_of_its_parts():
    fees = (
        fee("isp-access"),
        fee("isp-access", 18000, product_id=None, kind="construction", code="w", article="isp-access 31"),
    )
    (charge,) = charges("isp-access", work(jst(2025, 6, 14, 23), "w"), fees=fees)
    assert (charge.amount, charge.article) == (18000, "isp-access 31")
    assert [(line.text, line.amount) for line in charge.explanation] == [("works", 18000)]


def test_works_of_several_parts_are_one_charge_named_after_all_of_them():
    (charge,) = charges(LINE, work(jst(2025, 6, 11, 10), "dispatch-new", "no-dispatch"))
    assert (charge.name, charge.tariff_id) == ("初期工事費、no-dispatch", None)
    (charge,) = charges(LINE, work(jst(2025, 6, 11, 10), *["dispatch-new"] * 40))
    assert charge.name == "工事費（40件）"


def test_a_part_that_no_tariff_knows_is_an_error_that_names_it():
    with pytest.raises(RatingError, match="unheard-of"):
        charges(LINE, work(jst(2025, 6, 11, 10), "unheard-of"))


def test_a_part_of_another_document_is_an_error():
    with pytest.raises(RatingError, match="which is a tariff of hikari-line"):
        charges("isp-access", work(jst(2025, 6, 11, 10)), fees=WORKS)


@pytest.mark.article(LINE, "41")
def test_works_given_up_before_they_began_cost_nothing():
    given_up = work(jst(2025, 6, 11, 10), done=False, started=None)
    assert charges(LINE, given_up) == []


@pytest.mark.article(LINE, "41")
def test_works_given_up_after_they_began_cost_the_part_that_was_done():
    (charge,) = charges(LINE, work(jst(2025, 6, 11, 10), done=False, cost_so_far=7000))
    assert charge.amount == 7000


@pytest.mark.article("hikari-phone", "40")
def test_a_phone_work_given_up_after_it_began_costs_its_full_fee():
    fees = (
        fee("hikari-phone"),
        fee("hikari-phone", 4500, product_id=None, kind="construction", code="w"),
    )
    (charge,) = charges("hikari-phone", work(jst(2025, 6, 11, 10), "w", done=False), fees=fees)
    assert charge.amount == 4500


def test_works_in_instalments_are_not_charged_at_once():
    assert charges(LINE, work(jst(2025, 6, 11, 10), instalments=True)) == []


PLAN = InstalmentFacts(
    plan_id=5, first_month=date(2025, 1, 1), first_amount=840, amount=620, times=31, charged=0
)


@pytest.mark.article(LINE, "41")
def test_thirty_one_instalments_add_up_to_what_the_document_prints():
    facts = contract(LINE, start=date(2025, 1, 1), months=months(date(2025, 1, 1), 40), instalments=(PLAN,))
    amounts = [charge.amount for charge in instalment_charges(book(*WORKS), facts)]
    assert amounts == [840] + [620] * 30
    assert sum(amounts) == 19440


@pytest.mark.article(LINE, "41")
def test_the_balance_falls_due_at_once_when_the_contract_ends():
    plan = PLAN._replace(charged=10)
    facts = contract(LINE, start=date(2025, 1, 1), end=date(2025, 6, 20), instalments=(plan,))
    (charge,) = instalment_charges(book(*WORKS), facts)
    assert (charge.amount, charge.tax_category, charge.period_from) == (13020, "exempt", date(2025, 6, 20))


def test_instalments_begin_with_their_first_month():
    plan = PLAN._replace(first_month=date(2025, 7, 1))
    assert list(instalment_charges(book(*WORKS), contract(LINE, instalments=(plan,)))) == []


@pytest.mark.article(LINE, "41")
def test_a_change_of_plan_makes_the_balance_due_at_once():
    plan = PLAN._replace(charged=5)
    changed = spans([(date(2025, 6, 16), 1, 2)])
    facts = contract(LINE, start=date(2025, 1, 1), instalments=(plan,), products=changed)
    (charge,) = instalment_charges(book(*WORKS), facts)
    assert (charge.amount, charge.period_from) == (19440 - 840 - 4 * 620, date(2025, 6, 16))
