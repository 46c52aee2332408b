"""What was erased: the proof that stays when the data are gone."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PurgeCertificate(models.Model):
    """What, how many, until when, on which article, by whom. ``digest`` seals it together with the certificate before it."""

    category = models.CharField(_("category of data"), max_length=40)
    what = models.CharField(_("what was erased"), max_length=200)
    count = models.BigIntegerField(_("rows erased"))
    until = models.DateField(_("of before"), help_text=_("What began on this day or later was left."))
    kept_days = models.PositiveIntegerField(_("days kept"))
    article = models.CharField(_("article"), max_length=80)
    held_back = models.BigIntegerField(_("held back"), default=0, help_text=_("Kept aside for a legal hold."))
    erased_at = models.DateTimeField(_("erased at"))
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("erased by")
    )
    before = models.CharField(_("digest of the certificate before"), max_length=64, unique=True)
    digest = models.CharField(_("digest"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("certificate of erasure")
        verbose_name_plural = _("certificates of erasure")
        ordering = ["-id"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.pk}: {self.what}"
