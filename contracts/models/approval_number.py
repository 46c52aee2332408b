"""The number with which a line moves to another provider (事業者変更承諾番号)."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ApprovalNumber(models.Model):
    """Issued for one contract, good through ``valid_through``. A new one voids the one before; it is used once."""

    contract = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        related_name="approval_numbers",
        verbose_name=_("contract"),
    )
    request = models.ForeignKey(
        "contracts.Request",
        on_delete=models.PROTECT,
        related_name="approval_numbers",
        verbose_name=_("request"),
    )
    number = models.CharField(_("approval number"), max_length=11, unique=True)
    issued_on = models.DateField(_("issued on"))
    valid_through = models.DateField(_("valid through"))
    voided_on = models.DateField(_("voided on"), null=True, blank=True)
    used_on = models.DateField(_("used on"), null=True, blank=True)

    class Meta:
        verbose_name = _("approval number")
        verbose_name_plural = _("approval numbers")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_good_approval_number",
                fields=["contract"],
                condition=Q(voided_on__isnull=True, used_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.number

    def is_good(self, on: date) -> bool:
        """Whether a provider may use it on a day."""
        return self.voided_on is None and self.used_on is None and self.issued_on <= on <= self.valid_through
