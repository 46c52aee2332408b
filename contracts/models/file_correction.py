"""A correction of the file of a published version."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FileCorrection(models.Model):
    """The document says what it said, but its file did not carry it out rightly: which file stands from then on, and why.

    ``digest`` is the SHA-256 of the corrected file. Append-only.
    """

    version = models.ForeignKey(
        "contracts.TermsVersion",
        on_delete=models.PROTECT,
        related_name="file_corrections",
        verbose_name=_("terms version"),
    )
    digest = models.CharField(_("digest"), max_length=64)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("corrected by")
    )
    at = models.DateTimeField(_("corrected at"))

    class Meta:
        verbose_name = _("correction of a file")
        verbose_name_plural = _("corrections of files")
        ordering = ["id"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.version} {self.digest[:12]}"
