"""What was used while the meter failed (business-network 8-3(3))."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from billing.explain import explain_charge
from billing.models import Usage
from billing.recompute import recompute_invoice
from billing.services.estimate_usage import estimate_usage
from billing.services.import_usage import import_usage
from contracts.models import Contract, Product
from tests import factories
from tests.billing import things
from workflow.errors import Refused
from workflow.selectors import state_changes_of

JUNE, JULY = date(2025, 6, 1), date(2025, 7, 1)
AT = factories.at(JULY)

pytestmark = [pytest.mark.django_db, pytest.mark.article("business-network", "8")]


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def metered(start: date = date(2024, 1, 15), **fields: Any) -> Contract:
    return things.contract("business-network", per=Product.Per.USE, start=start, **fields)


def a_year(of: Contract, lowest: int = 24800) -> None:
    """Use of the twelve months before June 2025; 24,800 yen in the 31 days of August are the fewest a day."""
    for place in range(12):
        month = date(2024 + (5 + place) // 12, (5 + place) % 12 + 1, 1)
        Usage.objects.create(contract=of, month=month, amount=lowest if month.month == 8 else 31000)


def estimated(contract: Contract, first: date, last: date, **fields: Any) -> list[Usage]:
    fields = {"by": factories.staff(), "at": AT, "reason": "計測装置の故障"} | fields
    return estimate_usage(contract=contract, first=first, last=last, **fields)


def test_days_that_were_not_measured_cost_the_lowest_average_of_the_year_before():
    contract = metered()
    a_year(contract)
    [usage] = estimated(contract, date(2025, 6, 10), date(2025, 6, 14))
    assert (usage.month, usage.estimated, usage.missed_days, usage.daily) == (JUNE, 4000, 5, "800")
    assert import_usage(data=f"回線番号,利用月,金額\n{contract.line.number},2025-06,20000\n".encode()) == 1
    things.bill(JUNE)
    invoice = things.invoice(contract)
    measured, guessed = invoice.charges.order_by("pk")
    assert (measured.amount, measured.article) == (20000, "business-network 8")
    assert (guessed.amount, guessed.article, guessed.name) == (
        4000,
        "business-network 8",
        "従量料金（計測できなかった期間の推計）",
    )
    assert explain_charge(guessed)["steps"][0]["text"] == "計測できなかった5日分を1日800円として4,000円"
    assert invoice.total == 24000 * 11 // 10
    assert recompute_invoice(invoice).same
    change = state_changes_of(contract).get(transition="estimate_usage")
    assert (change.article, "計測装置の故障" in change.reason) == ("business-network 8", True)


def test_an_average_that_is_no_whole_yen_loses_nothing():
    contract = metered()
    a_year(contract, lowest=2800)
    Usage.objects.create(contract=contract, month=JUNE, amount=31000)
    [usage] = estimated(contract, JULY, date(2025, 7, 31), at=factories.at(date(2025, 8, 1)))
    assert (usage.daily, usage.estimated) == ("2800/31", 2800)


@pytest.mark.parametrize(("start", "days"), [(date(2025, 5, 1), 40), (date(2025, 6, 1), 9)])
def test_with_less_than_a_year_the_average_since_the_start_counts(start, days):
    contract = metered(start)
    if start < JUNE:
        Usage.objects.create(contract=contract, month=date(2025, 5, 1), amount=31000)
    with pytest.raises(ValidationError) as error:
        estimated(contract, date(2025, 6, 10), date(2025, 6, 14))
    assert "measured_before" in error.value.message_dict
    [usage] = estimated(contract, date(2025, 6, 10), date(2025, 6, 14), measured_before=9000)
    so_far = 9000 + (31000 if start < JUNE else 0)
    assert usage.estimated == so_far * 5 // days


def test_a_failure_over_the_end_of_a_month_is_charged_with_both():
    contract = metered()
    a_year(contract)
    both = estimated(contract, date(2025, 6, 29), date(2025, 7, 2), at=factories.at(date(2025, 7, 3)))
    assert [(usage.month, usage.estimated) for usage in both] == [(JUNE, 1600), (JULY, 1600)]


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("first", {"first": date(2024, 1, 14)}),
        ("last", {"last": date(2025, 6, 9)}),
        ("last", {"last": JULY}),
        ("reason", {"reason": " "}),
    ],
)
def test_what_cannot_be_estimated_is_said_at_its_field(field, fields):
    contract = metered()
    a_year(contract)
    days = {"first": date(2025, 6, 10), "last": date(2025, 6, 14)}
    with pytest.raises(ValidationError) as error:
        estimated(contract, **(days | fields))
    assert field in error.value.message_dict
    assert not Usage.objects.filter(estimated__gt=0).exists()


def test_a_month_that_is_billed_and_the_first_day_of_all_are_not_estimated():
    contract = metered(date(2025, 6, 1))
    with pytest.raises(ValidationError, match="Nothing was measured"):
        estimated(contract, JUNE, date(2025, 6, 3), measured_before=0)
    things.bill(JUNE)
    with pytest.raises(ValidationError, match="billed already"):
        estimated(contract, date(2025, 6, 10), date(2025, 6, 14), measured_before=9000)


def test_only_metered_contracts_under_a_document_with_the_clause_are_estimated():
    with pytest.raises(ValidationError, match="not charged by what is used"):
        estimated(things.contract("business-network"), date(2025, 6, 10), date(2025, 6, 14))
    with pytest.raises(Refused) as refused:
        estimated(things.contract("hikari-phone"), date(2025, 6, 10), date(2025, 6, 14))
    assert refused.value.refusal.code == "no_estimate"
