"""A report that a credential was stolen or misused, and what the operator instructed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from terms.calendar import japan_clock


class CredentialIncident(models.Model):
    """Reported by the contractor (line-info-api 8-3) or found by the operator. The credential is blocked first."""

    credential = models.ForeignKey(
        "lineinfo.Credential",
        on_delete=models.PROTECT,
        related_name="incidents",
        verbose_name=_("credential"),
    )
    reported_at = models.DateTimeField(_("reported at"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("reported by")
    )
    reported_through = models.ForeignKey(
        "lineinfo.ApiUser",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reported through the API by"),
    )
    happened = models.TextField(_("what happened"))
    article = models.CharField(_("article"), max_length=80, blank=True)
    instruction = models.TextField(_("instruction of the operator"), blank=True)
    instructed_at = models.DateTimeField(_("instructed at"), null=True, blank=True)
    instructed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("instructed by"),
    )

    class Meta:
        verbose_name = _("credential incident")
        verbose_name_plural = _("credential incidents")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="credential_incident_instruction_whole",
                condition=Q(instruction="", instructed_at__isnull=True, instructed_by__isnull=True)
                | (~Q(instruction="") & Q(instructed_at__isnull=False, instructed_by__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.credential} {japan_clock(self.reported_at):%Y-%m-%d %H:%M}"
