"""What was used of one contract is asked for at once, without waiting for the end of its month (随時計算)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

EXTRA_BILL = "extra_bill"
"""The action on which a second person decides."""


class ExtraBill(models.Model):
    """The days of ``contract`` through a day, as one person proposes to bill them; once a second agrees, on an invoice of their
    own. The run of the month charges the days after."""

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="extra_bills", verbose_name=_("contract")
    )
    through = models.DateField(_("last day"), help_text=_("What was used by the end of this day is billed."))
    reason = models.TextField(_("reason"))
    article = models.CharField(_("article"), max_length=80)
    decided_on = models.DateField(_("granted on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("extra bill")
        verbose_name_plural = _("extra bills")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="one_extra_bill_a_day",
                fields=["contract", "through"],
                condition=Q(decided_on__isnull=False),
                violation_error_message=_("This contract is billed through this day already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.through}"
