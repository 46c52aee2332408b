"""The rate of consumption tax, by day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TaxRate(models.Model):
    """The standard rate from a day on (消費税法29, with the local part). A coming rate is entered before its day."""

    valid_from = models.DateField(_("valid from"), unique=True)
    rate = models.DecimalField(_("rate"), max_digits=4, decimal_places=3)
    article = models.CharField(_("article"), max_length=80)

    class Meta:
        verbose_name = _("tax rate")
        verbose_name_plural = _("tax rates")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                name="tax_rate_is_a_share",
                condition=Q(rate__gte=0, rate__lt=1),
                violation_error_message=_("Write ten per cent as 0.10."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.rate:.1%} {self.valid_from}"
