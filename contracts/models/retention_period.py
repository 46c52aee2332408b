"""How long a category of data is kept, from a day on."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RetentionPeriod(models.Model):
    """From ``starts_on`` until the next one of the category starts. Never edited: another one follows it."""

    category = models.CharField(_("category of data"), max_length=40)
    days = models.PositiveIntegerField(_("days kept"))
    starts_on = models.DateField(_("in force from"))
    reason = models.CharField(_("reason"), max_length=500)
    decided_at = models.DateTimeField(_("decided at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by")
    )

    class Meta:
        verbose_name = _("retention period")
        verbose_name_plural = _("retention periods")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="retention_period_once",
                fields=["category", "starts_on"],
                violation_error_message=_("Another period of this category starts on that day."),
            ),
            models.CheckConstraint(name="retention_period_some", condition=models.Q(days__gt=0)),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        from contracts.retention.registry import category_label  # which itself asks for these periods

        return f"{category_label(self.category)} {self.days} ({self.starts_on})"
