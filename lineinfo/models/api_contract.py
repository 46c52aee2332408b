"""The contract that gives a subscriber access to the information on its own lines, free of charge."""

import secrets
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from workflow.models import Machine


def new_api_id() -> str:
    """An API ID: public, one per contract (line-info-api 3 and 8)."""
    return f"api-{secrets.token_hex(8)}"


class ApiContract(Machine):
    """One API contract beside the target contracts of the same subscriber."""

    class State(models.TextChoices):
        APPLIED = "applied", _("applied for")
        ACTIVE = "active", _("active")
        SUSPENDED = "suspended", _("suspended")
        ENDING = "ending", _("ending")
        ENDED = "ended", _("ended")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    subscriber = models.ForeignKey(
        "contracts.Subscriber", on_delete=models.PROTECT, related_name="api_contracts", verbose_name=_("subscriber")
    )
    terms_code = models.CharField(_("terms"), max_length=40)
    api_id = models.CharField(_("API ID"), max_length=24, unique=True, default=new_api_id, editable=False)
    targets = models.ManyToManyField(
        "contracts.Contract", related_name="api_contracts", blank=True, verbose_name=_("target contracts")
    )
    state = FSMField(_("state"), default=State.APPLIED, choices=State.choices, protected=True)
    applied_on = models.DateField(_("applied on"))
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    suspended_through = models.DateField(_("suspended through"), null=True, blank=True)
    article = models.CharField(_("article"), max_length=80, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("API contract")
        verbose_name_plural = _("API contracts")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="one_api_contract_per_subscriber",
                fields=["subscriber", "terms_code"],
                condition=models.Q(state__in=["applied", "active", "suspended", "ending"]),
                violation_error_message=_("This subscriber already has an API contract."),
            )
        ]

    def __str__(self) -> str:
        return self.api_id

    @transition(field=state, source=State.APPLIED, target=State.ACTIVE)
    def accept(self, *, on: date) -> None:
        """Formed at acceptance; the access data is notified."""
        self.accepted_on = on

    @transition(field=state, source=State.APPLIED, target=State.REFUSED)
    def refuse(self, *, article: str, reason: str) -> None:
        """Refused on a ground of the document."""
        self.article = article
        self.reason = reason

    @transition(field=state, source=State.APPLIED, target=State.WITHDRAWN)
    def withdraw(self) -> None:
        """Taken back before the answer."""

    @transition(field=state, source=State.ACTIVE, target=State.SUSPENDED)
    def suspend(self, *, through: date | None, article: str, reason: str) -> None:
        """A sanction, to ``through`` inclusive where a period was set."""
        self.suspended_through = through
        self.article = article
        self.reason = reason

    @transition(field=state, source=State.SUSPENDED, target=State.ACTIVE)
    def lift(self) -> None:
        """The suspension is over."""
        self.suspended_through = None

    @transition(field=state, source=[State.ACTIVE, State.SUSPENDED], target=State.ENDING)
    def declare_ending(self, *, ends_on: date, article: str, reason: str) -> None:
        """Ended by one side; ``ends_on`` is the last day."""
        self.ends_on = ends_on
        self.article = article
        self.reason = reason

    @transition(field=state, source=State.ENDING, target=State.ENDED)
    def end(self) -> None:
        """Its last day is over."""
