"""A part of the function that the operator ends for everybody (line-info-api 23-1)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lineinfo.parts import Part


class EndedPart(models.Model):
    """Announced with its last day; after that the part is answered to nobody who was told."""

    terms_code = models.CharField(_("terms"), max_length=40)
    part = models.CharField(_("part of the function"), max_length=14, choices=Part)
    ends_on = models.DateField(_("last day"))
    article = models.CharField(_("article"), max_length=80)
    reason = models.TextField(_("reason"), max_length=1000)
    announced_at = models.DateTimeField(_("announced at"))
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("announced by")
    )
    posting = models.ForeignKey(
        "notices.Posting", on_delete=models.PROTECT, related_name="+", verbose_name=_("posting")
    )

    class Meta:
        verbose_name = _("ended part of the API")
        verbose_name_plural = _("ended parts of the API")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="ended_part_once",
                fields=["terms_code", "part"],
                violation_error_message=_("The end of this part is announced already."),
            )
        ]

    def __str__(self) -> str:
        return f"{Part(self.part).label} ({self.ends_on})"
