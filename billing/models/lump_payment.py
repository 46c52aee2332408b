"""Months that are paid together (料金の一括後払い)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class LumpPayment(models.Model):
    """The charges of an account under one document for the months ``first_month`` through ``last_month`` come on one invoice,
    that of the last, since the subscriber consented."""

    account = models.ForeignKey(
        "billing.BillingAccount",
        on_delete=models.PROTECT,
        related_name="lump_payments",
        verbose_name=_("billing account"),
    )
    terms_code = models.CharField(_("terms"), max_length=40)
    first_month = models.DateField(_("first month"), help_text=_("Its first day."))
    last_month = models.DateField(_("last month"), help_text=_("Its first day."))
    reason = models.TextField(_("special circumstances"))
    consented_on = models.DateField(_("consented on"))
    evidence = models.CharField(
        _("how consent was given"), max_length=200, help_text=_("The paper or call, and where it is kept.")
    )
    article = models.CharField(_("article"), max_length=80)

    class Meta:
        verbose_name = _("lump payment")
        verbose_name_plural = _("lump payments")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="lump_payment_of_whole_months", condition=Q(first_month__day=1, last_month__day=1)
            ),
            models.CheckConstraint(
                name="lump_payment_of_several_months", condition=Q(last_month__gt=F("first_month"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.first_month:%Y-%m}–{self.last_month:%Y-%m}"
