"""Reads of billing that more than one caller needs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet, Sum

from billing.falling_due import with_falling_due
from billing.models import BillingAccount, BillingRun, Charge, InstalmentPlan, Invoice, Tariff, TariffPrice
from billing.rating.invoice_fees import OCCASIONS
from terms.calendar import Month


@dataclass(frozen=True)
class Balance:
    """Yen of one account: asked for and open, of which overdue; paid and not used; charged and not invoiced yet."""

    open: int
    overdue: int
    credit: int
    waiting: int


def balance_of(account: BillingAccount, *, on: date) -> Balance:
    """Where an account stands on a day."""
    owed = open_invoices(account=account).aggregate(
        open=Sum(F("total") - F("paid")), overdue=Sum(F("total") - F("paid"), filter=Q(falls_due__lt=on))
    )
    credit = account.payments.aggregate(left=Sum(F("amount") - F("allocated") - F("returned")))["left"]
    waiting = account.charges.filter(invoice__isnull=True).aggregate(sum=Sum("amount"))["sum"]
    return Balance(owed["open"] or 0, owed["overdue"] or 0, credit or 0, waiting or 0)


def open_invoices(*, account: BillingAccount | None = None) -> QuerySet[Any]:
    """Invoices on which something is owed, each with ``falls_due``, the earliest due first."""
    unpaid = Invoice.objects.filter(state=Invoice.State.ISSUED, paid__lt=F("total"))
    found = with_falling_due(unpaid).order_by("falls_due", "id")
    return found.filter(account=account) if account else found


def ageing(*, on: date) -> list[dict[str, Any]]:
    """For each document how many yen are open: not due yet, and overdue by up to 30, 60, 90 days or more."""
    open_amount = F("total") - F("paid")
    first, second, third = (on - timedelta(days=days) for days in (30, 60, 90))
    bands = {
        "not_due": Q(falls_due__gte=on),
        "to_30": Q(falls_due__lt=on, falls_due__gte=first),
        "to_60": Q(falls_due__lt=first, falls_due__gte=second),
        "to_90": Q(falls_due__lt=second, falls_due__gte=third),
        "over_90": Q(falls_due__lt=third),
    }
    sums = {name: Sum(open_amount, filter=band, default=0) for name, band in bands.items()}
    rows = open_invoices().order_by().values("terms_code").annotate(**sums).order_by("terms_code")
    return [dict(row) for row in rows]


@dataclass(frozen=True)
class Comparison:
    """One document in a run and in the run of the month before: invoices and yen with tax."""

    terms_code: str
    invoices: int
    total: int
    invoices_before: int
    total_before: int


def compared_with_last_month(run: BillingRun) -> list[Comparison]:
    """What a run asks for beside what the run of the month before did, so that a person sees what is odd before it is issued."""
    before = Month.of(run.month).plus(-1).first
    of_run_before = Q(month=before, run__isnull=False) & ~Q(state=Invoice.State.VOID)
    now, then = _by_document(Q(run=run)), _by_document(of_run_before)
    return [
        Comparison(code, *now.get(code, (0, 0)), *then.get(code, (0, 0)))
        for code in sorted(now.keys() | then.keys())
    ]


def _by_document(which: Q) -> dict[str, tuple[int, int]]:
    rows = (
        Invoice.objects.filter(which).order_by().values_list("terms_code").annotate(Count("id"), Sum("total"))
    )
    return {code: (count, total) for code, count, total in rows}


def tariffs_with(terms_code: str, codes: Collection[str]) -> set[str]:
    """Those of ``codes`` that are tariffs of the document."""
    return set(Tariff.objects.filter(terms_code=terms_code, code__in=codes).values_list("code", flat=True))


def unbilled_since() -> date | None:
    """The first day that no run has billed, after the latest month that one has; None before the first run."""
    billed = BillingRun.objects.exclude(state=BillingRun.State.ABANDONED).order_by("-month").first()
    return Month.of(billed.month).end if billed else None


def waiting_credits() -> QuerySet[Charge]:
    """Credits that exceeded the charges of their month and wait, on contracts that have ended: to be paid out by a person."""
    return Charge.objects.filter(invoice__isnull=True, amount__lt=0, contract__state="ended").select_related(
        "contract", "account__subscriber"
    )


def asked_of_bank(invoice: Invoice) -> date | None:
    """The day on which a bank was asked to debit an invoice, while its answer is not known; None where none was."""
    line = invoice.transfers.filter(result="").select_related("file").first()
    return line.file.debit_on if line else None


class InvoiceFee(NamedTuple):
    """What an invoice bears for a choice of the subscriber under one of its documents, in yen without tax."""

    name: str
    amount: int


def invoice_fees(account: BillingAccount, kind: str, *, on: date) -> list[InvoiceFee]:
    """The fees that invoices by post or account transfer (``kind`` of InvoiceChoice) would bear on a day; none where no
    document of the account's contracts has one."""
    documents = account.subscriber.contracts.values("terms_code")
    prices = (
        TariffPrice.objects.filter(
            tariff__kind=Tariff.Kind.HANDLING,
            tariff__occasion=OCCASIONS[kind],
            tariff__terms_code__in=documents,
            valid_from__lte=on,
        )
        .order_by("tariff_id", "-valid_from")
        .distinct("tariff_id")
    )
    return [InvoiceFee(price.tariff.name, price.amount) for price in prices.select_related("tariff")]


@dataclass(frozen=True)
class InstalmentsLeft:
    """A plan of instalments, and the yen of it that no issued invoice has asked for yet."""

    plan: InstalmentPlan
    balance: int


def instalments_left(plans: QuerySet[InstalmentPlan]) -> list[InstalmentsLeft]:
    """The plans on which something is left to be asked for, each with that balance."""
    known = {f"instalment:{plan.pk}": plan for plan in plans.order_by("id")}
    asked = Charge.objects.filter(source__in=known, invoice__issued_on__isnull=False).order_by()
    sums = dict(asked.values("source").annotate(yen=Sum("amount")).values_list("source", "yen"))
    left = {source: plan.total - sums.get(source, 0) for source, plan in known.items()}
    return [InstalmentsLeft(known[source], balance) for source, balance in left.items() if balance]
