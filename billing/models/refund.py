"""Money paid back to a subscriber, with a second person's approval."""

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from workflow.models import Machine, StateField


class Refund(Machine):
    """Of what an account paid and nothing used."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        PAID = "paid", _("paid back")
        REJECTED = "rejected", _("rejected")

    account = models.ForeignKey(
        "billing.BillingAccount",
        on_delete=models.PROTECT,
        related_name="refunds",
        verbose_name=_("billing account"),
    )
    amount = models.PositiveIntegerField(_("amount"))
    reason = models.CharField(_("reason"), max_length=1000)
    state = StateField(_("state"), default=State.PROPOSED, choices=State.choices)
    paid_on = models.DateField(_("paid back on"), null=True, blank=True)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="refund_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="refund_paid_on_a_day",
                condition=Q(state="paid", paid_on__isnull=False)
                | (~Q(state="paid") & Q(paid_on__isnull=True)),
            ),
            models.UniqueConstraint(
                name="refund_proposed_once",
                fields=["account"],
                condition=Q(state="proposed"),
                violation_error_message=_("A refund of this account already waits for approval."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="decided_once",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="proposed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount:,}円"

    @transition(field=state, source=State.PROPOSED, target=State.PAID)
    def pay_out(self, on: date) -> None:
        """A second person agreed; the money goes back."""
        self.paid_on = on

    @transition(field=state, source=State.PROPOSED, target=State.REJECTED)
    def reject(self) -> None:
        """A second person said no."""
