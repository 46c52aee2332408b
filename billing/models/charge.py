"""One charge: a line of an invoice, with everything that explains its yen."""

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models.invoice_triggers import final_with_its_invoice, lines_only_in_drafts
from billing.models.tariff import TaxCategory


class Charge(models.Model):
    """An amount owed (or, negative, given back) for a period or an occasion, under one document.

    ``source`` names what a one-off charge comes from ("work:12", "outage:7", "payment:3"); it is empty for
    periodic charges. ``explanation`` holds the lines of the rule's result: from, to, days, rate, amount, article.
    A charge without an invoice waits for the next run.

    Millions of rows are added in a minute, so indexes are few: what belongs to a contract is found by the unique
    constraint, what waits by account, what a run made by its place in the table.
    """

    class Kind(models.TextChoices):
        BASE = "base", _("base fee")
        SINGLE_LINE = "single_line", _("single-line fee")
        USE = "use", _("metered fee")
        OPTION = "option", _("option fee")
        NUMBER_LEVY = "number_levy", _("levy per number or line")
        HANDLING = "handling", _("handling fee")
        CONSTRUCTION = "construction", _("construction fee")
        INSTALMENT = "instalment", _("instalment")
        OUTAGE_CREDIT = "outage_credit", _("outage credit")
        EARLY_TERMINATION = "early_termination", _("early-termination fee")
        ENDING = "ending", _("ending fee")
        EQUIPMENT = "equipment", _("lost or damaged equipment")
        DISPATCH = "dispatch", _("dispatch fee")
        LATE_INTEREST = "late_interest", _("late interest")
        PENALTY = "penalty", _("penalty")
        ADJUSTMENT = "adjustment", _("adjustment")
        PARTNER = "partner", _("partner’s charge")
        RELIEF = "relief", _("disaster relief")

    account = models.ForeignKey(
        "billing.BillingAccount",
        on_delete=models.PROTECT,
        related_name="charges",
        db_constraint=False,
        db_index=False,
        verbose_name=_("billing account"),
    )
    terms_code = models.CharField(_("terms"), max_length=40)
    contract = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="charges",
        db_index=False,
        verbose_name=_("contract"),
    )
    run = models.ForeignKey(
        "billing.BillingRun",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="charges",
        db_constraint=False,
        db_index=False,
        verbose_name=_("billing run"),
    )
    invoice = models.ForeignKey(
        "billing.Invoice",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="charges",
        verbose_name=_("invoice"),
    )
    tariff = models.ForeignKey(
        "billing.Tariff",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
        verbose_name=_("tariff"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    source = models.CharField(_("source"), max_length=60, blank=True)
    name = models.CharField(_("fee name"), max_length=120)
    period = DateRangeField(_("period"))
    unit_price = models.IntegerField(_("unit price"))
    days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    of_days = models.PositiveSmallIntegerField(_("of days"), null=True, blank=True)
    amount = models.IntegerField(_("amount"), help_text=_("Yen without tax; negative for a credit."))
    tax_category = models.CharField(
        _("tax"), max_length=10, choices=TaxCategory, default=TaxCategory.STANDARD
    )
    tax_rate = models.DecimalField(
        _("tax rate"),
        max_digits=4,
        decimal_places=3,
        default=0,
        help_text=_("The rate in force on the last day of the period."),
    )
    article = models.CharField(_("article"), max_length=80)
    explanation = models.JSONField(_("explanation"), default=list, blank=True)

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        ordering = ["id"]
        constraints = [
            # A run that is repeated adds nothing, whoever has the contract by then: what was billed to one before the debts
            # passed is not asked of the next. Tariff and contract may be null, and null equals null here; what has no
            # contract is told apart by its source.
            models.UniqueConstraint(
                name="charge_once",
                fields=["contract", "kind", "tariff", "source", "period"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="charge_taxed_only_if_taxable", condition=Q(tax_category="standard") | Q(tax_rate=0)
            ),
        ]
        indexes = [
            models.Index(
                fields=["account", "terms_code"], name="charge_waiting", condition=Q(invoice__isnull=True)
            ),
            BrinIndex(fields=["run"], name="charge_of_run"),
            models.Index(fields=["source"], name="charge_source", condition=~Q(source="")),
        ]
        triggers = [
            lines_only_in_drafts(
                "invoice_line",
                account_id="billing_billingaccount",
                run_id="billing_billingrun",
                tariff_id="billing_tariff",
            ),
            final_with_its_invoice("invoiced_is_final"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.amount:,}円"
