"""A billing run: one month, all contracts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from workflow.models import Machine


class BillingRun(Machine):
    """Prepared, rated in chunks, reviewed, approved by a second person, issued. One bad contract is parked, never the run."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("prepared")
        RATING = "rating", _("rating")
        IN_REVIEW = "in_review", _("in review")
        APPROVED = "approved", _("approved")
        ISSUED = "issued", _("issued")
        ABANDONED = "abandoned", _("abandoned")

    month = models.DateField(_("billing month"), help_text=_("Its first day."))
    state = FSMField(_("state"), default=State.PREPARED, choices=State.choices, protected=True)
    prepared_at = models.DateTimeField(_("prepared at"))
    contracts = models.PositiveIntegerField(_("contracts"), default=0)
    rated = models.PositiveIntegerField(_("rated so far"), default=0)
    invoices_count = models.PositiveIntegerField(_("number of invoices"), default=0)
    net = models.BigIntegerField(_("net"), default=0)
    tax = models.BigIntegerField(_("tax"), default=0)

    class Meta:
        verbose_name = _("billing run")
        verbose_name_plural = _("billing runs")
        ordering = ["-month", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="one_run_a_month",
                fields=["month"],
                condition=~Q(state="abandoned"),
                violation_error_message=_("There is already a run for this month."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @transition(field=state, source=State.PREPARED, target=State.RATING)
    def rate(self, *, contracts: int) -> None:
        """Rating has begun on that many contracts."""
        self.contracts = contracts

    @transition(field=state, source=State.RATING, target=State.IN_REVIEW)
    def review(self) -> None:
        """Everything is rated; somebody looks at the totals."""

    @transition(field=state, source=State.IN_REVIEW, target=State.APPROVED)
    def approve(self) -> None:
        """A second person agrees."""

    @transition(field=state, source=State.APPROVED, target=State.ISSUED)
    def issue(self) -> None:
        """Numbers are given and the notices written."""

    @transition(field=state, source=[State.PREPARED, State.RATING, State.IN_REVIEW], target=State.ABANDONED)
    def abandon(self) -> None:
        """Dropped; its drafts are gone."""


class ParkedContract(models.Model):
    """A contract that could not be rated, with the reason; the run went on without it."""

    run = models.ForeignKey(BillingRun, on_delete=models.PROTECT, related_name="parked", verbose_name=_("billing run"))
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, verbose_name=_("contract"))
    reason = models.TextField(_("reason"))
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)

    class Meta:
        verbose_name = _("parked contract")
        verbose_name_plural = _("parked contracts")
        constraints = [models.UniqueConstraint(name="parked_once_a_run", fields=["run", "contract"])]

    def __str__(self) -> str:
        return f"{self.contract}: {self.reason}"
