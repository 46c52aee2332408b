"""The paper of an invoice or a credit note: the file that was made, and its digest."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _


class InvoicePaper(models.Model):
    """The PDF as it was made, which is the copy that must be kept (消費税法57の4-6). Append-only.

    ``sha256`` is of the file: made anew from the rows of the invoice it must be the same.
    """

    invoice = models.OneToOneField(
        "billing.Invoice",
        on_delete=models.PROTECT,
        related_name="paper",
        primary_key=True,
        verbose_name=_("invoice"),
    )
    name = models.CharField(_("file"), max_length=100)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("PDF of an invoice")
        verbose_name_plural = _("PDFs of invoices")
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name
