"""The subscriber wishes invoices by post (請求書の郵送)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class LetterChoice(models.Model):
    """The invoices of an account for the months from ``since`` until ``until``, both first days of months, come as letters.

    Where the tariff of a document has a fee for it, each of those invoices bears it.
    """

    account = models.ForeignKey(
        "billing.BillingAccount",
        on_delete=models.PROTECT,
        related_name="letter_choices",
        verbose_name=_("billing account"),
    )
    since = models.DateField(_("from the invoice for"), help_text=_("The first day of the month."))
    until = models.DateField(
        _("by e-mail again from the invoice for"),
        null=True,
        blank=True,
        help_text=_("The first day of the month."),
    )
    chosen_on = models.DateField(_("chosen on"))

    class Meta:
        verbose_name = _("choice of invoices by post")
        verbose_name_plural = _("choices of invoices by post")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="letters_chosen_once",
                fields=["account"],
                condition=Q(until__isnull=True),
                violation_error_message=_("The invoices of this account come by post already."),
            ),
            models.CheckConstraint(
                name="letters_for_whole_months",
                condition=Q(since__day=1) & (Q(until__isnull=True) | Q(until__day=1, until__gte=F("since"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.since:%Y-%m}"
