"""What a line of an invoice asked for too little (過小請求)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

SUPPLEMENT = "supplement"
"""The action on which a second person decides."""


class Supplement(models.Model):
    """The difference on one invoiced charge, as one person proposes it; once a second agrees it is a charge of its own."""

    of = models.ForeignKey(
        "billing.Charge", on_delete=models.PROTECT, related_name="supplements", verbose_name=_("charge")
    )
    name = models.CharField(_("fee name"), max_length=120)
    amount = models.PositiveIntegerField(_("missing amount"), help_text=_("Yen without tax."))
    reason = models.TextField(_("reason"))
    article = models.CharField(_("article"), max_length=80)
    charge = models.OneToOneField(
        "billing.Charge",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="supplement",
        verbose_name=_("supplementary charge"),
        help_text=_("The charge that was made once it was approved."),
    )

    class Meta:
        verbose_name = _("supplement")
        verbose_name_plural = _("supplements")
        ordering = ["-id"]
        constraints = [models.CheckConstraint(name="supplement_positive", condition=Q(amount__gt=0))]

    def __str__(self) -> str:
        return f"{self.name} {self.amount:,}円"
