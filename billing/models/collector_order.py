"""Payments asked for by way of a collector, and what the collector told of them."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from billing.models.payment import Payment
from workflow.models import Machine, StateField


class CollectorOrder(Machine):
    """One attempt to pay an invoice by card or at a convenience store. Card numbers never come to us."""

    class Method(models.TextChoices):
        CARD = "card", _("card")
        CONVENIENCE_STORE = "convenience_store", _("convenience store")

    class State(models.TextChoices):
        OPEN = "open", _("to be paid")
        PAID = "paid", _("paid by the customer")
        FAILED = "failed", _("did not succeed")
        EXPIRED = "expired", _("ran out")
        REVERSED = "reversed", _("taken back")

    invoice = models.ForeignKey(
        "billing.Invoice",
        on_delete=models.PROTECT,
        related_name="collector_orders",
        verbose_name=_("invoice"),
    )
    method = models.CharField(_("payment method"), max_length=20, choices=Method)
    amount = models.PositiveIntegerField(_("amount"))
    state = StateField(_("state"), default=State.OPEN, choices=State.choices)
    opened_at = models.DateTimeField(_("opened at"))
    expires_on = models.DateField(_("can be paid until"), help_text=_("The last day."))
    collector_id = models.CharField(_("the collector’s number"), max_length=64, blank=True)
    page_url = models.URLField(_("page of the collector"), max_length=500, blank=True)
    receipt_number = models.CharField(_("payment number for the store"), max_length=40, blank=True)
    payment = models.OneToOneField(
        "billing.Payment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="collector_order",
        verbose_name=_("payment"),
    )

    class Meta:
        verbose_name = _("order to the collector")
        verbose_name_plural = _("orders to the collector")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="collector_id_once", fields=["collector_id"], condition=~Q(collector_id="")
            ),
            models.UniqueConstraint(
                name="collector_order_open_once", fields=["invoice", "method"], condition=Q(state="open")
            ),
            models.CheckConstraint(name="collector_order_of_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="collector_order_paid_by_a_payment",
                condition=Q(state__in=["paid", "reversed"], payment__isnull=False)
                | (~Q(state__in=["paid", "reversed"]) & Q(payment__isnull=True)),
            ),
        ]
        triggers = [pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.invoice}-{self.pk}"

    @transition(field=state, source=[State.OPEN, State.FAILED, State.EXPIRED], target=State.PAID)
    def pay(self, payment: Payment) -> None:
        """The collector has the money, even where it had told that the order failed or expired."""
        self.payment = payment

    @transition(field=state, source=State.OPEN, target=State.FAILED)
    def fail(self) -> None:
        """The card was declined, or the collector did not take the order."""

    @transition(field=state, source=State.OPEN, target=State.EXPIRED)
    def expire(self) -> None:
        """Nobody paid in time, or another order took its place."""

    @transition(field=state, source=State.PAID, target=State.REVERSED)
    def reverse(self) -> None:
        """The collector took the payment back."""


class CollectorEvent(models.Model):
    """What a collector told, as it arrived: each once, however often it is sent. Append-only."""

    class Kind(models.TextChoices):
        PAID = "payment.paid", _("paid by the customer")
        FAILED = "payment.failed", _("did not succeed")
        EXPIRED = "payment.expired", _("ran out")
        REVERSED = "payment.reversed", _("taken back")

    event_id = models.CharField(_("the collector’s number of the event"), max_length=64, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    order = models.ForeignKey(
        CollectorOrder, on_delete=models.PROTECT, related_name="events", verbose_name=_("order")
    )
    received_at = models.DateTimeField(_("arrived at"))
    body = models.TextField(_("message"))

    class Meta:
        verbose_name = _("message of the collector")
        verbose_name_plural = _("messages of the collector")
        ordering = ["-id"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"
