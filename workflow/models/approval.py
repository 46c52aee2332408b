"""Four eyes: what one person proposes, another decides."""

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from workflow.triggers import changed

_PROPOSED = ("subject_type", "subject_id", "action", "reason", "article", "proposed_by", "proposed_at")


class Approval(models.Model):
    """A proposed action on an object and the decision of a second person on it.

    The database keeps both as they were made: a proposal is decided once, by somebody else, and stays on record.
    """

    class Decision(models.TextChoices):
        PENDING = "pending", _("pending")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")

    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, verbose_name=_("kind of object"))
    subject_id = models.BigIntegerField(_("object"))
    subject = GenericForeignKey("subject_type", "subject_id")
    action = models.CharField(_("action"), max_length=60)
    reason = models.TextField(_("reason"))
    article = models.CharField(_("article"), max_length=80, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, default=Decision.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="approval_by_a_second_person",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                violation_error_message=_("Nobody approves what they proposed."),
            ),
            models.CheckConstraint(
                name="approval_decided_by_someone",
                condition=Q(decision="pending", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(decision="pending") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.UniqueConstraint(
                name="approval_one_pending",
                fields=["subject_type", "subject_id", "action"],
                condition=Q(decision="pending"),
                violation_error_message=_("This action already waits for approval."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="decision_is_final",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__decision="pending"),
            ),
            pgtrigger.Protect(
                name="proposal_is_final",
                operation=pgtrigger.Update,
                condition=changed(*_PROPOSED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} #{self.subject_id}: {self.decision}"
