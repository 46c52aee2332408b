"""料金月の起算日の変更: from the decision to the yen on the invoice (hikari-line 通則1, 2)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from billing.explain import explain_invoice
from billing.forecast import forecast
from billing.models import MovedFirstDay
from billing.recompute import recompute_invoice
from billing.services.move_first_day import approve_move, move_first_day, reject_move
from notices.models import Posting
from tests import factories
from tests.billing import things
from workflow.errors import NotPermitted, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.article("hikari-line", "通則1,2")]

MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)
AT = factories.at(date(2025, 5, 10))


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def proposed(**fields: Any) -> MovedFirstDay:
    values = {
        "terms_code": "hikari-line",
        "since": date(2025, 6, 11),
        "reason": "請求処理の分散のため",
        "by": things.people()[0],
        "at": AT,
    }
    return move_first_day(**(values | fields))


def moved(**fields: Any) -> MovedFirstDay:
    return approve_move(move=proposed(**fields), by=things.people()[1], at=fields.get("at", AT))


def amounts(contract, month: date) -> list[tuple[date, date, int]]:
    charges = things.invoice(contract, month).charges.order_by("period")
    return [(each.period.lower, each.period.upper, each.amount) for each in charges]


def test_a_move_that_a_second_person_decided_is_posted_and_cuts_the_tariff_month_before_it():
    line = things.contract("hikari-line", 6000)
    other = things.contract("isp-access", 6000)
    move = proposed()
    with pytest.raises(NotPermitted):
        approve_move(move=move, by=things.people()[0], at=AT)
    approve_move(move=move, by=things.people()[1], at=AT)
    posting = Posting.objects.get()
    assert posting.article == "hikari-line 通則1,2"
    assert "毎月11日" in posting.body
    for month in (MAY, JUNE, JULY):
        things.bill(month)
    assert amounts(line, MAY) == [(MAY, JUNE, 6000)]
    assert amounts(line, JUNE) == [(JUNE, date(2025, 6, 11), 2000)]
    assert amounts(line, JULY) == [(date(2025, 6, 11), date(2025, 7, 11), 6000)]
    assert amounts(other, JULY) == [(JULY, date(2025, 8, 1), 6000)]


def test_forecast_explanation_and_recomputing_say_the_same_yen():
    line = things.contract("hikari-line", 6000)
    moved()
    things.bill(MAY)
    coming = forecast(line, first=JUNE, months=2)
    assert [month.total for month in coming] == [2000, 6000]
    things.bill(JUNE)
    invoice = things.invoice(line, JUNE)
    assert (invoice.total, recompute_invoice(invoice).same) == (2200, True)
    (charge,) = invoice.charges.all()
    assert [line["article"] for line in charge.explanation] == ["hikari-line 通則1,2", "hikari-line 38"]
    assert "起算日の変更" in str(explain_invoice(invoice))
    things.bill(JULY)
    assert recompute_invoice(things.invoice(line, JUNE)).same
    assert recompute_invoice(things.invoice(line, JULY)).same


def test_who_starts_and_who_ends_within_the_moved_tariff_month_pays_its_days():
    fresh = things.contract("hikari-line", 6000, service_start=date(2025, 6, 26))
    gone = things.contract("hikari-line", 6000, ends_on=date(2025, 6, 20), state="ended")
    old = things.contract("hikari-line", 6000, ends_on=date(2025, 6, 5), state="ended")
    moved()
    for month in (MAY, JUNE, JULY):
        things.bill(month)
    assert amounts(fresh, JULY) == [(date(2025, 6, 26), date(2025, 7, 11), 3000)]
    assert amounts(gone, JUNE) == [(JUNE, date(2025, 6, 11), 2000)]
    assert amounts(gone, JULY) == [(date(2025, 6, 11), date(2025, 6, 21), 2000)]
    assert amounts(old, JUNE) == [(JUNE, date(2025, 6, 6), 1000)]


def test_a_month_that_is_billed_is_not_cut_any_more():
    things.contract("hikari-line", 6000)
    late = proposed()
    things.bill(JUNE)
    with pytest.raises(ValidationError, match=r"2025-06 is billed already.*2025-07-01"):
        proposed()
    with pytest.raises(ValidationError):
        approve_move(move=late, by=things.people()[1], at=AT)
    late.refresh_from_db()
    assert late.decided_on is None


def test_moves_come_one_after_the_other_and_each_moves_something():
    with pytest.raises(ValidationError, match="as it is"):
        proposed(since=JUNE)
    moved()
    with pytest.raises(ValidationError, match="has to come after"):
        proposed(since=date(2025, 6, 5))
    with pytest.raises(ValidationError, match="as it is"):
        proposed(since=date(2025, 8, 11))
    proposed(since=date(2025, 8, 1))
    with pytest.raises(IntegrityError):
        MovedFirstDay.objects.create(
            terms_code="hikari-line", since=date(2025, 6, 11), article="x", decided_on=JUNE
        )


def test_a_document_without_the_clause_is_not_moved():
    for code in ("hikari-phone", "isp-access", "business-network", "line-info-api"):
        with pytest.raises(Refused):
            proposed(terms_code=code)
    assert not MovedFirstDay.objects.exists()


def test_a_rejected_move_changes_nothing():
    line = things.contract("hikari-line", 6000)
    reject_move(move=proposed(), by=things.people()[1], at=AT, reason="時期が悪い")
    things.bill(JUNE)
    assert amounts(line, JUNE) == [(JUNE, JULY, 6000)]
    assert not Posting.objects.exists()
