"""An invoice: what one account is asked to pay under one document, with tax once per rate."""

from datetime import date

import pgtrigger
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from billing.models.book_month import issued_in_open_months
from billing.models.invoice_triggers import final_with_its_invoice, lines_only_in_drafts
from billing.models.tariff import TaxCategory
from workflow.models import Machine, StateField
from workflow.triggers import changed

_FROZEN = (
    "number",
    "account",
    "terms_code",
    "partner",
    "run",
    "extra_bill",
    "month",
    "issued_on",
    "due_on",
    "recipient",
    "address",
    "registration_number",
    "total",
)


class Invoice(Machine):
    """A 適格請求書. Draft until its run is issued; afterwards only its state and what was paid may change.

    One document, one invoice: due dates, grace, interest and sanctions differ between documents, so a debt
    belongs to exactly one of them. ``paid`` is kept by the database as the sum of the allocations.
    With a ``partner`` the claim is assigned on issue: that billing operator asks for the money.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        ISSUED = "issued", _("issued")
        SETTLED = "settled", _("settled")
        ASSIGNED = "assigned", _("assigned")
        WRITTEN_OFF = "written_off", _("written off")
        VOID = "void", _("void")

    number = models.CharField(_("invoice number"), max_length=20, null=True, blank=True, unique=True)
    account = models.ForeignKey(
        "billing.BillingAccount",
        on_delete=models.PROTECT,
        related_name="invoices",
        db_index=False,
        verbose_name=_("billing account"),
    )
    terms_code = models.CharField(_("terms"), max_length=40)
    partner = models.ForeignKey(
        "contracts.Partner",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("billing operator"),
    )
    run = models.ForeignKey(
        "billing.BillingRun",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invoices",
        db_index=False,
        verbose_name=_("billing run"),
    )
    extra_bill = models.ForeignKey(
        "billing.ExtraBill",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="invoices",
        verbose_name=_("extra bill"),
    )
    month = models.DateField(_("billing month"), help_text=_("Its first day."))
    state = StateField(_("state"), default=State.DRAFT, choices=State.choices)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    recipient = models.CharField(_("recipient"), max_length=120)
    address = models.CharField(_("address"), max_length=300)
    registration_number = models.CharField(_("registration number"), max_length=14)
    falls_due: date
    """When it is due, on its printed day or before: where it was read by billing.falling_due.with_falling_due."""
    total = models.IntegerField(_("total"), help_text=_("Yen with tax."))
    paid = models.IntegerField(_("paid"), default=0, editable=False)

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="invoice_once_a_month",
                fields=["account", "terms_code", "month", "partner", "extra_bill"],
                condition=~Q(state="void"),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="invoice_of_a_run_or_an_extra_bill",
                condition=Q(run__isnull=False, extra_bill__isnull=True)
                | Q(run__isnull=True, extra_bill__isnull=False),
            ),
            models.CheckConstraint(name="invoice_not_negative", condition=Q(total__gte=0)),
            models.CheckConstraint(
                name="invoice_allocated_at_most_once",
                condition=Q(paid__gte=0, paid__lte=F("total")),
                violation_error_message=_("More was allocated to this invoice than it asks for."),
            ),
            models.CheckConstraint(
                name="invoice_issued_is_numbered",
                condition=Q(state="draft")
                | Q(number__isnull=False, issued_on__isnull=False, due_on__isnull=False),
            ),
        ]
        # Those of an account are found by the unique constraint, those of a run by their place in the table.
        indexes = [
            models.Index(fields=["due_on"], name="invoice_open", condition=Q(state="issued")),
            BrinIndex(fields=["run"], name="invoice_of_run"),
            # For the search by date, amount and counterparty (電子帳簿保存法施行規則4): invoices lie in the order of their issue.
            BrinIndex(fields=["issued_on"], name="invoice_issued_on"),
        ]
        triggers = [
            issued_in_open_months(),
            pgtrigger.Protect(
                name="no_delete", operation=pgtrigger.Delete, condition=~pgtrigger.Q(old__state="draft")
            ),
            pgtrigger.Protect(
                name="issued_is_final",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="draft")
                & (pgtrigger.Q(new__state="draft") | changed(*_FROZEN)),
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"({self.pk})"

    @property
    def open_amount(self) -> int:
        """What is still owed on it, in yen."""
        return self.total - self.paid

    @property
    def is_open(self) -> bool:
        """True while the operator still asks for money on it."""
        return self.state == self.State.ISSUED and self.open_amount > 0

    @transition(field=state, source=State.ISSUED, target=State.SETTLED)
    def settle(self) -> None:
        """Everything is paid."""

    @transition(field=state, source=State.SETTLED, target=State.ISSUED)
    def reopen(self) -> None:
        """What paid it was taken back."""

    @transition(field=state, source=State.ISSUED, target=State.ASSIGNED)
    def assign(self) -> None:
        """The claim goes to a billing operator."""

    @transition(field=state, source=State.ISSUED, target=State.WRITTEN_OFF)
    def write_off(self) -> None:
        """Given up, with approval."""

    @transition(field=state, source=State.ISSUED, target=State.VOID)
    def void(self) -> None:
        """Issued in error; a credit note answers it."""


class InvoiceTax(models.Model):
    """The net and the tax of an invoice for one rate: computed once per rate and invoice (消費税法57の4)."""

    invoice = models.ForeignKey(
        Invoice, on_delete=models.CASCADE, related_name="taxes", db_index=False, verbose_name=_("invoice")
    )
    tax_category = models.CharField(_("tax"), max_length=10, choices=TaxCategory)
    rate = models.DecimalField(_("rate"), max_digits=4, decimal_places=3)
    net = models.IntegerField(_("net"))
    tax = models.IntegerField(_("tax"))

    class Meta:
        verbose_name = _("tax of an invoice")
        verbose_name_plural = _("taxes of invoices")
        ordering = ["invoice_id", "-rate", "tax_category"]
        constraints = [
            models.UniqueConstraint(name="tax_once_per_rate", fields=["invoice", "tax_category", "rate"]),
            models.CheckConstraint(
                name="tax_only_at_a_rate", condition=Q(tax_category="standard") | Q(tax=0, rate=0)
            ),
        ]
        triggers = [
            lines_only_in_drafts("invoice_tax"),
            final_with_its_invoice("issued_tax_is_final"),
        ]

    def __str__(self) -> str:
        return f"{self.rate:%} {self.net:,} + {self.tax:,}"
