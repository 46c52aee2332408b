"""What was agreed with one subscriber otherwise than the document has it (別段の合意)."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contracts.models.request import Request
from terms.overrides import Agreed
from workflow.triggers import changed


def agreed(
    since: date,
    until: date | None,
    tables: Mapping[str, Any],
    prices: Mapping[str, int],
    stays: date | None = None,
) -> Agreed:
    """The columns of an agreement as the rules take it."""
    return Agreed(since, until, json.dumps(tables, sort_keys=True), tuple(sorted(prices.items())), stays)


class IndividualAgreement(models.Model):
    """From ``since`` through ``until`` these parameters and prices go before the document's. Never edited; it is only ended.

    ``tables``: {table: {key: value}} in the words of the pack's file; ``prices``: {tariff code: yen without tax}.
    """

    contract = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        related_name="individual_agreements",
        verbose_name=_("contract"),
    )
    agreed_on = models.DateField(_("agreed on"))
    since = models.DateField(_("since"))
    until = models.DateField(_("last day"), null=True, blank=True)
    form = models.CharField(_("form"), max_length=10, choices=Request.Form)
    evidence = models.CharField(
        _("written evidence"),
        max_length=200,
        help_text=_("The document in which it was agreed: its name and number."),
    )
    article = models.CharField(_("article"), max_length=80)
    tables = models.JSONField(_("parameters"), default=dict, blank=True)
    prices = models.JSONField(
        _("agreed prices"),
        default=dict,
        blank=True,
        help_text=_("Yen without tax, by the code of the tariff."),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        verbose_name = _("individual agreement")
        verbose_name_plural = _("individual agreements")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="individual_agreement_ends_after_start",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message=_("It cannot end before it starts."),
                violation_error_code="ends_before_start",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="agreed_is_final",
                operation=pgtrigger.Update,
                condition=changed("contract", "agreed_on", "since", "form", "evidence", "tables", "prices"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.since}"

    @property
    def agreed(self) -> Agreed:
        """As the rules take it."""
        return agreed(self.since, self.until, self.tables, self.prices)
