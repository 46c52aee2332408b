"""What billing tests need to stand there already. Real rows; see tests/factories.py for the rest."""

from datetime import date
from decimal import Decimal
from typing import Any

from billing.models import (
    ArrearsPolicy,
    BillingAccount,
    BillingRun,
    CollectionAccount,
    DuePolicy,
    Invoice,
    Payment,
    Tariff,
    TariffPrice,
    TaxRate,
)
from billing.services.open_account import open_account
from billing.services.record_payment import record_payment
from billing.services.run_month import run_month
from contracts.models import Contract, Product
from notices.models import Notice
from terms.calendar import Month
from tests import factories
from workflow.models import User

CODES = ("hikari-line", "hikari-phone", "isp-access", "business-network")
_serial = iter(range(1, 1_000_000))


def standing() -> None:
    """Tax rates, due days and the operator's days between steps."""
    for day, rate in ((date(2014, 4, 1), "0.08"), (date(2019, 10, 1), "0.10")):
        TaxRate.objects.create(valid_from=day, rate=Decimal(rate), article="statute 消費税法29")
    for code in CODES:
        DuePolicy.objects.create(terms_code=code, valid_from=date(2022, 1, 1), months_after=1, day=27)
        ArrearsPolicy.objects.create(
            terms_code=code,
            valid_from=date(2022, 1, 1),
            reminder_after=5,
            suspension_notice_after=16,
            suspension_after=10,
            ending_notice_after=30,
            ending_after=14,
        )


def tariff(
    product: Product | None = None, amount: int = 6000, *, since: date = date(2010, 1, 1), **fields: Any
) -> Tariff:
    """A tariff with one price; the base fee of ``product`` where nothing else is said."""
    values: dict[str, Any] = {
        "code": f"tariff-{next(_serial)}",
        "product": product,
        "terms_code": product.terms_code if product else "hikari-line",
        "kind": Tariff.Kind.BASE if product and product.kind == Product.Kind.BASE else Tariff.Kind.OPTION,
        "name": product.name if product else "料金",
        "source": Tariff.Source.DEMONSTRATION,
    }
    made = Tariff.objects.create(**(values | fields))
    TariffPrice.objects.create(tariff=made, valid_from=since, amount=amount)
    return made


def contract(terms_code: str = "hikari-line", amount: int = 6000, **fields: Any) -> Contract:
    """A running contract since 1 April 2025 whose product has a price, with its billing account."""
    product = fields.pop("product", None)
    if product is None:
        product = factories.product(terms_code, per=fields.pop("per", Product.Per.MONTH))
        tariff(product, amount)
    made = factories.contract(terms_code, product=product, **fields)
    if not BillingAccount.objects.filter(subscriber=made.subscriber).exists():
        open_account(subscriber=made.subscriber, by=made.subscriber.user or factories.staff())
    return made


def account(of: Contract) -> BillingAccount:
    """The billing account of a contract's subscriber."""
    return of.subscriber.billing_account


def people() -> tuple[User, User]:
    """Who prepares runs, and who approves them."""
    return tuple(
        User.objects.get_or_create(username=name, defaults={"is_staff": True})[0]
        for name in ("preparer", "approver")
    )


def bill(month: date) -> BillingRun:
    """The whole run of a month, on the first day after it."""
    preparer, approver = people()
    return run_month(month=month, by=preparer, approver=approver, at=factories.at(Month.of(month).end, 9))


def invoice(of: Contract, month: date | None = None) -> Invoice:
    """The invoice of a contract's subscriber under its document: of a month, or the only one."""
    found = Invoice.objects.filter(account=account(of), terms_code=of.terms_code)
    return found.get(month=month) if month else found.get()


def pay(of: Contract, amount: int, on: date, reference: str = "") -> Payment:
    """A bank deposit that arrived and was recorded on a day."""
    return record_payment(
        account=account(of),
        amount=amount,
        paid_on=on,
        method=Payment.Method.BANK_DEPOSIT,
        reference=reference or f"payment-{next(_serial)}",
        by=people()[0],
        at=factories.at(on, 15),
    )


def send_everything(on: date) -> None:
    """The worker sent all that was queued, on a day."""
    for notice in Notice.objects.filter(state=Notice.State.QUEUED):
        factories.dispatched(notice, on)


def collection_account(**fields: Any) -> CollectionAccount:
    """An account of ours at a bank."""
    values: dict[str, Any] = {
        "collector_code": "1234567890",
        "name_kana": "デモツウシン カブシキガイシャ",
        "bank_code": "0001",
        "branch_code": "001",
        "account_number": "7654321",
    }
    return CollectionAccount.objects.get_or_create(
        collector_code=fields.pop("collector_code", "1234567890"), defaults=values | fields
    )[0]


def by_transfer(of: Contract, **bank: Any) -> BillingAccount:
    """The subscriber of a contract pays by account transfer."""
    values = {
        "bank_code": "0001",
        "branch_code": "001",
        "account_type": "1",
        "account_number": "1234567",
        "holder_kana": "ヤマダ ショウジ",
    }
    return open_account(
        subscriber=of.subscriber, by=people()[0], method="account_transfer", **(values | bank)
    )
