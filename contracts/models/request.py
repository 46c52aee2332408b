"""What a subscriber asks for, in order of arrival, and the answer."""

from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from contracts.models.numbering import request_number
from workflow.models import Machine, StateField


class Request(Machine):
    """A request with its form, its evidence and the operator's answer.

    ``details`` holds what the form of this kind asks for. A refusal names the ground of the document and the article.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        RECEIVED = "received", _("received")
        IN_REVIEW = "in_review", _("in review")
        DEFERRED = "deferred", _("deferred")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        CARRIED_OUT = "carried_out", _("carried out")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Kind(models.TextChoices):
        NEW = "new", _("new contract")
        ITEM_CHANGE = "item_change", _("item change")
        OPTION = "option", _("option")
        EQUIPMENT = "equipment", _("equipment")
        RELOCATION = "relocation", _("relocation")
        DIFFERENT_ROUTE = "different_route", _("different route")
        OTHER_CHANGE = "other_change", _("other change")
        PAUSE = "pause", _("pause")
        RESUME = "resume", _("resume")
        TRANSFER = "transfer", _("transfer")
        SUCCESSION = "succession", _("succession")
        NAME_CHANGE = "name_change", _("change of name or address")
        PROVIDER_CHANGE = "provider_change", _("provider change")
        INTERCONNECTION = "interconnection", _("interconnection")
        OWN_EQUIPMENT = "own_equipment", _("own terminal equipment")
        OWN_FACILITY = "own_facility", _("own telecommunications facility")
        CANCELLATION = "cancellation", _("cancellation before opening")
        INITIAL_CANCELLATION = "initial_cancellation", _("initial cancellation")
        ENDING = "ending", pgettext_lazy("noun", "ending")

    class Form(models.TextChoices):
        WRITTEN = "written", _("in writing")
        WEB = "web", _("on the web")
        PHONE = "phone", _("by telephone")

    number = models.CharField(
        _("request number"), max_length=12, unique=True, default=request_number, editable=False
    )
    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    terms_code = models.CharField(_("terms"), max_length=40)
    subscriber = models.ForeignKey(
        "contracts.Subscriber",
        on_delete=models.PROTECT,
        related_name="requests",
        verbose_name=_("subscriber"),
    )
    represented_by = models.ForeignKey(
        "contracts.Subscriber",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("asked for by the representative"),
        help_text=_("Who asked for the subscriber, as the representative of a group of lines."),
    )
    contract = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        related_name="requests",
        null=True,
        blank=True,
        verbose_name=_("contract"),
    )
    form = models.CharField(_("form"), max_length=10, choices=Form, default=Form.WEB)
    details = models.JSONField(_("details"), default=dict, blank=True)
    state = StateField(_("state"), default=State.DRAFT, choices=State.choices, db_index=True)
    received_at = models.DateTimeField(_("received at"), null=True, blank=True)
    order_reason = models.CharField(
        _("reason for reordering"),
        max_length=200,
        blank=True,
        help_text=_("Needed to answer out of the order of arrival."),
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    effective_on = models.DateField(
        _("takes effect on"), null=True, blank=True, help_text=_("Set when it is granted.")
    )
    ground = models.CharField(_("ground"), max_length=40, blank=True)
    article = models.CharField(_("article"), max_length=80, blank=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["terms_code", "received_at", "id"],
                name="request_waiting",
                condition=models.Q(state__in=["received", "in_review"]),
            ),
            models.Index(
                fields=["effective_on"],
                name="request_to_carry_out",
                condition=models.Q(state="accepted"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()}"

    @transition(field=state, source=State.DRAFT, target=State.RECEIVED)
    def receive(self, *, at: datetime) -> None:
        """It reached the operator at ``at``."""
        self.received_at = at

    @transition(field=state, source=[State.RECEIVED, State.DEFERRED], target=State.IN_REVIEW)
    def review(self) -> None:
        """Somebody looks at it."""

    @transition(field=state, source=State.IN_REVIEW, target=State.DEFERRED)
    def defer(self, *, reason: str) -> None:
        """The answer waits, for the reason given."""
        self.decision_reason = reason

    @transition(field=state, source=State.IN_REVIEW, target=State.ACCEPTED)
    def accept(self, *, on: date, effective_on: date | None = None) -> None:
        """The answer is yes; what was asked for takes effect on ``effective_on``."""
        self.decided_on = on
        self.effective_on = effective_on

    @transition(field=state, source=State.IN_REVIEW, target=State.REFUSED)
    def refuse(self, *, on: date, ground: str, article: str, reason: str) -> None:
        """The answer is no, on a ground of the document."""
        self.decided_on = on
        self.ground = ground
        self.article = article
        self.decision_reason = reason

    @transition(field=state, source=State.ACCEPTED, target=State.CARRIED_OUT)
    def carry_out(self) -> None:
        """What was asked for is done."""

    @transition(
        field=state,
        source=[State.DRAFT, State.RECEIVED, State.IN_REVIEW, State.DEFERRED, State.ACCEPTED],
        target=State.WITHDRAWN,
    )
    def withdraw(self) -> None:
        """The subscriber takes it back."""
