"""What the operator did to content that breaches a duty: deleted, hid it, or stopped sending it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentMeasure(models.Model):
    """One decision and its ground. The violation says what was breached; ``notice`` is what told the subscriber, where it must."""

    class Kind(models.TextChoices):
        DELETE = "delete", _("deleted")
        HIDE = "hide", _("hidden")
        STOP_SENDING = "stop_sending", _("no longer sent")

    violation = models.ForeignKey(
        "contracts.Violation", on_delete=models.PROTECT, related_name="measures", verbose_name=_("violation")
    )
    kind = models.CharField(_("measure"), max_length=12, choices=Kind)
    content = models.CharField(_("content"), max_length=300, help_text=_("Where it stands, and what it is."))
    article = models.CharField(_("article"), max_length=80)
    reason = models.TextField(_("reason"))
    urgent = models.BooleanField(_("urgent"), default=False)
    taken_at = models.DateTimeField(_("taken at"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    notice = models.ForeignKey(
        "notices.Notice",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("notice"),
    )

    class Meta:
        verbose_name = _("measure against content")
        verbose_name_plural = _("measures against content")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.content}"
