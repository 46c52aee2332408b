"""Invoices, payments and charges as tables on other pages."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from billing.falling_due import with_falling_due
from billing.models import Charge, Invoice, Payment
from billing.selectors import ageing
from workflow.staff import cells
from workflow.staff.panels import Panel, Text, panel


def invoices_panel(invoices: QuerySet[Invoice], *, more: str = "", title: Text = "") -> Panel:
    """The latest invoices first."""
    return panel(
        title or _("invoices"),
        with_falling_due(invoices).order_by("-id"),
        [
            (_("invoice"), cells.link),
            (_("state"), cells.state_badge),
            (_("terms"), lambda invoice: cells.document(invoice.terms_code)),
            (_("month"), lambda invoice: month(invoice.month)),
            (_("due on"), lambda invoice: cells.day(invoice.falls_due)),
            (_("total"), lambda invoice: cells.yen(invoice.total)),
            (
                _("still owed"),
                lambda invoice: cells.yen(invoice.open_amount) if invoice.is_open else cells.EMPTY,
            ),
        ],
        more=more,
    )


def payments_panel(payments: QuerySet[Payment], *, more: str = "") -> Panel:
    """The latest payments first."""
    return panel(
        _("payments"),
        payments.order_by("-paid_on", "-id"),
        [
            (_("payments"), lambda payment: cells.link(payment, cells.day(payment.paid_on))),
            (_("payment method"), lambda payment: payment.get_method_display()),
            (_("amount"), lambda payment: cells.yen(payment.amount)),
            (
                _("Not used"),
                lambda payment: cells.yen(payment.unallocated) if payment.unallocated else cells.EMPTY,
            ),
            (_("reference"), lambda payment: payment.reference),
        ],
        more=more,
    )


def charges_panel(charges: QuerySet[Charge], *, title: Text = "", more: str = "", shown: int = 20) -> Panel:
    """The latest charges first."""
    return panel(
        title or _("charges"),
        charges.select_related("invoice").order_by("-id"),
        [
            (_("charge"), lambda charge: cells.link(charge, charge.name)),
            (_("kind"), lambda charge: charge.get_kind_display()),
            (_("period"), period),
            (_("Amount without tax"), lambda charge: cells.yen(charge.amount)),
            (_("article"), lambda charge: cells.article(charge.article)),
            (_("invoice"), lambda charge: cells.link(charge.invoice)),
        ],
        more=more,
        shown=shown,
    )


def ageing_panel(on: date) -> Panel:
    """What is owed under each document, by how long it is overdue."""
    return panel(
        _("Open invoices by age"),
        ageing(on=on),
        [
            (_("terms"), lambda row: cells.document(row["terms_code"])),
            (_("Not due"), lambda row: cells.yen(row["not_due"])),
            (_("to 30 days"), lambda row: cells.yen(row["to_30"])),
            (_("to 60 days"), lambda row: cells.yen(row["to_60"])),
            (_("to 90 days"), lambda row: cells.yen(row["to_90"])),
            (_("longer"), lambda row: cells.yen(row["over_90"])),
        ],
    )


def period(charge: Charge) -> str:
    """The days of a charge, first and last."""
    if charge.period is None or charge.period.lower is None:
        return cells.EMPTY
    last = (
        charge.period.upper.fromordinal(charge.period.upper.toordinal() - 1) if charge.period.upper else None
    )
    return (
        cells.day(charge.period.lower)
        if last == charge.period.lower
        else cells.span(charge.period.lower, last)
    )


def month(first: object) -> str:
    """A billing month as year and month."""
    return f"{first:%Y-%m}"
