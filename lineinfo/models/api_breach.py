"""A breach of a duty under an API contract, and what became of it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from workflow.models import Machine


class ApiBreach(Machine):
    """What happened, on what evidence, by whom. The acts of API users and subcontractors are the contractor's to answer for.

    A suspension or a claim for damages may rest on it (line-info-api 9-5, 13-2, 17-1, 20-1).
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACTED_ON = "acted_on", _("acted on")
        CURED = "cured", _("cured")
        DISMISSED = "dismissed", _("dismissed")

    api_contract = models.ForeignKey(
        "lineinfo.ApiContract",
        on_delete=models.PROTECT,
        related_name="breaches",
        verbose_name=_("API contract"),
    )
    duty = models.CharField(_("duty"), max_length=40)
    article = models.CharField(_("article"), max_length=80)
    happened_on = models.DateField(_("happened on"))
    reported_on = models.DateField(_("reported on"))
    evidence = models.TextField(_("what happened, and the evidence"))
    api_user = models.ForeignKey(
        "lineinfo.ApiUser",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="breaches",
        verbose_name=_("done by the API user"),
    )
    subcontractor = models.ForeignKey(
        "lineinfo.Subcontractor",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="breaches",
        verbose_name=_("done by the subcontractor"),
    )
    answers_article = models.CharField(_("the contractor answers under"), max_length=80, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    state = FSMField(_("state"), default=State.OPEN, choices=State.choices, protected=True, db_index=True)
    suspension = models.ForeignKey(
        "lineinfo.ApiSuspension",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="breaches",
        verbose_name=_("suspension"),
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    outcome = models.TextField(_("what became of it"), blank=True)

    class Meta:
        verbose_name = _("breach of the API terms")
        verbose_name_plural = _("breaches of the API terms")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="api_breach_reported_after_it_happened",
                condition=Q(reported_on__gte=F("happened_on")),
                violation_error_message=_("It cannot have been reported before it happened."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.api_contract} {self.article}"

    @transition(field=state, source=[State.OPEN, State.ACTED_ON], target=State.ACTED_ON)
    def act_on(self) -> None:
        """A suspension or a claim rests on it now."""

    @transition(field=state, source=[State.OPEN, State.ACTED_ON], target=State.CURED)
    def cure(self, *, on: date, reason: str) -> None:
        """The contractor has put it right."""
        self.closed_on, self.outcome = on, reason

    @transition(field=state, source=State.OPEN, target=State.DISMISSED)
    def dismiss(self, *, on: date, reason: str) -> None:
        """It proved to be no breach."""
        self.closed_on, self.outcome = on, reason
