"""A version of another document that a document refers to, such as the wholesaler's terms (卸サービス約款)."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferenceVersion(models.Model):
    """From ``effective`` on, ``reference`` (its code in the pack's [[references]]) applies in this version. Append-only."""

    terms_code = models.CharField(_("terms"), max_length=40)
    reference = models.CharField(_("other document"), max_length=40)
    effective = models.DateField(_("effective"))
    title = models.CharField(_("title"), max_length=200)
    kept_at = models.CharField(
        _("where it is kept"), max_length=300, help_text=_("The address or the file of the text itself.")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        verbose_name = _("version of another document")
        verbose_name_plural = _("versions of other documents")
        ordering = ["terms_code", "reference", "-effective"]
        constraints = [
            models.UniqueConstraint(
                name="reference_version_once",
                fields=["terms_code", "reference", "effective"],
                violation_error_message=_("A version of that day is on record already."),
            )
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.title} ({self.effective})"
