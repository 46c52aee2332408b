"""Our charges that a partner asks for as our agent: what it was told to ask for, and what it collected."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from billing.models.book_month import not_into_closed_months


class PartnerList(models.Model):
    """A list of charges for a partner to ask for. Append-only; its file is written anew from its lines."""

    partner = models.ForeignKey("contracts.Partner", on_delete=models.PROTECT, verbose_name=_("partner"))
    count = models.PositiveIntegerField(_("rows"))
    amount = models.PositiveBigIntegerField(_("amount"), help_text=_("Yen with tax."))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by")
    )

    class Meta:
        verbose_name = _("list of charges for a partner")
        verbose_name_plural = _("lists of charges for partners")
        ordering = ["-id"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.partner} {self.pk}"


class PartnerReceipt(models.Model):
    """What a partner collected for us and paid over on a day, less its ``fee``. Append-only."""

    partner = models.ForeignKey("contracts.Partner", on_delete=models.PROTECT, verbose_name=_("partner"))
    received_on = models.DateField(_("received on"))
    collected = models.PositiveBigIntegerField(_("collected"), help_text=_("Yen with tax."))
    fee = models.PositiveIntegerField(_("the partner’s fee"), default=0, help_text=_("Yen with tax."))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        verbose_name = _("sum received from a partner")
        verbose_name_plural = _("sums received from partners")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="partner_fee_of_what_it_collected", condition=Q(collected__gte=F("fee"))
            )
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            not_into_closed_months("open_month", "NEW.received_on"),
        ]

    def __str__(self) -> str:
        return f"{self.partner} {self.received_on}"

    @property
    def amount(self) -> int:
        """Yen that arrived."""
        return self.collected - self.fee


class PartnerListLine(models.Model):
    """What one invoice asks for under one contract, for the partner to collect; and its answer, once.

    ``collected``: yen, 0 where the subscriber did not pay.
    """

    list = models.ForeignKey(
        PartnerList,
        on_delete=models.PROTECT,
        related_name="lines",
        verbose_name=_("list of charges for a partner"),
    )
    agency = models.ForeignKey(
        "billing.CollectionAgency",
        on_delete=models.PROTECT,
        related_name="lines",
        verbose_name=_("collection"),
    )
    invoice = models.ForeignKey(
        "billing.Invoice", on_delete=models.PROTECT, related_name="partner_lines", verbose_name=_("invoice")
    )
    amount = models.PositiveIntegerField(_("amount"))
    collected = models.PositiveIntegerField(_("collected"), null=True, blank=True)
    receipt = models.ForeignKey(
        PartnerReceipt,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lines",
        verbose_name=_("sum received from a partner"),
    )

    class Meta:
        verbose_name = _("charge for a partner to collect")
        verbose_name_plural = _("charges for partners to collect")
        ordering = ["list_id", "id"]
        constraints = [
            models.UniqueConstraint(name="partner_asks_once", fields=["agency", "invoice"]),
            models.CheckConstraint(
                name="partner_list_answered",
                condition=Q(collected__isnull=True, receipt__isnull=True)
                | Q(collected__lte=F("amount"), receipt__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="answered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__receipt__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} {self.amount:,}円"
