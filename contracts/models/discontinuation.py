"""The end of a service, with which its contracts end."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from notices.models import Posting
from workflow.models import Machine, StateField


class Discontinuation(Machine):
    """The decision to end the ``products`` of a document with a last day, or all of them where none is named."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        ANNOUNCED = "announced", _("announced")
        CARRIED_OUT = "carried_out", _("carried out")
        DROPPED = "dropped", _("dropped")

    terms_code = models.CharField(_("terms"), max_length=40)
    products = models.ManyToManyField(
        "contracts.Product", related_name="discontinuations", blank=True, verbose_name=_("products")
    )
    last_day = models.DateField(_("last day"))
    ground = models.CharField(_("ground"), max_length=40, blank=True)
    article = models.CharField(_("article"), max_length=80)
    reason = models.TextField(_("reason"), blank=True, help_text=_("In Japanese: it is posted as it stands."))
    alternative = models.CharField(_("alternative"), max_length=120, blank=True)
    upstream = models.CharField(
        _("depends on"),
        max_length=120,
        blank=True,
        help_text=_("Another operator’s service without which this one cannot be."),
    )
    upstream_ends = models.DateField(_("which ends on"), null=True, blank=True)
    designated = models.BooleanField(_("basic or designated service"), default=False)
    minister_told_on = models.DateField(_("minister notified on"), null=True, blank=True)
    announced_at = models.DateTimeField(_("announced at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    posting = models.ForeignKey(
        "notices.Posting", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("posting")
    )
    state = StateField(_("state"), default=State.PLANNED, choices=State.choices, db_index=True)

    class Meta:
        verbose_name = _("discontinuation")
        verbose_name_plural = _("discontinuations")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.terms_code} {self.last_day}"

    @transition(field=state, source=State.PLANNED, target=State.PLANNED)
    def tell_minister(self, *, on: date) -> None:
        """The notification has reached the minister."""
        self.minister_told_on = on

    @transition(field=state, source=State.PLANNED, target=State.ANNOUNCED)
    def announce(self, *, at: datetime, posting: Posting) -> None:
        """It is posted, and the subscribers are told."""
        self.announced_at, self.posting = at, posting

    @transition(field=state, source=State.ANNOUNCED, target=State.CARRIED_OUT)
    def carry_out(self) -> None:
        """The last day is over and no contract is left."""

    @transition(field=state, source=State.PLANNED, target=State.DROPPED)
    def drop(self) -> None:
        """Given up before it was announced."""
