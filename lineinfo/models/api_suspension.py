"""A suspension (利用停止) of an API contract: the sanction of line-info-api 17."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from lineinfo.parts import Part
from workflow.models import Machine, StateField


class ApiSuspension(Machine):
    """From announcement to lifting. The prior notice, or the reason of the urgency, hangs on it as evidence."""

    class State(models.TextChoices):
        ANNOUNCED = "announced", _("announced")
        IN_FORCE = "in_force", _("in force")
        LIFTED = "lifted", _("lifted")
        EXPIRED = "expired", _("expired")
        ENDED_CONTRACT = "ended_contract", _("contract ended")
        WITHDRAWN = "withdrawn", _("withdrawn")

    api_contract = models.ForeignKey(
        "lineinfo.ApiContract",
        on_delete=models.PROTECT,
        related_name="suspensions",
        verbose_name=_("API contract"),
    )
    ground = models.CharField(_("ground"), max_length=40)
    article = models.CharField(_("article"), max_length=80)
    reason = models.TextField(_("reason"))
    state = StateField(_("state"), default=State.ANNOUNCED, choices=State.choices, db_index=True)
    parts = ArrayField(
        models.CharField(max_length=14, choices=Part),
        default=list,
        blank=True,
        verbose_name=_("parts of the function"),
        help_text=_("Empty: the whole function."),
    )
    announced_at = models.DateTimeField(_("announced at"))
    starts_on = models.DateField(_("first day"))
    through = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Empty: until the breach is cured.")
    )
    urgent_reason = models.TextField(
        _("reason of the urgency"), blank=True, help_text=_("Only where prior notice was left out.")
    )
    notice = models.ForeignKey(
        "notices.Notice",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("notice"),
    )
    over_on = models.DateField(_("over on"), null=True, blank=True)

    class Meta:
        verbose_name = _("API suspension")
        verbose_name_plural = _("API suspensions")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="api_suspension_one_open",
                fields=["api_contract"],
                condition=Q(state__in=["announced", "in_force"]),
                violation_error_message=_("A suspension of this API contract is already under way."),
            ),
            models.CheckConstraint(
                name="api_suspension_ends_after_start",
                condition=Q(through__isnull=True) | Q(through__gte=F("starts_on")),
                violation_error_message=_("The last day cannot lie before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.api_contract} {self.starts_on} – {self.through or ''}"

    @property
    def urgent(self) -> bool:
        """True where it could not wait for a prior notice (line-info-api 17-2)."""
        return bool(self.urgent_reason)

    @transition(field=state, source=State.ANNOUNCED, target=State.IN_FORCE)
    def enforce(self, *, on: date) -> None:
        """Access is closed from ``on``."""
        self.starts_on = on

    @transition(field=state, source=State.IN_FORCE, target=State.LIFTED)
    def lift(self, *, on: date) -> None:
        """The breach is cured."""
        self.over_on = on

    @transition(field=state, source=State.IN_FORCE, target=State.EXPIRED)
    def expire(self, *, on: date) -> None:
        """Its period is over."""
        self.over_on = on

    @transition(field=state, source=State.IN_FORCE, target=State.ENDED_CONTRACT)
    def end_contract(self, *, on: date) -> None:
        """The contract ended while it was in force."""
        self.over_on = on

    @transition(field=state, source=State.ANNOUNCED, target=State.WITHDRAWN)
    def withdraw(self, *, on: date) -> None:
        """Cured, or dropped, before it came into force."""
        self.over_on = on
