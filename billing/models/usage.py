"""What a metered contract used."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Usage(models.Model):
    """The metered charges of one contract for one month, as measured by the operator: yen without tax."""

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="usages", verbose_name=_("contract")
    )
    month = models.DateField(_("month"), help_text=_("Its first day."))
    amount = models.PositiveIntegerField(_("amount"), help_text=_("Yen without tax."))

    class Meta:
        verbose_name = _("usage")
        verbose_name_plural = _("usages")
        ordering = ["contract_id", "-month"]
        constraints = [
            models.UniqueConstraint(name="usage_once_a_month", fields=["contract", "month"]),
            models.CheckConstraint(name="usage_of_a_whole_month", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.month:%Y-%m}"
