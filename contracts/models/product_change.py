"""Which product a contract had before, and until when: rating follows it day by day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProductChange(models.Model):
    """From ``on`` the contract has product ``new``; through the day before it had ``old``."""

    contract = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        related_name="product_changes",
        verbose_name=_("contract"),
    )
    on = models.DateField(_("from"))
    old = models.ForeignKey(
        "contracts.Product", on_delete=models.PROTECT, related_name="+", verbose_name=_("product before")
    )
    new = models.ForeignKey(
        "contracts.Product", on_delete=models.PROTECT, related_name="+", verbose_name=_("product after")
    )
    request = models.ForeignKey(
        "contracts.Request",
        on_delete=models.PROTECT,
        related_name="product_changes",
        null=True,
        blank=True,
        verbose_name=_("request"),
    )
    article = models.CharField(_("article"), max_length=80)

    class Meta:
        verbose_name = _("item change")
        verbose_name_plural = _("item changes")
        ordering = ["contract_id", "on"]
        constraints = [models.UniqueConstraint(name="one_product_change_a_day", fields=["contract", "on"])]

    def __str__(self) -> str:
        return f"{self.on} {self.old} → {self.new}"
