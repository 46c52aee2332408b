"""One file of letters that was made for printing and posting."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _


class PrintBatch(models.Model):
    """A PDF with one letter after the other. The evidence of each of its notices names it. Never edited or deleted."""

    printed_at = models.DateTimeField(_("printed at"))
    file = models.FileField(_("file"), upload_to="letters/%Y/%m")
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    letters = models.PositiveIntegerField(_("number of letters"))

    class Meta:
        verbose_name = _("print batch")
        verbose_name_plural = _("print batches")
        ordering = ["-id"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.file.name or ""
