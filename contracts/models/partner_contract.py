"""The contract that a subscriber has beside ours with an interconnected carrier."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PartnerContract(models.Model):
    """It stands and ends with ours. ``purchased``: its claims are billed here as bought from the carrier."""

    contract = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        related_name="partner_contracts",
        verbose_name=_("contract"),
    )
    partner = models.ForeignKey("contracts.Partner", on_delete=models.PROTECT, verbose_name=_("partner"))
    article = models.CharField(_("article"), max_length=80)
    purchased = models.BooleanField(_("claims bought"), default=False)
    since = models.DateField(_("since"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("contract with a carrier")
        verbose_name_plural = _("contracts with carriers")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="partner_contract_once",
                fields=["contract", "partner"],
                condition=Q(ends_on__isnull=True),
            ),
            models.CheckConstraint(
                name="partner_contract_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.partner}"
