"""By which day invoices are to be paid. The documents leave the day to the operator."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DuePolicy(models.Model):
    """For invoices issued from a day on: a day of a month after the billing month, moved to the next bank day."""

    terms_code = models.CharField(_("terms"), max_length=40)
    valid_from = models.DateField(_("valid from"))
    months_after = models.PositiveSmallIntegerField(
        _("months after the billing month"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    day = models.PositiveSmallIntegerField(
        _("day"),
        default=27,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text=_("The month’s last day where it has no such day. On a bank holiday the next bank day."),
    )

    class Meta:
        verbose_name = _("due-date policy")
        verbose_name_plural = _("due-date policies")
        ordering = ["terms_code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(name="due_policy_once_a_day", fields=["terms_code", "valid_from"]),
            models.CheckConstraint(
                name="due_policy_is_a_day",
                condition=Q(day__gte=1, day__lte=31, months_after__gte=1, months_after__lte=12),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.terms_code} {self.valid_from}"
