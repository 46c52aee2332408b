"""What a partner is paid of its charges that we asked for on our invoices."""

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from workflow.models import Machine, StateField
from workflow.triggers import changed

_FIGURES = ("partner", "through", "collected", "fee", "fee_tax")


class PartnerRemittance(Machine):
    """All that a partner is owed ``through`` a day, less our ``fee`` with its tax, agreed to by a second person.

    ``collected``: yen with the partner's own tax, the sum of its lines.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        APPROVED = "approved", _("approved")
        REMITTED = "remitted", _("remitted")
        REJECTED = "rejected", _("rejected")

    partner = models.ForeignKey(
        "contracts.Partner", on_delete=models.PROTECT, related_name="remittances", verbose_name=_("partner")
    )
    through = models.DateField(_("through"), help_text=_("The last day of what it settles."))
    collected = models.PositiveBigIntegerField(_("the partner’s charges"))
    fee = models.PositiveIntegerField(_("our fee"), default=0, help_text=_("Yen without tax."))
    fee_tax = models.PositiveIntegerField(_("tax on our fee"), default=0)
    fee_rate = models.DecimalField(_("rate"), max_digits=4, decimal_places=3, default=0)
    state = StateField(_("state"), default=State.PROPOSED, choices=State.choices)
    remitted_on = models.DateField(_("remitted on"), null=True, blank=True)

    class Meta:
        verbose_name = _("remittance to a partner")
        verbose_name_plural = _("remittances to partners")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="remittance_pays_something", condition=Q(collected__gt=F("fee") + F("fee_tax"))
            ),
            models.CheckConstraint(
                name="remittance_on_a_day",
                condition=Q(state="remitted", remitted_on__isnull=False)
                | (~Q(state="remitted") & Q(remitted_on__isnull=True)),
            ),
            models.UniqueConstraint(
                name="remittance_one_at_a_time",
                fields=["partner"],
                condition=Q(state__in=["proposed", "approved"]),
                violation_error_message=_("A remittance to this partner is under way already."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="figures_are_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="remitted")
                | pgtrigger.Q(old__state="rejected")
                | changed(*_FIGURES),
            ),
            # As not_into_closed_months, for the day that an update gives it.
            pgtrigger.Trigger(
                name="open_month",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=(
                    "IF EXISTS (SELECT FROM billing_bookmonth book WHERE book.state = 'closed'"
                    " AND book.month = date_trunc('month', NEW.remitted_on)::date)"
                    " THEN RAISE EXCEPTION 'pgtrigger: the books of % are closed', to_char(NEW.remitted_on, 'YYYY-MM')"
                    " USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner} {self.through}"

    @property
    def amount(self) -> int:
        """Yen that go to the partner."""
        return self.collected - self.fee - self.fee_tax

    @transition(field=state, source=State.PROPOSED, target=State.APPROVED)
    def approve(self) -> None:
        """A second person agreed; the statement goes to the partner."""

    @transition(field=state, source=State.PROPOSED, target=State.REJECTED)
    def reject(self) -> None:
        """A second person said no; what it would have settled is still owed."""

    @transition(field=state, source=State.APPROVED, target=State.REMITTED)
    def remit(self, on: date) -> None:
        """The bank paid it out."""
        self.remitted_on = on


class RemittedClaim(models.Model):
    """Of one charge of the partner, so many yen; below 0 what is taken back of an earlier remittance. Append-only."""

    remittance = models.ForeignKey(
        PartnerRemittance, on_delete=models.PROTECT, related_name="lines", verbose_name=_("remittance")
    )
    claim = models.ForeignKey(
        "billing.PartnerClaim",
        on_delete=models.PROTECT,
        related_name="remitted",
        verbose_name=_("partner’s claim"),
    )
    amount = models.IntegerField(_("amount"))

    class Meta:
        verbose_name = _("remitted charge of a partner")
        verbose_name_plural = _("remitted charges of partners")
        ordering = ["remittance_id", "claim_id"]
        constraints = [
            models.UniqueConstraint(name="claim_once_a_remittance", fields=["remittance", "claim"]),
            models.CheckConstraint(name="remitted_something", condition=~Q(amount=0)),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.claim} {self.amount:,}円"
