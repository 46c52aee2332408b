"""An interruption (利用中止): maintenance or an emergency on a set of lines."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Interruption(models.Model):
    """A window in which lines are out of use for the operator's reasons; nobody's fault among the subscribers.

    ``starts_at`` and ``ends_at`` are as announced, ``began`` and ``ended`` as it came to be, recorded when it was over.
    """

    terms_code = models.CharField(_("terms"), max_length=40)
    title = models.CharField(_("title"), max_length=120)
    ground = models.CharField(_("ground"), max_length=40)
    article = models.CharField(_("article"), max_length=80)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    urgent = models.BooleanField(
        _("urgent"), default=False, help_text=_("Without prior notice, where the document allows it.")
    )
    urgent_reason = models.TextField(_("reason of the urgency"), blank=True)
    parts = ArrayField(
        models.CharField(max_length=14),
        default=list,
        blank=True,
        verbose_name=_("parts of the function"),
        help_text=_("Empty: the whole function."),
    )
    lines = models.ManyToManyField("contracts.Line", related_name="interruptions", verbose_name=_("lines"))
    announced_at = models.DateTimeField(_("announced at"), null=True)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("announced by"),
    )
    posting = models.ForeignKey(
        "notices.Posting", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("posting")
    )
    began = models.DateTimeField(_("really from"), null=True, blank=True)
    ended = models.DateTimeField(_("really until"), null=True, blank=True)
    times_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("times recorded by"),
    )

    class Meta:
        verbose_name = _("interruption")
        verbose_name_plural = _("interruptions")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="interruption_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("An interruption must end after it starts."),
                violation_error_code="ends_after_start",
            ),
            models.CheckConstraint(
                name="interruption_urgent_with_reason",
                condition=Q(urgent=False) | ~Q(urgent_reason=""),
                violation_error_message=_("An urgent interruption needs its reason recorded."),
                violation_error_code="urgent_without_reason",
            ),
            models.CheckConstraint(
                name="interruption_ended_after_it_began",
                condition=Q(began__isnull=True, ended__isnull=True) | Q(ended__gt=F("began")),
                violation_error_message=_("An interruption must end after it starts."),
                violation_error_code="ended_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def lasted(self) -> tuple[datetime, datetime]:
        """From when to when: as it was where that is recorded, else as it was announced."""
        return self.began or self.starts_at, self.ended or self.ends_at
