"""The explanation of the conditions to a consumer, before a contract is made or changed (電気通信事業法26)."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Explanation(models.Model):
    """What was explained for one request: under which version, with which prices, how, by whom and when. Never edited or deleted.

    ``prices``: [name, yen without tax] of what is charged, as it was explained; empty where no price was known yet.
    """

    class Method(models.TextChoices):
        PAPER = "paper", _("on paper")
        ELECTRONIC = "electronic", _("electronically")
        VOICE = "voice", _("by voice")

    request = models.ForeignKey(
        "contracts.Request", on_delete=models.PROTECT, related_name="explanations", verbose_name=_("request")
    )
    method = models.CharField(_("explained how"), max_length=10, choices=Method)
    terms_code = models.CharField(_("terms"), max_length=40)
    effective = models.DateField(_("version explained"))
    prices = models.JSONField(_("prices explained"), default=list, blank=True)
    consent = models.ForeignKey(
        "contracts.Consent",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("consent"),
        help_text=_("The wish to have it otherwise than on paper."),
    )
    given_by = models.CharField(_("explained by"), max_length=100)
    given_at = models.DateTimeField(_("explained at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        verbose_name = _("explanation of the conditions")
        verbose_name_plural = _("explanations of the conditions")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="explanation_by_voice_with_consent",
                condition=~models.Q(method="voice") | models.Q(consent__isnull=False),
            )
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.request.number} {self.get_method_display()}"
