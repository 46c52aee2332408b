"""Take what a collector tells: a payment was made, failed, expired or was taken back."""

from datetime import datetime

from django.db import transaction

from billing.collector.event import BadEvent, Event, read_event
from billing.collector.signature import check_signature
from billing.models import CollectorEvent, CollectorOrder
from billing.services.record_payment import record_payment
from billing.services.undo_payment import undo_payment
from contracts.moments import japan_date
from workflow.selectors import clock_user
from workflow.services.perform import perform

_OVER = {"payment.failed": "fail", "payment.expired": "expire"}
"""Which transition ends an order that was not paid."""


def take_collector_event(*, body: bytes, signature: str, secret: str, at: datetime) -> CollectorEvent:
    """The event on record, and what follows from it done, once: the same event again changes nothing.

    BadSignature where it is not the collector's or too old; BadEvent where it cannot be understood or names no order of ours.
    A payment is recorded on the day in Japan on which it was made, with the yen that the collector took.
    """
    check_signature(body, signature, secret=secret, at=at)
    event = read_event(body)
    number = event.order.rpartition("-")[2]
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise BadEvent("No such order.")
    with transaction.atomic():
        # Events of one order wait for each other, so the same one cannot be taken by two workers at once.
        order = (
            CollectorOrder.objects.select_for_update(of=("self",))
            .select_related("invoice__account")
            .filter(pk=number, collector_id__in=("", event.payment))
            .first()
        )
        # Without the collector's ID: its answer to our order was lost.
        if order is None or str(order) != event.order:
            raise BadEvent("No such order.")
        known = CollectorEvent.objects.filter(event_id=event.id).first()
        if known is not None:
            return known
        taken = CollectorEvent.objects.create(
            event_id=event.id,
            kind=event.kind,
            order=order,
            received_at=at,
            body=body.decode(errors="replace"),
        )
        _follow(order, event, at)
    return taken


def _follow(order: CollectorOrder, event: Event, at: datetime) -> None:
    """What no state allows has happened already, in whatever order messages came."""
    clock, on = clock_user(), japan_date(at)
    if event.kind == "payment.paid" and order.payment is None:
        payment = record_payment(
            account=order.invoice.account,
            amount=event.amount,
            paid_on=min(japan_date(event.at), on),
            method=order.method,
            reference=event.payment,
            by=clock,
            at=at,
        )
        perform(order, "pay", by=clock, on=on, payment=payment)
    elif event.kind == "payment.reversed" and order.state == CollectorOrder.State.PAID:
        assert order.payment
        undo_payment(payment=order.payment, by=clock, at=at, reason="収納代行会社による取消し")
        perform(order, "reverse", by=clock, on=on)
    elif order.state == CollectorOrder.State.OPEN and event.kind in _OVER:
        perform(order, _OVER[event.kind], by=clock, on=on)
