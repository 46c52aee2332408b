"""What a metered contract used."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Usage(models.Model):
    """The metered charges of one contract for one month: yen without tax.

    ``amount`` is as measured by the operator; ``estimated`` what it is taken to be for ``missed_days`` on which the meter failed
    (services.estimate_usage), at ``daily`` yen a day, as the rule counted it.
    """

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="usages", verbose_name=_("contract")
    )
    month = models.DateField(_("month"), help_text=_("Its first day."))
    amount = models.PositiveIntegerField(_("amount"), help_text=_("Yen without tax."))

    estimated = models.PositiveIntegerField(_("estimated"), default=0, help_text=_("Yen without tax."))
    missed_days = models.PositiveSmallIntegerField(_("days not measured"), default=0)
    daily = models.CharField(_("yen a day"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("usage")
        verbose_name_plural = _("usages")
        ordering = ["contract_id", "-month"]
        constraints = [
            models.UniqueConstraint(name="usage_once_a_month", fields=["contract", "month"]),
            models.CheckConstraint(name="usage_of_a_whole_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="usage_estimated_for_days", condition=Q(estimated=0) | Q(missed_days__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.month:%Y-%m}"
