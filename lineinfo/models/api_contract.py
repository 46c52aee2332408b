"""The contract that gives a subscriber access to the information on its own lines, free of charge."""

import secrets
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from lineinfo.parts import Part
from notices.models import Notice
from terms.overrides import version_day
from terms.pack import Pack
from terms.registry import pack_for
from workflow.models import Machine, StateField


def new_api_id() -> str:
    """An API ID: public, one per contract (line-info-api 3 and 8)."""
    return f"api-{secrets.token_hex(8)}"


class ApiContract(Machine):
    """One API contract beside the target contracts of the same subscriber.

    Its lines are not listed here: they are those of the subscriber's own target contracts on the day of the
    question (line-info-api 4-2; ``lineinfo.rights``). ``article``, ``ground`` and ``reason`` say why it was refused,
    suspended or ended last.
    """

    class State(models.TextChoices):
        APPLIED = "applied", _("applied for")
        ACTIVE = "active", _("active")
        SUSPENDED = "suspended", _("suspended")
        ENDING = "ending", _("ending")
        ENDED = "ended", _("ended")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Form(models.TextChoices):
        WRITTEN = "written", _("in writing")
        WEB = "web", _("on the web")
        PHONE = "phone", _("by telephone")

    class EndedBy(models.TextChoices):
        SUBSCRIBER = "subscriber", _("the subscriber")
        OPERATOR = "operator", _("the operator")

    subscriber = models.ForeignKey(
        "contracts.Subscriber",
        on_delete=models.PROTECT,
        related_name="api_contracts",
        verbose_name=_("subscriber"),
    )
    terms_code = models.CharField(_("terms"), max_length=40)
    api_id = models.CharField(_("API ID"), max_length=24, unique=True, default=new_api_id, editable=False)
    form = models.CharField(_("form of the application"), max_length=10, choices=Form, default=Form.WRITTEN)
    state = StateField(_("state"), default=State.APPLIED, choices=State.choices, db_index=True)
    applied_on = models.DateField(_("applied on"))
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    suspended_through = models.DateField(
        _("suspended through"),
        null=True,
        blank=True,
        help_text=_("Empty while suspended: until the breach is cured."),
    )
    suspended_parts = ArrayField(
        models.CharField(max_length=14, choices=Part),
        default=list,
        blank=True,
        verbose_name=_("suspended parts"),
        help_text=_("The parts that are closed while the contract goes on."),
    )
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    ended_by = models.CharField(_("ended by"), max_length=12, choices=EndedBy, blank=True)
    ending_notice = models.ForeignKey(
        "notices.Notice",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("notice of the ending"),
        help_text=_("The contract ends only after this notice was dispatched."),
    )
    ground = models.CharField(_("ground"), max_length=40, blank=True)
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
                condition=Q(state__in=["applied", "active", "suspended", "ending"]),
                violation_error_message=_("This subscriber already has an API contract."),
            ),
            models.CheckConstraint(
                name="api_contract_ends_after_acceptance",
                condition=Q(ends_on__isnull=True)
                | Q(accepted_on__isnull=True)
                | Q(ends_on__gte=F("accepted_on")),
                violation_error_message=_("A contract cannot end before it was accepted."),
            ),
        ]

    def __str__(self) -> str:
        return self.api_id

    def pack(self, on: date) -> Pack:
        """The version of the document that governs this contract on a day; an earlier one where a later did not come to bind it."""
        kept = [each.agreed for each in self.kept_versions.all()] if self.pk else []
        return pack_for(self.terms_code, version_day(kept, on))

    @property
    def is_live(self) -> bool:
        """True while the contract binds both sides."""
        return self.state in LIVE_STATES

    @transition(field=state, source=State.APPLIED, target=State.ACTIVE)
    def accept(self, *, on: date) -> None:
        """Formed at acceptance; the access data is notified."""
        self.accepted_on = on

    @transition(field=state, source=State.APPLIED, target=State.REFUSED)
    def refuse(self, *, ground: str, article: str, reason: str) -> None:
        """Refused on a ground of the document."""
        self._because(ground, article, reason)

    @transition(field=state, source=State.APPLIED, target=State.WITHDRAWN)
    def withdraw(self) -> None:
        """Taken back before the answer."""

    @transition(field=state, source=State.ACTIVE, target=State.SUSPENDED)
    def suspend(self, *, through: date | None, ground: str, article: str, reason: str) -> None:
        """A sanction, to ``through`` inclusive where a period was set."""
        self.suspended_through = through
        self._because(ground, article, reason)

    @transition(field=state, source=State.ACTIVE, target=State.ACTIVE)
    def suspend_in_part(
        self, *, parts: list[str], through: date | None, ground: str, article: str, reason: str
    ) -> None:
        """A sanction that closes some parts of the function; the rest goes on."""
        self.suspended_parts, self.suspended_through = parts, through
        self._because(ground, article, reason)

    @transition(field=state, source=State.ACTIVE, target=State.ACTIVE)
    def lift_in_part(self) -> None:
        """The suspension of those parts is over."""
        self.suspended_parts, self.suspended_through = [], None
        self._because("", "", "")

    @transition(field=state, source=State.SUSPENDED, target=State.ACTIVE)
    def lift(self) -> None:
        """The suspension is over."""
        self.suspended_through = None
        self._because("", "", "")

    @transition(field=state, source=[State.ACTIVE, State.SUSPENDED], target=State.ENDING)
    def declare_ending(
        self, *, ends_on: date, ended_by: str, notice: Notice | None, ground: str, article: str, reason: str
    ) -> None:
        """Ended by one side; ``ends_on`` is the last day, ``notice`` what must have left before."""
        self.ends_on = ends_on
        self.ended_by = ended_by
        self.ending_notice = notice
        self._because(ground, article, reason)

    @transition(field=state, source=State.ENDING, target=State.ENDED)
    def end(self, *, on: date) -> None:
        """``on`` was its last day."""
        self.ends_on = on
        self.suspended_through = None

    @transition(field=state, source=[State.ACTIVE, State.SUSPENDED, State.ENDING], target=State.ENDED)
    def end_at_once(self, *, on: date, ground: str, article: str, reason: str) -> None:
        """Ended by the operator on a ground that needs no notice; ``on`` is the last day."""
        self.ends_on = on
        self.ended_by = self.EndedBy.OPERATOR
        self.suspended_through = None
        self._because(ground, article, reason)

    def _because(self, ground: str, article: str, reason: str) -> None:
        self.ground, self.article, self.reason = ground, article, reason


LIVE_STATES = frozenset({ApiContract.State.ACTIVE, ApiContract.State.SUSPENDED, ApiContract.State.ENDING})
"""The states in which an API contract binds both sides."""
