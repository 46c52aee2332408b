"""Months paid together, and money taken in advance."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum

from billing.explain import explain_invoice
from billing.lumps import running_lumps
from billing.models import Invoice, LumpPayment, Payment
from billing.pdf.sheet import invoice_sheets
from billing.services.agree_lump_payment import agree_lump_payment
from billing.services.refund_credit import approve_refund, propose_refund
from billing.services.take_advance import take_advance
from tests import factories
from tests.billing import things
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)
ON = date(2025, 5, 10)


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def agree(contract, **fields: Any) -> LumpPayment:
    values = {
        "account": things.account(contract),
        "terms_code": contract.terms_code,
        "first_month": MAY,
        "months": 2,
        "consented_on": ON,
        "evidence": "同意書 第7号",
        "reason": "請求システムの移行のため",
        "by": things.people()[0],
        "on": ON,
    }
    return agree_lump_payment(**(values | fields))


@pytest.mark.article("hikari-line", "通則6")
def test_months_come_on_one_invoice_where_the_subscriber_consented_and_for_nobody_else():
    contract, other = things.contract("hikari-line", 6000), things.contract("hikari-line", 6000)
    beside = things.contract("isp-access", 3000, subscriber=contract.subscriber)
    assert agree(contract).article == "hikari-line 通則6"
    for month in (MAY, JUNE, JULY):
        things.bill(month)
    mine = Invoice.objects.filter(account=things.account(contract), terms_code="hikari-line")
    assert list(mine.order_by("month").values_list("month", "total")) == [(JUNE, 13200), (JULY, 6600)]
    assert things.invoice(contract, JUNE).due_on == date(2025, 7, 28)
    for one in (other, beside):
        assert Invoice.objects.filter(account=things.account(one), terms_code=one.terms_code).count() == 3


@pytest.mark.article("hikari-line", "通則6")
def test_the_invoice_of_several_months_says_on_every_sheet_that_it_is_one_and_who_consented_when():
    contract, other = things.contract("hikari-line", 6000), things.contract("hikari-line", 6000)
    agree(contract)
    subscriber = contract.subscriber
    assert [lump.last_month for lump in running_lumps(subscriber)] == [JUNE]
    for month in (MAY, JUNE):
        things.bill(month)
    assert (list(running_lumps(subscriber)), list(running_lumps(other.subscriber))) == ([], [])
    together, single = invoice_sheets([things.invoice(contract, JUNE), things.invoice(other, JUNE)])
    assert dict(together["facts"])["ご利用月"] == "2025年5月から2025年6月まで"
    assert dict(single["facts"])["ご利用月"] == "2025年6月"
    said = dict(together["notes"])["一括後払い"]
    assert said.startswith("2025年5月10日のご承諾により、まとめて")
    assert "通則6" in said
    assert "一括後払い" not in dict(single["notes"])
    told = explain_invoice(things.invoice(contract, JUNE))["together"]
    assert (told["from"], told["through"], told["article"]["citation"]) == (
        "2025-05",
        "2025-06",
        "hikari-line 通則6",
    )
    assert explain_invoice(things.invoice(other, JUNE))["together"] is None


@pytest.mark.article("hikari-line", "通則6")
def test_nobody_pays_months_together_without_consent():
    contract = things.contract("hikari-line", 6000)
    for code, fields in (
        ("no_consent", {"evidence": " "}),
        ("no_consent", {"consented_on": date(2025, 5, 11)}),
        ("too_few_months", {"months": 1}),
    ):
        with pytest.raises(Refused) as refused:
            agree(contract, **fields)
        assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (
            code,
            "hikari-line 通則6",
        )
    with pytest.raises(Refused) as silent:
        agree(things.contract("isp-access"))
    assert silent.value.refusal.code == "no_lump_payment"
    assert not LumpPayment.objects.exists()


def test_months_that_are_billed_or_together_already_are_shown_at_the_field():
    contract = things.contract("hikari-line", 6000)
    agree(contract, first_month=JUNE)
    for fields in ({"first_month": MAY}, {"first_month": JULY}):
        with pytest.raises(ValidationError) as error:
            agree(contract, **fields)
        assert "first_month" in error.value.message_dict
    things.bill(MAY)
    with pytest.raises(ValidationError):
        agree(things.contract("hikari-line", 6000))


def advance(contract, **fields: Any) -> Payment:
    values = {
        "account": things.account(contract),
        "terms_code": contract.terms_code,
        "amount": 20000,
        "paid_on": ON,
        "method": "bank_deposit",
        "reference": "advance-1",
        "wish": "5月8日の電話",
        "by": things.people()[0],
        "at": factories.at(ON, 12),
    }
    return take_advance(**(values | fields))


@pytest.mark.article("hikari-line", "通則7")
def test_an_advance_pays_what_is_asked_for_later_bears_no_interest_and_the_rest_goes_back_as_it_came():
    contract = things.contract("hikari-line", 6000)
    payment = advance(contract)
    assert payment.advance_under == "hikari-line 通則7"
    for month in (MAY, JUNE):
        things.bill(month)
        assert things.invoice(contract, month).state == Invoice.State.SETTLED
    payment.refresh_from_db()
    assert (payment.allocated, payment.unallocated) == (13200, 6800)
    at = factories.at(date(2026, 5, 10))
    first, second = things.people()
    with pytest.raises(ValidationError):
        propose_refund(account=things.account(contract), amount=6801, reason="解約", by=first, at=at)
    refund = propose_refund(account=things.account(contract), amount=6800, reason="解約", by=first, at=at)
    approve_refund(refund=refund, by=second, at=at)
    payment.refresh_from_db()
    assert payment.unallocated == 0
    charged = things.account(contract).charges.aggregate(sum=Sum("amount"))["sum"]
    assert charged == 12000


@pytest.mark.article("hikari-line", "通則7")
def test_an_advance_is_taken_only_at_the_subscribers_wish_and_when_nothing_is_open():
    contract = things.contract("hikari-line", 6000)
    with pytest.raises(Refused) as refused:
        advance(things.contract("isp-access"))
    assert refused.value.refusal.code == "no_advance"
    for field, fields in (("wish", {"wish": ""}), ("terms_code", {"account": things.account(things.contract("isp-access"))})):  # fmt: skip
        with pytest.raises(ValidationError) as error:
            advance(contract, **fields)
        assert field in error.value.message_dict
    things.bill(MAY)
    with pytest.raises(ValidationError):
        advance(contract, paid_on=date(2025, 6, 10), at=factories.at(date(2025, 6, 10)))
    assert not Payment.objects.exists()
