"""A subscriber promised in writing to pay an invoice by a later day, and the operator agreed to wait."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PaymentPromise(models.Model):
    """No step is taken on the invoice up to ``pay_by``. Append-only: a later promise on the same invoice replaces it.

    Whether it was kept or broken is a question of dates and of what is open, not a state.
    """

    invoice = models.ForeignKey(
        "billing.Invoice", on_delete=models.PROTECT, related_name="promises", verbose_name=_("invoice")
    )
    amount = models.PositiveIntegerField(_("amount"), help_text=_("Yen that were open on that day."))
    agreed_on = models.DateField(_("agreed on"))
    pay_by = models.DateField(_("to be paid by"), help_text=_("The last day."))
    writing = models.CharField(
        _("writing"), max_length=200, help_text=_("The letter or e-mail in which it was agreed.")
    )
    notice = models.ForeignKey(
        "notices.Notice", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("notice")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        verbose_name = _("promise to pay")
        verbose_name_plural = _("promises to pay")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="promise_for_a_later_day",
                condition=Q(pay_by__gt=F("agreed_on")),
                violation_error_message=_("A promise is for a later day."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.invoice} {self.pay_by}"

    def stands(self, on: date) -> bool:
        """Whether the operator still waits on ``on``."""
        return bool(self.invoice.is_open and on <= self.pay_by)

    def is_broken(self, on: date) -> bool:
        """Whether its last day is over and the invoice still open."""
        return bool(self.invoice.is_open and on > self.pay_by)
