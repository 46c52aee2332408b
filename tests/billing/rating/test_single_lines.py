"""The fee of the last line left in its group, by days from the day that the rule gives."""

from datetime import date

import pytest

from billing.chunks.gather import spans
from billing.models import Charge
from billing.rating import reliefs, single_lines
from billing.rating.errors import RatingError
from billing.rating.facts import SingleFacts
from tests.billing.rating.books import PRODUCT, contract, fee, months, rater

OTHER = 3
TOLD = date(2025, 3, 15)  # the fee applies from 16 June
FEES = (
    fee("hikari-line"),
    fee("hikari-line", 8000, product_id=OTHER, tariff_id=2, code="other"),
    fee("hikari-line", 10100, product_id=None, kind="single_line", occasion="type1", code="one", tariff_id=8),
    fee("hikari-line", 16600, product_id=None, kind="single_line", occasion="type2", code="two", tariff_id=9),
)


def charged(*fees, maintenance: str = "type1", **fields):
    facts = {"start": date(2025, 1, 1), "months": months(date(2025, 5, 1), 3)} | fields
    single = SingleFacts(TOLD, maintenance)
    return list(rater(*(fees or FEES)).charges(contract("hikari-line", single=single, **facts)))


@pytest.mark.article("hikari-line", "5")
@pytest.mark.article("hikari-line", "38")
@pytest.mark.parametrize(
    ("maintenance", "tariff", "amounts"),
    [("type1", 8, [6000, 3000, 5050, 10100]), ("type2", 9, [6000, 3000, 8300, 16600])],
)
def test_three_months_after_the_notice_the_single_line_fee_takes_the_place_of_the_items(
    maintenance, tariff, amounts
):
    charges = charged(maintenance=maintenance)
    assert [charge.amount for charge in charges] == amounts
    assert [charge.tariff_id for charge in charges] == [1, 1, tariff, tariff]
    last = charges[2]
    assert (last.kind, last.period_from, last.days) == ("single_line", date(2025, 6, 16), 15)
    assert last.article == "hikari-line 38"
    assert [line.text for line in last.explanation][-1] == "single_line"


def test_an_item_that_changes_before_is_charged_until_then_and_one_that_changes_later_no_more():
    changed = charged(
        products=spans([(date(2025, 6, 6), PRODUCT, OTHER), (date(2025, 7, 9), OTHER, PRODUCT)])
    )
    assert [(charge.tariff_id, charge.days) for charge in changed] == [
        (1, 31),
        (1, 5),
        (2, 10),
        (8, 15),
        (8, 8),
        (8, 23),
    ]
    assert sum(charge.amount for charge in changed[-2:]) == pytest.approx(10100, abs=1)


def test_a_contract_that_ends_before_that_day_is_charged_as_ever():
    assert [charge.amount for charge in charged(end=date(2025, 6, 10))] == [6000, 2000]


def test_without_a_tariff_it_is_said_which_is_missing():
    with pytest.raises(RatingError, match="no tariff"):
        charged(fee("hikari-line"))


def test_a_document_without_such_a_fee_charges_the_item():
    single = SingleFacts(TOLD, "type1")
    facts = contract("hikari-phone", single=single, months=months(date(2025, 7, 1), 1))
    assert [charge.amount for charge in rater(fee("hikari-phone")).charges(facts)] == [6000]


def test_every_kind_of_charge_that_reliefs_and_single_lines_know_has_a_name():
    kinds = {single_lines.KIND, *(kind for covered in reliefs._KINDS.values() for kind in covered)}
    assert kinds <= set(Charge.Kind.values)
