"""The contract document (契約書面): handed over after a contract was made or changed, and kept."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contracts.moments import japan_date


class ContractDocument(models.Model):
    """One document as it was handed over: the text in its notice, the PDF, how it went. Never edited or deleted.

    Electronically only with the subscriber's consent; then it counts as received when it was recorded in the portal, which is when
    it was issued. On paper it is received when that is recorded with its notice (電気通信事業法26の2).
    """

    class Delivery(models.TextChoices):
        ELECTRONIC = "electronic", _("electronically")
        PAPER = "paper", _("on paper")

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="documents", verbose_name=_("contract")
    )
    request = models.ForeignKey(
        "contracts.Request",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("request"),
        help_text=_("The change after which it was handed over; empty for the contract itself."),
    )
    terms_code = models.CharField(_("terms"), max_length=40)
    effective = models.DateField(_("version effective"))
    delivery = models.CharField(_("handed over"), max_length=10, choices=Delivery)
    consent = models.ForeignKey(
        "contracts.Consent",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("consent"),
    )
    notice = models.OneToOneField(
        "notices.Notice", on_delete=models.PROTECT, related_name="+", verbose_name=_("notice")
    )
    file = models.FileField(_("file"), upload_to="contract-documents/%Y/%m")
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("issued by")
    )

    class Meta:
        verbose_name = _("contract document")
        verbose_name_plural = _("contract documents")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="contract_document_once", fields=["contract", "request"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="contract_document_electronic_with_consent",
                condition=models.Q(delivery="paper") | models.Q(consent__isnull=False),
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.contract} {self.issued_at:%Y-%m-%d}"

    @property
    def received_on(self) -> date | None:
        """The day on which it counts as received; None while a letter's arrival is not recorded."""
        if self.delivery == self.Delivery.ELECTRONIC:
            return japan_date(self.issued_at)
        return japan_date(self.notice.received_at) if self.notice.received_at else None
