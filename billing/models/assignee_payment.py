"""What a billing operator told of a claim that was assigned to it: so much was paid."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AssigneePayment(models.Model):
    """Yen that the assignee received on the claim of ``invoice``, by its own word. Append-only; none of our books hold it."""

    invoice = models.ForeignKey(
        "billing.Invoice",
        on_delete=models.PROTECT,
        related_name="assignee_payments",
        verbose_name=_("invoice"),
    )
    partner = models.ForeignKey(
        "contracts.Partner", on_delete=models.PROTECT, related_name="+", verbose_name=_("billing operator")
    )
    amount = models.PositiveIntegerField(_("amount"))
    paid_on = models.DateField(_("paid on"))
    reference = models.CharField(_("reference"), max_length=80)
    disclosure = models.ForeignKey(
        "contracts.Disclosure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("disclosure"),
    )
    told_at = models.DateTimeField(_("told at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        verbose_name = _("payment to an assignee")
        verbose_name_plural = _("payments to assignees")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="assignee_payment_of_something", condition=Q(amount__gt=0)),
            models.UniqueConstraint(
                name="assignee_payment_once",
                fields=["invoice", "reference"],
                violation_error_message=_("This message is recorded already."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.invoice} {self.reference}"
