"""One contract: one subscriber, one line, one document."""

from datetime import date

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE, transition

from contracts.models.numbering import contract_number
from terms.overrides import as_agreed, version_day
from terms.pack import Pack
from terms.registry import pack_for
from workflow.models import Machine, StateField


@pghistory.track(exclude=["live"])
class Contract(Machine):
    """A contract under one document. What the document says decides what may happen to it and what it costs.

    ``live`` is the range of days on which the contract exists, from its formation to the day after its end;
    the database keeps two contracts on one line from being live on the same day.
    """

    class State(models.TextChoices):
        APPLIED = "applied", _("applied for")
        ACCEPTED = "accepted", _("accepted")
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")
        SUSPENDED = "suspended", _("suspended")
        HALTED = "halted", _("halted")
        ENDING = "ending", _("ending")
        ENDED = "ended", _("ended")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")
        CANCELLED = "cancelled", _("cancelled")

    number = models.CharField(
        _("contract number"), max_length=12, unique=True, default=contract_number, editable=False
    )
    subscriber = models.ForeignKey(
        "contracts.Subscriber",
        on_delete=models.PROTECT,
        related_name="contracts",
        verbose_name=_("subscriber"),
    )
    terms_code = models.CharField(_("terms"), max_length=40, db_index=True)
    product = models.ForeignKey("contracts.Product", on_delete=models.PROTECT, verbose_name=_("product"))
    line = models.ForeignKey(
        "contracts.Line",
        on_delete=models.PROTECT,
        related_name="contracts",
        null=True,
        blank=True,
        verbose_name=_("line"),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="linked",
        verbose_name=_("beside contract"),
        help_text=_("The contract without which this one cannot be, such as the line of an IP phone."),
    )
    partner = models.ForeignKey(
        "contracts.Partner",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("partner"),
        help_text=_("The billing operator that sets the price of this course, if one does."),
    )
    state = StateField(_("state"), default=State.APPLIED, choices=State.choices, db_index=True)
    applied_on = models.DateField(_("applied on"))
    formed_on = models.DateField(_("formed on"), null=True, blank=True)
    document_received_on = models.DateField(
        _("contract document received on"),
        null=True,
        blank=True,
        help_text=_("Of a contract taken over from another system, whose document is not among ours."),
    )
    service_start = models.DateField(_("service start"), null=True, blank=True)
    cycle_day = models.PositiveSmallIntegerField(_("first day of the tariff month"), default=1)
    term_start = models.DateField(_("base term from"), null=True, blank=True)
    term_months = models.PositiveSmallIntegerField(_("base term in months"), default=0)
    ends_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("The last day of the contract.")
    )
    individual = models.BooleanField(
        _("individual agreement"),
        default=False,
        editable=False,
        help_text=_(
            "Some parameters of the document were agreed otherwise, or a later version does not bind it."
        ),
    )
    live = DateRangeField(_("live"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["-id"]
        constraints = [
            # int8range instead of the bare id: the equality of ranges needs no btree_gist, a contrib extension.
            ExclusionConstraint(
                name="one_live_contract_per_line",
                expressions=[
                    (Func(F("line"), F("line"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    ("live", RangeOperators.OVERLAPS),
                ],
                condition=Q(line__isnull=False, live__isnull=False),
                violation_error_message=_("This line already has a live contract on those days."),
            ),
            models.CheckConstraint(
                name="contract_ends_after_formation",
                condition=Q(ends_on__isnull=True)
                | Q(formed_on__isnull=True)
                | Q(ends_on__gte=F("formed_on")),
                violation_error_message=_("A contract cannot end before it was formed."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def pack(self, on: date) -> Pack:
        """The version of the document that governs this contract on a day, as agreed otherwise with its subscriber.

        It stays under its version where a later one did not come to bind it.
        """
        if not self.individual:
            return pack_for(self.terms_code, on)
        agreements = [each.agreed for each in self.individual_agreements.all()]
        agreements += [each.agreed for each in self.kept_versions.all()]
        return as_agreed(pack_for(self.terms_code, version_day(agreements, on)), agreements, on)

    @property
    def is_live(self) -> bool:
        """True while the contract binds both sides."""
        return self.state in LIVE_STATES

    @transition(field=state, source=State.APPLIED, target=State.ACCEPTED)
    def accept(self, *, formed_on: date | None) -> None:
        """The operator accepts; the contract is formed now, or later at registration (``formed_on`` None)."""
        self._form(formed_on)

    @transition(field=state, source=State.APPLIED, target=State.REFUSED)
    def refuse(self) -> None:
        """The operator says no."""

    @transition(field=state, source=State.APPLIED, target=State.WITHDRAWN)
    def withdraw(self) -> None:
        """The applicant takes it back before the answer."""

    @transition(field=state, source=State.ACCEPTED, target=State.CANCELLED)
    def cancel(self, *, on: date) -> None:
        """Given up between acceptance and opening."""
        self.ends_on = max(on, self.formed_on or on)
        self._end_live()

    @transition(field=state, source=State.ACCEPTED, target=State.ACTIVE)
    def open(self, *, on: date, formed_on: date, term_months: int) -> None:
        """Service starts on ``on``; a base term runs from that day."""
        self._form(formed_on)
        self.service_start = on
        self.term_start = on if term_months else None
        self.term_months = term_months

    @transition(field=state, source=State.ACTIVE, target=State.PAUSED)
    def pause(self) -> None:
        """At the subscriber's wish."""

    @transition(field=state, source=State.PAUSED, target=State.ACTIVE)
    def resume(self) -> None:
        """The pause is over."""

    @transition(field=state, source=[State.ACTIVE, State.PAUSED], target=State.SUSPENDED)
    def suspend(self) -> None:
        """A sanction on a ground that the document lists."""

    @transition(field=state, source=State.SUSPENDED, target=RETURN_VALUE(State.ACTIVE, State.PAUSED))
    def lift(self, *, back_to: str = State.ACTIVE) -> str:
        """The suspension is over; a contract whose pause still runs goes back to being paused."""
        return back_to

    @transition(field=state, source=State.ACTIVE, target=State.HALTED)
    def halt(self, *, ends_on: date) -> None:
        """Interconnection stopped; the contract ends by itself when the period is over, with ``ends_on``."""
        self.ends_on = ends_on

    @transition(field=state, source=[State.ACTIVE, State.PAUSED, State.SUSPENDED], target=State.ENDING)
    def declare_ending(self, *, ends_on: date) -> None:
        """Somebody who may has ended it; ``ends_on`` is its last day."""
        self.ends_on = ends_on

    @transition(
        field=state, source=State.ENDING, target=RETURN_VALUE(State.ACTIVE, State.PAUSED, State.SUSPENDED)
    )
    def withdraw_ending(self, *, back_to: str = State.ACTIVE) -> str:
        """The declared ending was taken back before its day; the contract goes on as it stood."""
        self.ends_on = None
        return back_to

    @transition(field=state, source=[State.ENDING, State.HALTED], target=State.ENDED)
    def end(self, *, on: date) -> None:
        """Its last day is over."""
        self.ends_on = on
        self._end_live()

    def _form(self, formed_on: date | None) -> None:
        if formed_on and not self.formed_on:
            self.formed_on = formed_on
            self.live = (formed_on, None)

    def _end_live(self) -> None:
        if self.formed_on:
            assert self.ends_on is not None
            self.live = (self.formed_on, date.fromordinal(self.ends_on.toordinal() + 1))


LIVE_STATES = frozenset(
    {
        Contract.State.ACCEPTED,
        Contract.State.ACTIVE,
        Contract.State.PAUSED,
        Contract.State.SUSPENDED,
        Contract.State.HALTED,
        Contract.State.ENDING,
    }
)
"""The states in which a contract binds both sides."""

RUNNING_STATES = frozenset({Contract.State.ACTIVE, Contract.State.PAUSED, Contract.State.SUSPENDED})
"""Service has begun, and goes on with no end declared and no halt before one."""
