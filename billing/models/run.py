"""A billing run: one month, all contracts."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from workflow.models import Machine, StateField


class BillingRun(Machine):
    """Prepared, rated in chunks, reviewed, approved by a second person, issued. One bad contract is parked, never the run."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("prepared")
        RATING = "rating", _("rating")
        IN_REVIEW = "in_review", _("in review")
        APPROVED = "approved", _("approved")
        ISSUED = "issued", _("issued")
        ABANDONED = "abandoned", _("abandoned")

    month = models.DateField(_("billing month"), help_text=_("Its first day."))
    state = StateField(_("state"), default=State.PREPARED, choices=State.choices)
    prepared_at = models.DateTimeField(_("prepared at"))
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("prepared by")
    )
    issued_at = models.DateTimeField(_("issued at"), null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("issued by"),
    )
    contracts = models.PositiveIntegerField(_("contracts"), default=0)
    rated = models.PositiveIntegerField(_("rated so far"), default=0)
    invoices_count = models.PositiveIntegerField(_("number of invoices"), default=0)
    net = models.BigIntegerField(_("net"), default=0)
    tax = models.BigIntegerField(_("tax"), default=0)

    class Meta:
        verbose_name = _("billing run")
        verbose_name_plural = _("billing runs")
        ordering = ["-month", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="one_run_a_month",
                fields=["month"],
                condition=~Q(state="abandoned"),
                violation_error_message=_("There is already a run for this month."),
            )
        ]
        triggers = [pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @transition(field=state, source=State.PREPARED, target=State.RATING)
    def rate(self, *, contracts: int) -> None:
        """Rating has begun on that many contracts."""
        self.contracts = contracts

    @transition(field=state, source=State.RATING, target=State.IN_REVIEW)
    def review(self, *, rated: int, invoices_count: int, net: int, tax: int) -> None:
        """Everything is rated; somebody looks at the totals. What was not in service any more had something to charge, too."""
        self.contracts = self.rated = rated
        self.invoices_count = invoices_count
        self.net = net
        self.tax = tax

    @transition(field=state, source=State.IN_REVIEW, target=State.APPROVED)
    def approve(self) -> None:
        """A second person agrees."""

    @transition(field=state, source=State.APPROVED, target=State.ISSUED)
    def issue(self) -> None:
        """Numbers are given and the notices written."""

    @transition(field=state, source=[State.PREPARED, State.RATING, State.IN_REVIEW], target=State.ABANDONED)
    def abandon(self) -> None:
        """Dropped; its drafts are gone."""


class RunChunk(models.Model):
    """The accounts from one ID to another, rated in one transaction and issued in one. A second call finds it done.

    ``first_number``: the first of the invoice numbers set aside for it when the run began to be issued.
    """

    run = models.ForeignKey(
        BillingRun, on_delete=models.CASCADE, related_name="chunks", verbose_name=_("billing run")
    )
    first_account = models.BigIntegerField(_("first account"))
    last_account = models.BigIntegerField(_("last account"))
    contracts = models.PositiveIntegerField(_("contracts"), default=0)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    first_number = models.PositiveIntegerField(_("first number"), null=True, blank=True)
    issued_at = models.DateTimeField(_("issued at"), null=True, blank=True)
    papers_at = models.DateTimeField(_("PDFs made at"), null=True, blank=True)

    class Meta:
        verbose_name = _("chunk of a run")
        verbose_name_plural = _("chunks of runs")
        ordering = ["run_id", "first_account"]
        constraints = [
            models.UniqueConstraint(name="chunk_once_a_run", fields=["run", "first_account"]),
            models.CheckConstraint(
                name="chunk_from_first_to_last", condition=Q(last_account__gte=models.F("first_account"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.first_account}–{self.last_account}"


class InvoiceCounter(models.Model):
    """The last invoice number of a month. Locked while numbers are set aside, so that there are no gaps."""

    month = models.DateField(_("billing month"), unique=True)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("invoice counter")
        verbose_name_plural = _("invoice counters")

    def __str__(self) -> str:
        return f"{self.month:%Y%m}-{self.last:06d}"


class ParkedContract(models.Model):
    """A contract that could not be rated, with the reason; the run went on without it.

    While it is not resolved, each later run tries its missing months again.
    """

    run = models.ForeignKey(
        BillingRun, on_delete=models.PROTECT, related_name="parked", verbose_name=_("billing run")
    )
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, verbose_name=_("contract"))
    reason = models.TextField(_("reason"))
    resolved_in = models.ForeignKey(
        BillingRun,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="resolved",
        verbose_name=_("rated after all in"),
        help_text=_("The run that rated its missing month."),
    )

    class Meta:
        verbose_name = _("parked contract")
        verbose_name_plural = _("parked contracts")
        constraints = [models.UniqueConstraint(name="parked_once_a_run", fields=["run", "contract"])]

    def __str__(self) -> str:
        return f"{self.contract}: {self.reason}"
