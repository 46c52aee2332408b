"""What a subscriber agreed to: who, when, under which version, in which form."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models.request import Request
from workflow.triggers import changed

_FINAL = (
    "subscriber",
    "contract",
    "terms_code",
    "effective",
    "code",
    "article",
    "form",
    "given_by",
    "given_at",
)


class Consent(models.Model):
    """One consent that a document or the law asks for (its [[consents]]). A withdrawn one stays on record.

    ``terms_code`` and ``effective`` name the version of the document that words it; ``contract`` is empty for a consent that
    concerns everything of the subscriber.
    """

    subscriber = models.ForeignKey(
        "contracts.Subscriber",
        on_delete=models.PROTECT,
        related_name="consents",
        verbose_name=_("subscriber"),
    )
    contract = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        related_name="consents",
        null=True,
        blank=True,
        verbose_name=_("contract"),
    )
    request = models.ForeignKey(
        "contracts.Request",
        on_delete=models.PROTECT,
        related_name="consents",
        null=True,
        blank=True,
        verbose_name=_("request"),
        help_text=_("The request with whose form it was given."),
    )
    terms_code = models.CharField(_("terms"), max_length=40)
    effective = models.DateField(_("version effective"))
    code = models.CharField(_("consent"), max_length=60)
    article = models.CharField(_("article"), max_length=80)
    form = models.CharField(_("given"), max_length=10, choices=Request.Form)
    given_by = models.CharField(_("given by"), max_length=100)
    given_at = models.DateTimeField(_("given at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawal recorded by"),
    )
    withdrawal_reason = models.TextField(_("reason of the withdrawal"), blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="consent_stands_once",
                fields=["subscriber", "contract", "terms_code", "code"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                violation_error_message=_("This consent stands already."),
            )
        ]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="given_is_final",
                operation=pgtrigger.Update,
                condition=changed(*_FINAL) | pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract or self.subscriber} {self.article}"
