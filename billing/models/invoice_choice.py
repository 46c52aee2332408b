"""What a subscriber chose about its invoices and may bear a fee for: by post (請求書の郵送), by account transfer (口座振替)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class InvoiceChoice(models.Model):
    """The invoices of an account for the months from ``since`` until ``until``, both first days of months, come as letters
    or are asked for by account transfer.

    Where the tariff of a document has a fee for it, each of those invoices bears it.
    """

    class Kind(models.TextChoices):
        LETTER = "letter", _("by post")
        TRANSFER = "transfer", _("account transfer")

    account = models.ForeignKey(
        "billing.BillingAccount",
        on_delete=models.PROTECT,
        related_name="invoice_choices",
        verbose_name=_("billing account"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    since = models.DateField(_("from the invoice for"), help_text=_("The first day of the month."))
    until = models.DateField(
        _("no more from the invoice for"),
        null=True,
        blank=True,
        help_text=_("The first day of the month."),
    )

    class Meta:
        verbose_name = _("choice about invoices")
        verbose_name_plural = _("choices about invoices")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="invoice_choice_once",
                fields=["account", "kind"],
                condition=Q(until__isnull=True),
                violation_error_message=_("The invoices of this account come by post already."),
            ),
            models.CheckConstraint(
                name="invoice_choice_of_whole_months",
                condition=Q(since__day=1) & (Q(until__isnull=True) | Q(until__day=1, until__gte=F("since"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.since:%Y-%m}"
