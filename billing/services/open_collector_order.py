"""Ask a collector to take the payment of an invoice, by card or at a convenience store."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from billing.collector.client import Collector, CollectorError
from billing.models import CollectorOrder, Invoice
from billing.partner_dues import asking_partner
from billing.selectors import asked_of_bank
from contracts.moments import japan_date
from workflow.models import User
from workflow.services.perform import perform

DAYS = 14
"""So long an order can be paid: the demonstration operator's own choice."""


def open_collector_order(
    *,
    invoice: Invoice,
    method: str,
    collector: Collector,
    return_url: Callable[[CollectorOrder], str],
    by: User,
    at: datetime,
) -> CollectorOrder:
    """An order for all that is open on the invoice and no partner asks for; one that waits for the same yen already is given again.

    ``return_url``: where the collector sends the customer back to. ValidationError where nothing is owed, where the bank or a partner
    was asked for it, or where the collector does not take the order; that order stays on record as failed.
    """
    if method not in CollectorOrder.Method:
        raise ValidationError({"method": _("Choose card or convenience store.")})
    on = japan_date(at)
    with transaction.atomic():
        invoice = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
        if not invoice.is_open:
            raise ValidationError(_("Nothing is owed on invoice %(invoice)s.") % {"invoice": invoice})
        if asked := asked_of_bank(invoice):
            # Both would take the same yen.
            raise ValidationError(
                _(
                    "The bank was asked to debit invoice %(invoice)s on %(day)s. If it cannot, the invoice can be paid here "
                    "afterwards."
                )
                % {"invoice": invoice, "day": date_format(asked)}
            )
        partner = asking_partner(invoice)
        amount = invoice.open_amount - (partner.amount if partner else 0)
        if partner and amount <= 0:
            raise ValidationError(
                _("%(partner)s asks for invoice %(invoice)s. Pay it there.")
                % {"partner": partner.agency.partner, "invoice": invoice}
            )
        waiting = CollectorOrder.objects.filter(
            invoice=invoice, method=method, state=CollectorOrder.State.OPEN
        ).first()
        if waiting and waiting.amount == amount and waiting.expires_on >= on:
            order = waiting
        else:
            if waiting:
                perform(waiting, "expire", by=by, on=on, reason=_("Another order takes its place."))
            order = CollectorOrder.objects.create(
                invoice=invoice,
                method=method,
                amount=amount,
                opened_at=at,
                expires_on=on + timedelta(days=DAYS),
            )
    if not order.collector_id:
        _ask(order, collector, return_url(order), by, at)
    return order


def _ask(order: CollectorOrder, collector: Collector, return_url: str, by: User, at: datetime) -> None:
    """Outside of any lock: the collector may take its time, and the same order asked again gives the same payment."""
    try:
        opened = collector.open_payment(
            order=str(order),
            amount=order.amount,
            method=order.method,
            description=f"{order.invoice.month:%Y年%m月}分 {order.invoice}",
            expires_on=order.expires_on.isoformat(),
            return_url=return_url,
        )
    except CollectorError as error:
        perform(order, "fail", by=by, on=japan_date(at), reason=str(error))
        raise ValidationError(str(error)) from error
    order.collector_id, order.page_url, order.receipt_number = (
        opened.id,
        opened.page_url,
        opened.receipt_number,
    )
    order.save(update_fields=["collector_id", "page_url", "receipt_number"])
