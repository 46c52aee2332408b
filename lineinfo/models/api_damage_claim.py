"""A claim for damages between the operator and an API contractor, either way."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from workflow.models import Machine, StateField


class ApiDamageClaim(Machine):
    """Who claims how much for what, and whose fault it was found to be (line-info-api 20).

    It is no charge and stands on no invoice: the function is free (19). What is paid is noted here.
    """

    class Claimant(models.TextChoices):
        OPERATOR = "operator", _("the operator")
        CONTRACTOR = "contractor", _("the contractor")

    class Fault(models.TextChoices):
        INTENT = "intent", _("intent")
        GROSS_NEGLIGENCE = "gross_negligence", _("gross negligence")
        NEGLIGENCE = "negligence", _("negligence")
        NONE = "none", _("no fault")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        SETTLED = "settled", _("settled")
        WITHDRAWN = "withdrawn", _("withdrawn")

    api_contract = models.ForeignKey(
        "lineinfo.ApiContract",
        on_delete=models.PROTECT,
        related_name="damage_claims",
        verbose_name=_("API contract"),
    )
    claimant = models.CharField(_("claimant"), max_length=12, choices=Claimant)
    breach = models.ForeignKey(
        "lineinfo.ApiBreach",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("breach"),
    )
    happened = models.TextField(_("what happened, and the damage"))
    amount = models.PositiveBigIntegerField(_("amount in yen"))
    fault = models.CharField(_("fault found"), max_length=20, choices=Fault, blank=True)
    article = models.CharField(_("article"), max_length=80)
    claimed_on = models.DateField(_("claimed on"))
    pay_by = models.DateField(_("to be paid by"), null=True, blank=True)
    state = StateField(_("state"), default=State.OPEN, choices=State.choices, db_index=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    outcome = models.TextField(_("what became of it"), blank=True)

    class Meta:
        verbose_name = _("claim for damages under the API terms")
        verbose_name_plural = _("claims for damages under the API terms")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="api_damage_claim_of_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="api_damage_claim_of_ours_with_its_fault",
                condition=Q(claimant="contractor") | (~Q(fault="") & Q(pay_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.api_contract} {self.amount:,}"

    @transition(field=state, source=State.OPEN, target=State.GRANTED)
    def grant(self, *, fault: str, article: str) -> None:
        """The operator answers for it."""
        self.fault, self.article = fault, article

    @transition(field=state, source=State.OPEN, target=State.REFUSED)
    def refuse(self, *, on: date, fault: str, article: str, reason: str) -> None:
        """The operator does not answer for it."""
        self.fault, self.article = fault, article
        self.closed_on, self.outcome = on, reason

    @transition(field=state, source=[State.OPEN, State.GRANTED], target=State.SETTLED)
    def settle(self, *, on: date, reason: str) -> None:
        """It was paid, or the two sides agreed."""
        self.closed_on, self.outcome = on, reason

    @transition(field=state, source=State.OPEN, target=State.WITHDRAWN)
    def withdraw(self, *, on: date, reason: str) -> None:
        """Whoever claimed it drops it."""
        self.closed_on, self.outcome = on, reason
