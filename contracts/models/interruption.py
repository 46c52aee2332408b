"""An interruption (利用中止): maintenance or an emergency on a set of lines."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Interruption(models.Model):
    """A window in which lines are out of use for the operator's reasons; nobody's fault among the subscribers."""

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

    class Meta:
        verbose_name = _("interruption")
        verbose_name_plural = _("interruptions")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="interruption_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("An interruption must end after it starts."),
            ),
            models.CheckConstraint(
                name="interruption_urgent_with_reason",
                condition=Q(urgent=False) | ~Q(urgent_reason=""),
                violation_error_message=_("An urgent interruption needs its reason recorded."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
