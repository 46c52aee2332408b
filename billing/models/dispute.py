"""A subscriber contests an invoice: no step is taken on it meanwhile."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Dispute(models.Model):
    """From the day it was raised to the day it was closed, with what came of it."""

    invoice = models.ForeignKey(
        "billing.Invoice", on_delete=models.PROTECT, related_name="disputes", verbose_name=_("invoice")
    )
    reason = models.TextField(_("reason"))
    opened_on = models.DateField(_("opened on"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    outcome = models.TextField(_("outcome"), blank=True)

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="dispute_one_open_an_invoice",
                fields=["invoice"],
                condition=Q(closed_on__isnull=True),
                violation_error_message=_("This invoice is already in dispute."),
            ),
            models.CheckConstraint(
                name="dispute_closed_with_an_outcome", condition=Q(closed_on__isnull=True) | ~Q(outcome="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice}: {self.reason}"
