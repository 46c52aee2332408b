"""A restriction of use (通信利用の制限): in a disaster, under congestion, or against excessive load."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from contracts.models.address import PREFECTURES
from contracts.moments import japan_date
from terms.calendar import japan_clock
from terms.registry import pack_for
from workflow.models import Machine, StateField


class Restriction(Machine):
    """The operator's decision to restrict use: on which ground, of which lines, who stays, from when until when.

    It concerns ``lines`` where they are named, else all lines of the document in ``prefecture`` and ``city``, else all.
    """

    class State(models.TextChoices):
        DECLARED = "declared", _("declared")
        LIFTED = "lifted", _("lifted")

    class Measure(models.TextChoices):
        STOP = "stop", _("use is stopped")
        CUT = "cut", _("calls under way are cut")
        LIMIT = "limit", _("communication is limited")
        CONTROL = "control", _("traffic is controlled")
        BLOCK = "block", _("addresses are blocked")

    terms_code = models.CharField(_("terms"), max_length=40)
    ground = models.CharField(_("ground"), max_length=40)
    article = models.CharField(_("article"), max_length=80)
    measure = models.CharField(_("measure"), max_length=10, choices=Measure)
    reason = models.TextField(_("reason"), help_text=_("In Japanese: it is posted as it stands."))
    limit = models.CharField(
        _("limit"), max_length=120, blank=True, help_text=_("Such as “three minutes a call”, in Japanese.")
    )
    state = StateField(_("state"), default=State.DECLARED, choices=State.choices, db_index=True)
    prefecture = models.CharField(
        _("prefecture"), max_length=4, blank=True, choices=[(name, name) for name in PREFECTURES]
    )
    city = models.CharField(_("city"), max_length=40, blank=True)
    lines = models.ManyToManyField(
        "contracts.Line", related_name="restrictions", blank=True, verbose_name=_("lines")
    )
    bodies = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("priority bodies"),
        default=list,
        blank=True,
        help_text=_("The bodies whose lines stay in use."),
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until lifted."))
    callers_told_at = models.DateTimeField(_("callers told at"), null=True, blank=True)
    urgent = models.BooleanField(
        _("urgent"), default=False, help_text=_("Without prior notice, where the document allows it.")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    declared_at = models.DateTimeField(_("declared at"))
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)
    posting = models.ForeignKey(
        "notices.Posting", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("posting")
    )

    class Meta:
        verbose_name = _("restriction of use")
        verbose_name_plural = _("restrictions of use")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="restriction_ends_after_start",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("A restriction must end after it starts."),
                violation_error_code="ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.terms_code} {japan_clock(self.starts_at):%Y-%m-%d %H:%M}"

    @property
    def ground_words(self) -> str:
        """The ground as the document has it."""
        table = pack_for(self.terms_code, japan_date(self.declared_at), earliest=True).restriction
        found = table.ground(self.ground) if table else None
        return found.label if found else self.ground

    @transition(field=state, source=State.DECLARED, target=State.LIFTED)
    def lift(self, *, at: datetime) -> None:
        """Use is free again."""
        self.lifted_at = at
