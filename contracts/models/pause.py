"""A pause (一時中断) at the subscriber's wish."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Pause(models.Model):
    """The days on which a contract was paused; open while it lasts."""

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="pauses", verbose_name=_("contract")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    article = models.CharField(_("article"), max_length=80)

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["-starts_on"]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on or ''}"
