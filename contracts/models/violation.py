"""A breach of a duty of the subscriber, and what became of it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from workflow.models import Machine


class Violation(Machine):
    """A duty of the document that was breached under one contract: what happened, on what evidence, who reported it.

    A suspension, an ending or a measure against content may rest on it; they are named here, so that it says what became of it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACTED_ON = "acted_on", _("acted on")
        CURED = "cured", _("cured")
        DISMISSED = "dismissed", _("dismissed")

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="violations", verbose_name=_("contract")
    )
    duty = models.CharField(_("duty"), max_length=40)
    article = models.CharField(_("article"), max_length=80)
    happened_on = models.DateField(_("happened on"))
    reported_on = models.DateField(_("reported on"))
    reported_by = models.CharField(_("reported by"), max_length=100)
    evidence = models.TextField(_("what happened, and the evidence"))
    other_user = models.CharField(
        _("done by"),
        max_length=100,
        blank=True,
        help_text=_("Whoever used the line or the ID, where it was not the subscriber."),
    )
    answers_article = models.CharField(
        _("the subscriber answers under"), max_length=80, blank=True, editable=False
    )
    claimant = models.CharField(
        _("claimant"), max_length=100, blank=True, help_text=_("Who makes a claim because of it, if anyone.")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    state = FSMField(_("state"), default=State.OPEN, choices=State.choices, protected=True, db_index=True)
    suspension = models.ForeignKey(
        "contracts.Suspension",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="violations",
        verbose_name=_("suspension"),
    )
    ending_proposal = models.ForeignKey(
        "contracts.EndingProposal",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="violations",
        verbose_name=_("proposed ending"),
    )
    cost = models.PositiveIntegerField(
        _("cost of what was lost or damaged"),
        null=True,
        blank=True,
        help_text=_("Yen without tax, where the document has the subscriber pay for it."),
    )
    pay_by = models.DateField(_("to be paid by"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    outcome = models.TextField(_("what became of it"), blank=True)

    class Meta:
        verbose_name = _("violation")
        verbose_name_plural = _("violations")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="violation_reported_after_it_happened",
                condition=Q(reported_on__gte=F("happened_on")),
                violation_error_message=_("It cannot have been reported before it happened."),
            ),
            models.CheckConstraint(
                name="violation_cost_with_its_day",
                condition=Q(cost__isnull=True, pay_by__isnull=True)
                | Q(cost__isnull=False, pay_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.article}"

    @transition(field=state, source=[State.OPEN, State.ACTED_ON], target=State.ACTED_ON)
    def act_on(self) -> None:
        """A sanction was proposed or a measure taken because of it."""

    @transition(field=state, source=[State.OPEN, State.ACTED_ON], target=State.CURED)
    def cure(self, *, on: date, reason: str) -> None:
        """The subscriber has put it right, or settled the claim."""
        self.closed_on, self.outcome = on, reason

    @transition(field=state, source=State.OPEN, target=State.DISMISSED)
    def dismiss(self, *, on: date, reason: str) -> None:
        """It proved to be no breach, or none of the subscriber's."""
        self.closed_on, self.outcome = on, reason
