"""期限の利益の喪失: since when all that a subscriber owes under a document is due, and on which ground."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflow.triggers import changed

_FROZEN = (
    "contract",
    "subscriber",
    "terms_code",
    "accelerated_on",
    "ground",
    "ground_article",
    "article",
    "reason",
    "recorded_on",
    "by",
)


class Acceleration(models.Model):
    """What the subscriber owed under the document fell due on ``accelerated_on``, whatever its invoices say.

    ``contract``: under which the ground was met. Invoices keep the due date that they were issued with; what is due when
    is read from both (billing.falling_due). Nothing undoes it but a withdrawal with its reason, which stays on record.
    """

    contract = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        related_name="accelerations",
        verbose_name=_("contract"),
    )
    subscriber = models.ForeignKey(
        "contracts.Subscriber",
        on_delete=models.PROTECT,
        related_name="accelerations",
        db_index=False,
        verbose_name=_("subscriber"),
    )
    terms_code = models.CharField(_("terms"), max_length=40)
    accelerated_on = models.DateField(_("all debts due on"))
    ground = models.CharField(_("ground"), max_length=40)
    ground_article = models.CharField(_("article of the ground"), max_length=80)
    article = models.CharField(_("article"), max_length=80)
    reason = models.TextField(_("reason"))
    recorded_on = models.DateField(_("recorded on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    notice = models.ForeignKey(
        "notices.Notice",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("notice"),
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawal_reason = models.TextField(_("reason of the withdrawal"), blank=True)

    class Meta:
        verbose_name = _("acceleration of debts")
        verbose_name_plural = _("accelerations of debts")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="acceleration_once_a_day",
                fields=["subscriber", "terms_code", "accelerated_on"],
                condition=Q(withdrawn_on__isnull=True),
                violation_error_message=_("All debts under this document are due since that day already."),
            ),
            models.CheckConstraint(
                name="acceleration_withdrawn_by_somebody_for_a_reason",
                condition=(Q(withdrawn_on__isnull=True, withdrawn_by__isnull=True, withdrawal_reason=""))
                | (Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal_reason="")),
            ),
            models.CheckConstraint(
                name="acceleration_not_ahead",
                condition=Q(accelerated_on__lte=models.F("recorded_on")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="recorded_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_on__isnull=False) | changed(*_FROZEN),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.accelerated_on}"

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_on is None
