"""What every breach of a duty has, under whatever kind of contract, and what becomes of it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from workflow.models import Machine, StateField


class Breach(Machine):
    """A ``duty`` of the document that was breached: when, on what evidence. Under which contract, the models say that build on this."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACTED_ON = "acted_on", _("acted on")
        CURED = "cured", _("cured")
        DISMISSED = "dismissed", _("dismissed")

    duty = models.CharField(_("duty"), max_length=40)
    article = models.CharField(_("article"), max_length=80)
    happened_on = models.DateField(_("happened on"))
    reported_on = models.DateField(_("reported on"))
    evidence = models.TextField(_("what happened, and the evidence"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    state = StateField(_("state"), default=State.OPEN, choices=State.choices, db_index=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    outcome = models.TextField(_("what became of it"), blank=True)

    class Meta:
        abstract = True
        ordering = ["-id"]

    @transition(field=state, source=[State.OPEN, State.ACTED_ON], target=State.ACTED_ON)
    def act_on(self) -> None:
        """Something rests on it now: a sanction, a measure or a claim."""

    @transition(field=state, source=[State.OPEN, State.ACTED_ON], target=State.CURED)
    def cure(self, *, on: date, reason: str) -> None:
        """It was put right, or what was claimed because of it is settled."""
        self.closed_on, self.outcome = on, reason

    @transition(field=state, source=State.OPEN, target=State.DISMISSED)
    def dismiss(self, *, on: date, reason: str) -> None:
        """It proved to be no breach, or none to answer for."""
        self.closed_on, self.outcome = on, reason
