"""Which version of the terms a contract was under, and since when."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Agreement(models.Model):
    """From ``since`` on, the contract is under this version; the next agreement takes over on its own day."""

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="agreements", verbose_name=_("contract")
    )
    version = models.ForeignKey(
        "contracts.TermsVersion", on_delete=models.PROTECT, verbose_name=_("terms version")
    )
    since = models.DateField(_("since"))

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["contract_id", "since"]
        constraints = [models.UniqueConstraint(name="agreement_once_a_day", fields=["contract", "since"])]

    def __str__(self) -> str:
        return f"{self.version} {self.since}"
