"""Monthly and yearly charges of a contract, against the numbers of the worked examples."""

from datetime import date
from itertools import pairwise

import pytest

from billing.rating.errors import RatingError
from billing.rating.facts import OptionFacts, UsageFacts
from billing.rating.prices import Price, latest_first
from terms.rules.periodic_charge import Stretch
from tests.billing.rating.books import OPTION, contract, fee, months, rater

SUMMER = {"end": date(2025, 9, 20), "months": months(date(2025, 6, 1), 4)}


@pytest.mark.parametrize(
    ("terms_code", "amounts"),
    [
        pytest.param("hikari-line", [4200, 6000, 6000, 4000], marks=pytest.mark.article("hikari-line", "38")),
        pytest.param(
            "hikari-phone", [4200, 6000, 6000, 3800], marks=pytest.mark.article("hikari-phone", "37")
        ),
        pytest.param("isp-access", [6000, 6000, 6000], marks=pytest.mark.article("isp-access", "29")),
        pytest.param(
            "business-network", [6000, 6000, 6000, 6000], marks=pytest.mark.article("business-network", "8")
        ),
    ],
)
def test_each_document_charges_a_summer_by_its_own_first_and_last_day(terms_code, amounts):
    charges = list(rater(fee(terms_code)).charges(contract(terms_code, **SUMMER)))
    assert [charge.amount for charge in charges] == amounts


@pytest.mark.article("line-info-api", "19")
def test_a_document_free_of_charge_charges_nothing():
    assert (
        list(rater(fee("line-info-api")).charges(contract("line-info-api", months=(date(2025, 8, 1),)))) == []
    )


def test_a_charge_says_its_article_its_days_and_its_price():
    (charge,) = rater(fee("hikari-line", tariff_id=7, name="利用料")).charges(contract("hikari-line"))
    assert (charge.article, charge.tariff_id, charge.name) == ("hikari-line 38", 7, "利用料")
    assert (charge.period_from, charge.period_to) == (date(2025, 6, 10), date(2025, 7, 1))
    assert (charge.unit_price, charge.days, charge.of_days, charge.amount) == (6000, 21, 30, 4200)
    assert [line.amount for line in charge.explanation] == [4200]


@pytest.mark.article("isp-access", "29")
def test_an_option_is_charged_from_the_month_it_starts_though_the_service_begins_a_month_later():
    facts = contract("isp-access", options=(OptionFacts(OPTION, date(2025, 6, 10), None),), **SUMMER)
    fees = (
        fee("isp-access"),
        fee("isp-access", 300, product_id=OPTION, kind="option", code="option", tariff_id=2),
    )
    charges = [charge for charge in rater(*fees).charges(facts) if charge.kind == "option"]
    assert [charge.amount for charge in charges] == [300, 300, 300, 300]


def test_an_option_ends_with_its_contract():
    facts = contract(
        "hikari-line",
        end=date(2025, 6, 15),
        start=date(2025, 5, 1),
        options=(OptionFacts(OPTION, date(2025, 5, 1), None),),
    )
    fees = fee("hikari-line"), fee("hikari-line", 300, product_id=OPTION, kind="option", code="option")
    assert [charge.amount for charge in rater(*fees).charges(facts)] == [3000, 150]


@pytest.mark.article("hikari-phone", "36")
def test_every_line_pays_the_levies_of_its_document():
    levy = fee("hikari-phone", 2, product_id=None, kind="number_levy", code="levy", tariff_id=9)
    charges = list(rater(fee("hikari-phone"), levy).charges(contract("hikari-phone", start=date(2025, 5, 1))))
    assert [(charge.kind, charge.amount) for charge in charges] == [("base", 6000), ("number_levy", 2)]


def test_a_levy_of_nothing_leaves_no_line():
    levy = fee("hikari-phone", 0, product_id=None, kind="number_levy", code="levy", tariff_id=9)
    charges = list(rater(fee("hikari-phone"), levy).charges(contract("hikari-phone")))
    assert [charge.kind for charge in charges] == ["base"]


def test_a_price_applies_from_its_day():
    prices = latest_first([Price(date(2025, 1, 1), 6000), Price(date(2025, 7, 1), 6300)])
    facts = contract("hikari-line", start=date(2025, 1, 1), months=months(date(2025, 6, 1), 2))
    charges = list(rater(fee("hikari-line", prices=prices)).charges(facts))
    assert [(charge.unit_price, charge.amount) for charge in charges] == [(6000, 6000), (6300, 6300)]


@pytest.mark.article("business-network", "8")
def test_a_tariff_month_that_begins_after_a_change_of_price_is_charged_at_the_new_one():
    prices = latest_first([Price(date(2025, 1, 1), 50000), Price(date(2025, 6, 10), 52000)])
    facts = contract("business-network", start=date(2025, 1, 15), cycle_day=15)
    (charge,) = rater(fee("business-network", prices=prices)).charges(facts)
    assert (charge.unit_price, charge.period_from) == (52000, date(2025, 6, 15))


@pytest.mark.article("business-network", "8")
def test_a_tariff_month_that_starts_on_the_31st_is_billed_once_in_every_month():
    facts = contract(
        "business-network", start=date(2025, 1, 31), cycle_day=31, months=months(date(2025, 1, 1), 12)
    )
    charges = list(rater(fee("business-network", 50000)).charges(facts))
    assert [charge.amount for charge in charges] == [50000] * 12
    assert [charge.period_from for charge in charges][:3] == [
        date(2025, 1, 31),
        date(2025, 2, 28),
        date(2025, 3, 31),
    ]
    assert all(one.period_to == other.period_from for one, other in pairwise(charges))


@pytest.mark.article("business-network", "8")
def test_an_annual_fee_falls_due_at_the_start_and_on_the_anniversary_only():
    facts = contract(
        "business-network", payment="year", start=date(2024, 2, 29), months=months(date(2024, 1, 1), 25)
    )
    charges = list(rater(fee("business-network", 600000)).charges(facts))
    assert [(charge.period_from, charge.amount) for charge in charges] == [
        (date(2024, 2, 29), 600000),
        (date(2025, 2, 28), 600000),
    ]


def test_metered_use_is_charged_as_measured():
    facts = contract(
        "business-network",
        payment="use",
        usage=(UsageFacts(date(2025, 6, 1), 31234), UsageFacts(date(2025, 5, 1), 9)),
    )
    (charge,) = rater(fee("business-network")).charges(facts)
    assert (charge.kind, charge.amount, charge.period_from) == ("use", 31234, date(2025, 6, 1))


@pytest.mark.article("isp-access", "29")
@pytest.mark.article("hikari-line", "38")
@pytest.mark.parametrize("terms_code", ["hikari-line", "hikari-phone", "isp-access"])
def test_pauses_and_suspensions_are_charged_on(terms_code):
    away = (Stretch(from_=date(2025, 6, 5), to=date(2025, 6, 25)),)
    facts = contract(terms_code, start=date(2025, 1, 1), pauses=away, suspensions=away)
    assert [charge.amount for charge in rater(fee(terms_code)).charges(facts)] == [6000]


def test_a_contract_before_its_start_or_after_its_end_is_not_charged():
    engine = rater(fee("hikari-line"))
    assert list(engine.charges(contract("hikari-line", start=date(2025, 7, 1)))) == []
    assert list(engine.charges(contract("hikari-line", start=None))) == []
    ended = contract("hikari-line", start=date(2025, 1, 1), end=date(2025, 5, 31))
    assert list(engine.charges(ended)) == []


def test_a_missing_price_says_which_and_when():
    prices = (Price(date(2025, 7, 1), 6000),)
    with pytest.raises(RatingError, match=r"“fee” \(fee\) has no price on 2025-06-10"):
        list(rater(fee("hikari-line", prices=prices)).charges(contract("hikari-line")))


def test_a_product_without_a_tariff_is_no_free_product():
    with pytest.raises(RatingError, match="“1” has no tariff"):
        list(rater().charges(contract("hikari-line")))


def test_contracts_alike_share_their_charges():
    engine = rater(fee("hikari-line"))
    one = next(engine.charges(contract("hikari-line", start=date(2024, 4, 1))))
    other = next(engine.charges(contract("hikari-line", start=date(2024, 11, 3))))
    assert one is other


@pytest.mark.article("statute", "消費税法29")
def test_the_rate_of_tax_is_that_of_the_last_day_charged():
    engine = rater(fee("hikari-line"))
    (charge,) = engine.charges(contract("hikari-line"))
    assert str(charge.tax_rate) == "0.10"
