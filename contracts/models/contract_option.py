"""An option or lent equipment on a contract, for a period."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ContractOption(models.Model):
    """A product of kind option or equipment that a contract carries from one day to another."""

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="options", verbose_name=_("contract")
    )
    product = models.ForeignKey("contracts.Product", on_delete=models.PROTECT, verbose_name=_("product"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["contract_id", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="option_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("An option cannot end before it starts."),
            ),
            models.UniqueConstraint(name="option_once", fields=["contract", "product", "starts_on"]),
        ]

    def __str__(self) -> str:
        return str(self.product)

    @property
    def halted_from(self) -> date | None:
        """Since when nobody can use it because interconnection stopped, None where they can."""
        return self.halt.starts_on if hasattr(self, "halt") else None

    def may_be_halted(self, on: date) -> bool:
        """An option, not equipment, that is carried on a day and not halted already."""
        carried = self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)
        return carried and self.product.kind == self.product.Kind.OPTION and self.halted_from is None
