"""Equipment of the subscriber's own on a line, and its inspections."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from workflow.models import Machine, StateField


class OwnEquipment(Machine):
    """自営端末設備 or 自営電気通信設備: asked for, connected, removed."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("asked for")
        CONNECTED = "connected", _("connected")
        FAILED = "failed", _("failed the inspection")
        REMOVED = "removed", _("taken off")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Kind(models.TextChoices):
        TERMINAL = "terminal", _("own terminal")
        FACILITY = "facility", _("own telecommunications facility")

    contract = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        related_name="own_equipment",
        verbose_name=_("contract"),
    )
    request = models.OneToOneField(
        "contracts.Request",
        on_delete=models.PROTECT,
        related_name="own_equipment",
        null=True,
        blank=True,
        verbose_name=_("request"),
        help_text=_("Empty where the document does not have it asked for."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name of the equipment"), max_length=120)
    place = models.CharField(_("place"), max_length=200, blank=True)
    certification = models.CharField(
        _("certification number"),
        max_length=60,
        blank=True,
        help_text=_("技術基準適合認定; empty without one."),
    )
    asked_on = models.DateField(_("asked for on"))
    over_on = models.DateField(_("taken off on"), null=True, blank=True)
    article = models.CharField(_("article"), max_length=80, blank=True)
    state = StateField(_("state"), default=State.REQUESTED, choices=State.choices)

    class Meta:
        verbose_name = _("own equipment")
        verbose_name_plural = _("own equipment")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @transition(field=state, source=[State.REQUESTED, State.FAILED], target=State.CONNECTED)
    def connect(self) -> None:
        """Granted, or put right."""

    @transition(field=state, source=State.REQUESTED, target=State.REFUSED)
    def refuse(self, *, article: str) -> None:
        """Not granted, on a ground of the document."""
        self.article = article

    @transition(field=state, source=State.REQUESTED, target=State.WITHDRAWN)
    def withdraw(self) -> None:
        """The request was taken back."""

    @transition(field=state, source=State.CONNECTED, target=State.FAILED)
    def fail(self, *, article: str) -> None:
        """It does not meet the technical standards: to be removed, or put right."""
        self.article = article

    @transition(field=state, source=[State.CONNECTED, State.FAILED], target=State.REMOVED)
    def remove(self, *, on: date) -> None:
        """The subscriber took it off and said so."""
        self.over_on = on


class Inspection(Machine):
    """One inspection (検査) of own equipment, by somebody who shows the operator's certificate."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked of the subscriber")
        PASSED = "passed", _("passed")
        FAILED = "failed", _("did not pass")
        EXCUSED = "excused", _("not accepted, for good reason")
        REFUSED = "refused", _("not accepted, without good reason")

    equipment = models.ForeignKey(
        OwnEquipment, on_delete=models.PROTECT, related_name="inspections", verbose_name=_("own equipment")
    )
    occasion = models.CharField(_("occasion"), max_length=12)
    article = models.CharField(_("article"), max_length=80)
    asked_on = models.DateField(_("asked on"))
    inspector = models.CharField(_("inspector"), max_length=60, blank=True)
    certificate = models.CharField(_("certificate shown"), max_length=60, blank=True)
    findings = models.TextField(_("findings"), blank=True)
    state = StateField(_("state"), default=State.ASKED, choices=State.choices)

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="inspection_with_certificate",
                condition=~models.Q(state__in=["passed", "failed"]) | ~models.Q(certificate=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.equipment} {self.asked_on}"

    def _report(self, inspector: str, certificate: str, findings: str) -> None:
        self.inspector, self.certificate, self.findings = inspector, certificate, findings

    @transition(field=state, source=State.ASKED, target=State.PASSED)
    def passed(self, *, inspector: str, certificate: str, findings: str) -> None:
        """It meets the standards."""
        self._report(inspector, certificate, findings)

    @transition(field=state, source=State.ASKED, target=State.FAILED)
    def failed(self, *, inspector: str, certificate: str, findings: str) -> None:
        """It does not."""
        self._report(inspector, certificate, findings)

    @transition(field=state, source=State.ASKED, target=State.EXCUSED)
    def excuse(self) -> None:
        """The subscriber has good reason (正当な理由) not to accept it now."""

    @transition(field=state, source=State.ASKED, target=State.REFUSED)
    def decline(self) -> None:
        """The subscriber does not accept it."""
