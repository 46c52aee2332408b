"""A suspension (利用停止): a sanction on a ground that the document lists."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from notices.models import Notice
from workflow.models import Machine, StateField


class Suspension(Machine):
    """From proposal to lifting. The notice that must come first hangs on it as evidence."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        APPROVED = "approved", _("approved")
        NOTICED = "noticed", _("notice given")
        IN_FORCE = "in_force", _("in force")
        LIFTED = "lifted", _("lifted")
        EXPIRED = "expired", _("expired")
        ENDED_CONTRACT = "ended_contract", _("contract ended")
        WITHDRAWN = "withdrawn", _("withdrawn")

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="suspensions", verbose_name=_("contract")
    )
    ground = models.CharField(_("ground"), max_length=40)
    article = models.CharField(_("article"), max_length=80)
    reason = models.TextField(_("reason"))
    state = StateField(_("state"), default=State.PROPOSED, choices=State.choices, db_index=True)
    starts_on = models.DateField(_("first day"))
    through = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Empty: until the debt is paid.")
    )
    until_paid = models.BooleanField(_("until the debt is paid"), default=False)
    urgent = models.BooleanField(
        _("urgent"), default=False, help_text=_("Without prior notice, where the document allows it.")
    )
    notice = models.ForeignKey(
        "notices.Notice",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("notice"),
    )
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True)

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="suspension_one_open_per_ground",
                fields=["contract", "ground"],
                condition=models.Q(state__in=["proposed", "approved", "noticed", "in_force"]),
                violation_error_message=_("A suspension on this ground is already under way."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.article}"

    @transition(field=state, source=State.PROPOSED, target=State.APPROVED)
    def approve(self) -> None:
        """A second person, or the document's own rule, agrees."""

    @transition(field=state, source=State.APPROVED, target=State.NOTICED)
    def give_notice(self, *, notice: Notice) -> None:
        """The subscriber was told the reason, the day and the period."""
        self.notice = notice

    @transition(field=state, source=[State.NOTICED, State.APPROVED], target=State.IN_FORCE)
    def enforce(self, *, on: date, through: date | None) -> None:
        """The line is suspended from ``on``; from `approved` only when urgent."""
        self.starts_on = on
        self.through = through

    @transition(field=state, source=State.IN_FORCE, target=State.LIFTED)
    def lift(self, *, on: date) -> None:
        """The ground is gone."""
        self.lifted_on = on

    @transition(field=state, source=State.IN_FORCE, target=State.EXPIRED)
    def expire(self, *, on: date) -> None:
        """Its period is over."""
        self.lifted_on = on

    @transition(field=state, source=State.IN_FORCE, target=State.ENDED_CONTRACT)
    def end_contract(self) -> None:
        """It was not cured, and the contract was ended on it."""

    @transition(field=state, source=[State.PROPOSED, State.APPROVED, State.NOTICED], target=State.WITHDRAWN)
    def withdraw(self) -> None:
        """Cured, or dropped, before it came into force."""
