"""Charges of other carriers that are asked for on our invoices."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PartnerClaim(models.Model):
    """One charge of a partner: bought and asked for as our own, or asked for as the partner's agent.

    ``returned_on``: the partner's own to collect again, because the collection was abolished.
    """

    class Basis(models.TextChoices):
        PURCHASED = "purchased", _("claim bought")
        AGENCY = "agency", _("collected as agent")

    partner = models.ForeignKey("contracts.Partner", on_delete=models.PROTECT, verbose_name=_("partner"))
    reference = models.CharField(_("reference"), max_length=40)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis)
    agency = models.ForeignKey(
        "billing.CollectionAgency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("collection"),
    )
    charge = models.OneToOneField(
        "billing.Charge",
        on_delete=models.PROTECT,
        related_name="partner_claim",
        verbose_name=_("charge"),
    )
    told = models.ForeignKey(
        "contracts.Disclosure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("non-payment told"),
    )
    returned_on = models.DateField(_("handed back on"), null=True, blank=True)

    class Meta:
        verbose_name = _("partner’s claim")
        verbose_name_plural = _("partners’ claims")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="partner_claim_once",
                fields=["partner", "reference"],
                violation_error_message=_("This charge of the partner is entered already."),
            ),
            models.CheckConstraint(
                name="partner_claim_by_an_agency",
                condition=Q(basis="agency", agency__isnull=False)
                | Q(basis="purchased", agency__isnull=True, returned_on__isnull=True),
            ),
        ]
        triggers = [pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.partner} {self.reference}"
