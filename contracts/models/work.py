"""Construction on a line: planned, started, done, and what its fee is computed from."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from workflow.models import Machine, StateField


class Work(Machine):
    """One construction job. ``items`` are the tariff codes of its parts; billing computes the fee from them."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        STARTED = "started", _("started")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

    class Kind(models.TextChoices):
        OPENING = "opening", _("opening")
        RELOCATION = "relocation", _("relocation")
        ITEM_CHANGE = "item_change", _("item change")
        REMOVAL = "removal", _("removal")
        REPAIR = "repair", _("repair")

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="works", verbose_name=_("contract")
    )
    request = models.ForeignKey(
        "contracts.Request",
        on_delete=models.PROTECT,
        related_name="works",
        null=True,
        blank=True,
        verbose_name=_("request"),
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    items = models.JSONField(
        _("parts"), default=list, blank=True, help_text=_("Tariff codes of the parts of this work.")
    )
    planned_at = models.DateTimeField(_("planned for"))
    due_on = models.DateField(
        _("to be done by"),
        null=True,
        blank=True,
        help_text=_("The day set by the operator; empty where none is set."),
    )
    appointed = models.BooleanField(_("at an appointed time"), default=False)
    instalments = models.BooleanField(_("paid in instalments"), default=False)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cost_so_far = models.PositiveIntegerField(
        _("cost of the started part"),
        default=0,
        help_text=_("Yen without tax; only for a work cancelled after its start."),
    )
    state = StateField(_("state"), default=State.PLANNED, choices=State.choices)

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("works")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["planned_at"],
                name="work_to_do",
                condition=models.Q(state__in=["planned", "started"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.contract}"

    @transition(field=state, source=State.PLANNED, target=State.STARTED)
    def start(self, *, at: datetime) -> None:
        """The people are on the site."""
        self.started_at = at

    @transition(field=state, source=State.STARTED, target=State.DONE)
    def finish(self, *, at: datetime) -> None:
        """It is finished."""
        self.done_at = at

    @transition(field=state, source=[State.PLANNED, State.STARTED], target=State.CANCELLED)
    def cancel(self, *, at: datetime, cost_so_far: int = 0) -> None:
        """Given up; after the start the started part is charged where the document says so."""
        self.cancelled_at = at
        self.cost_so_far = cost_so_far
