"""A fault that a subscriber reported: checked, tested, visited, closed."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from terms.calendar import japan_clock
from workflow.models import Machine, StateField


class RepairTicket(Machine):
    """One fault. ``fee_article`` is set when the visit costs the subscriber; billing rates it from ``closed_at``."""

    class State(models.TextChoices):
        REPORTED = "reported", _("reported")
        CHECKED = "checked", _("own check done")
        DISPATCHED = "dispatched", _("sent out")
        CLOSED = "closed", _("closed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Cause(models.TextChoices):
        OPERATOR = "operator", _("the operator’s facilities")
        OWN_EQUIPMENT = "own_equipment", _("the subscriber’s own equipment")
        NOT_FOUND = "not_found", _("not found")

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="tickets", verbose_name=_("contract")
    )
    outage = models.ForeignKey(
        "contracts.Outage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name=_("outage"),
    )
    reported_at = models.DateTimeField(_("taken at"))
    symptom = models.TextField(_("symptom"))
    begin_by = models.DateTimeField(
        _("to begin by"), null=True, blank=True, help_text=_("By the maintenance type of the line.")
    )
    own_check = models.TextField(_("own check of the subscriber"), blank=True)
    tested_at = models.DateTimeField(_("tested at"), null=True, blank=True)
    test_clear = models.BooleanField(_("our facilities are in order"), null=True, blank=True)
    visit_requested = models.BooleanField(_("visit asked for by the subscriber"), default=False)
    dispatched_at = models.DateTimeField(_("sent out at"), null=True, blank=True)
    cause = models.CharField(_("cause"), max_length=16, choices=Cause, blank=True)
    maintained = models.BooleanField(
        _("maintained by us under a contract"), default=False, help_text=_("The own equipment at fault.")
    )
    findings = models.TextField(_("findings"), blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    fee_article = models.CharField(_("dispatch fee due under"), max_length=80, blank=True)
    state = StateField(_("state"), default=State.REPORTED, choices=State.choices, db_index=True)

    class Meta:
        verbose_name = _("repair ticket")
        verbose_name_plural = _("repair tickets")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["closed_at"], name="ticket_with_fee", condition=~Q(fee_article="")),
        ]
        constraints = [
            models.CheckConstraint(
                name="ticket_fee_only_for_own_equipment",
                condition=Q(fee_article="") | Q(cause="own_equipment", test_clear=True, visit_requested=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract} {japan_clock(self.reported_at):%Y-%m-%d %H:%M}"

    @transition(field=state, source=State.REPORTED, target=State.CHECKED)
    def confirm_check(self, *, own_check: str) -> None:
        """The subscriber made sure that the own equipment has no fault."""
        self.own_check = own_check

    @transition(field=state, source=[State.REPORTED, State.CHECKED], target=State.DISPATCHED)
    def dispatch(self, *, at: datetime, requested: bool) -> None:
        """Somebody is on the way."""
        self.dispatched_at, self.visit_requested = at, requested

    @transition(field=state, source=[State.REPORTED, State.CHECKED, State.DISPATCHED], target=State.CLOSED)
    def close(self, *, at: datetime, cause: str, findings: str, maintained: bool, fee_article: str) -> None:
        """It works again, or nothing is wrong with it."""
        self.closed_at, self.cause, self.findings = at, cause, findings
        self.maintained, self.fee_article = maintained, fee_article

    @transition(field=state, source=[State.REPORTED, State.CHECKED], target=State.WITHDRAWN)
    def withdraw(self) -> None:
        """The subscriber took the report back."""
