"""What a subscriber claims for a damage beyond outages, and how far the document lets the operator answer for it (免責)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from terms.rules.consumer_liability import (
    ConsumerLiability,
    ConsumerLiabilityFacts,
    ConsumerLiabilityResult,
    consumer_liability,
)
from workflow.models import Machine, StateField

ANSWER = "answer_damage_claim"
"""The action on which a second person decides."""


class DamageClaim(Machine):
    """A damage that came of the operator's default or tort: the direct and ordinary ``loss``, and what is owed for it.

    ``amount`` is the loss within the document's limit for consumers; 0 for everybody else, to whom the operator answers for outages
    alone (isp-access 40). It is no charge and stands on no invoice: what is paid is noted here.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        PAID = "paid", _("paid out")

    contract = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        related_name="damage_claims",
        verbose_name=_("contract"),
    )
    happened_on = models.DateField(_("happened on"))
    what = models.TextField(_("what happened, and the damage"))
    loss = models.PositiveBigIntegerField(
        _("direct and ordinary loss"), help_text=_("Yen, as proved; without lost profits.")
    )
    gross_negligence = models.BooleanField(_("intent or gross negligence of the operator"), default=False)
    consumer = models.BooleanField(_("consumer contract"))
    fee = models.PositiveIntegerField(_("monthly fee"), help_text=_("Of the service, in yen without tax."))
    amount = models.PositiveBigIntegerField(_("owed at most"))
    article = models.CharField(_("article"), max_length=80)
    received_on = models.DateField(_("received on"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    state = StateField(_("state"), default=State.OPEN, choices=State.choices, db_index=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    outcome = models.TextField(_("what became of it"), blank=True)

    class Meta:
        verbose_name = _("claim for damages")
        verbose_name_plural = _("claims for damages")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="damage_claim_of_something", condition=Q(loss__gt=0)),
            models.CheckConstraint(name="damage_claim_within_the_loss", condition=Q(amount__lte=F("loss"))),
            models.CheckConstraint(
                name="damage_claim_received_after_it_happened",
                condition=Q(received_on__gte=F("happened_on")),
                violation_error_message=_("A claim is received after the damage happened."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.loss:,}円"

    @property
    def worked_out(self) -> ConsumerLiabilityResult | None:
        """How the limit for consumers comes about; None where there is no consumer."""
        if not self.consumer:
            return None
        facts = ConsumerLiabilityFacts(loss=self.loss, fee=self.fee, gross_negligence=self.gross_negligence)
        return consumer_liability(self.contract.pack(self.happened_on).rule(ConsumerLiability), facts)

    @transition(field=state, source=State.OPEN, target=State.GRANTED)
    def grant(self) -> None:
        """A second person agreed; the amount is owed."""

    @transition(field=state, source=State.OPEN, target=State.REFUSED)
    def refuse(self, *, on: date, reason: str) -> None:
        """Nothing is owed."""
        self.amount, self.closed_on, self.outcome = 0, on, reason

    @transition(field=state, source=State.GRANTED, target=State.PAID)
    def pay(self, *, on: date, reason: str) -> None:
        """What is owed was paid."""
        self.closed_on, self.outcome = on, reason
