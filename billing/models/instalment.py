"""A construction fee paid in monthly instalments."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InstalmentPlan(models.Model):
    """The instalments of one work, the first larger than the others; the balance falls due when the contract ends."""

    work = models.OneToOneField("contracts.Work", on_delete=models.PROTECT, verbose_name=_("work"))
    first_month = models.DateField(_("first month"), help_text=_("Its first day."))
    first_amount = models.PositiveIntegerField(_("first instalment"))
    amount = models.PositiveIntegerField(_("each further instalment"))
    count = models.PositiveSmallIntegerField(_("number of instalments"))
    article = models.CharField(_("article"), max_length=80)

    class Meta:
        verbose_name = _("instalment plan")
        verbose_name_plural = _("instalment plans")

    def __str__(self) -> str:
        return f"{self.first_amount:,} + {self.amount:,} × {self.count - 1}"

    @property
    def total(self) -> int:
        """Yen of all instalments."""
        return self.first_amount + self.amount * (self.count - 1)
