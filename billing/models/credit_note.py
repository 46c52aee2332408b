"""What an issued invoice gives back: credit notes, never edits."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models.book_month import not_into_closed_months
from billing.models.tariff import TaxCategory
from workflow.selectors import approved

CREDIT = "credit"
"""The action on which a second person decides."""

_APPEND_ONLY = pgtrigger.Update | pgtrigger.Delete


class CreditNote(models.Model):
    """A 適格返還請求書 to one invoice, in part or of the whole. Append-only.

    A trigger adds ``total`` to ``Invoice.paid``, which says what is no longer owed: a constraint keeps both within what
    the invoice asked for. ``not_sent`` says why no return invoice had to be sent, where that is so.
    """

    number = models.CharField(_("credit note number"), max_length=20, unique=True)
    invoice = models.ForeignKey(
        "billing.Invoice", on_delete=models.PROTECT, related_name="credit_notes", verbose_name=_("invoice")
    )
    issued_on = models.DateField(_("issued on"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("issued by")
    )
    voids = models.BooleanField(_("voids the invoice"), default=False)
    reason = models.CharField(_("reason"), max_length=1000)
    article = models.CharField(_("article"), max_length=80)
    recipient = models.CharField(_("recipient"), max_length=120)
    address = models.CharField(_("address"), max_length=300)
    registration_number = models.CharField(_("registration number"), max_length=14)
    total = models.PositiveIntegerField(_("total"), help_text=_("Yen with tax that are given back."))
    not_sent = models.CharField(_("why none was sent"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("credit note")
        verbose_name_plural = _("credit notes")
        ordering = ["-id"]
        indexes = [models.Index(fields=["issued_on", "total"], name="credit_note_search")]
        constraints = [models.CheckConstraint(name="credit_note_positive", condition=Q(total__gt=0))]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=_APPEND_ONLY),
            not_into_closed_months("open_month", "NEW.issued_on"),
            pgtrigger.Trigger(
                name="add_up",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=(
                    "UPDATE billing_invoice SET paid = paid + NEW.total"
                    " WHERE id = NEW.invoice_id AND state = 'issued';"
                    " IF NOT FOUND THEN RAISE EXCEPTION 'pgtrigger: invoice % is not open', NEW.invoice_id; END IF;"
                    " RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CreditNoteLine(models.Model):
    """What is given back of one line of the invoice: yen without tax, below nothing where that line was a credit."""

    note = models.ForeignKey(
        CreditNote, on_delete=models.PROTECT, related_name="lines", verbose_name=_("credit note")
    )
    charge = models.ForeignKey(
        "billing.Charge", on_delete=models.PROTECT, related_name="credited", verbose_name=_("charge")
    )
    amount = models.IntegerField(_("amount"), help_text=_("Yen without tax."))

    class Meta:
        verbose_name = _("line of a credit note")
        verbose_name_plural = _("lines of credit notes")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="credit_line_once", fields=["note", "charge"])]
        triggers = [pgtrigger.Protect(name="append_only", operation=_APPEND_ONLY)]

    def __str__(self) -> str:
        return f"{self.amount:,}円"


class CreditNoteTax(models.Model):
    """The net and the tax that are given back at one rate: once per rate and note."""

    note = models.ForeignKey(
        CreditNote, on_delete=models.PROTECT, related_name="taxes", verbose_name=_("credit note")
    )
    tax_category = models.CharField(_("tax"), max_length=10, choices=TaxCategory)
    rate = models.DecimalField(_("rate"), max_digits=4, decimal_places=3)
    net = models.IntegerField(_("net"))
    tax = models.IntegerField(_("tax"))

    class Meta:
        verbose_name = _("tax of a credit note")
        verbose_name_plural = _("taxes of credit notes")
        ordering = ["note_id", "-rate", "tax_category"]
        constraints = [
            models.UniqueConstraint(name="credit_tax_once_per_rate", fields=["note", "tax_category", "rate"])
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=_APPEND_ONLY)]

    def __str__(self) -> str:
        return f"{self.rate:%} {self.net:,} + {self.tax:,}"


class CreditProposal(models.Model):
    """A credit or a void as one person proposes it; a second decides. ``amounts``: charge and yen without tax of each line.

    Of a void there are no amounts: it gives back whatever is left. ``reissue``: another invoice takes its place at once.
    """

    invoice = models.ForeignKey(
        "billing.Invoice",
        on_delete=models.PROTECT,
        related_name="credit_proposals",
        verbose_name=_("invoice"),
    )
    amounts = models.JSONField(_("amounts"), default=list, blank=True)
    void = models.BooleanField(_("voids the invoice"), default=False)
    reissue = models.BooleanField(_("issue it again"), default=False)
    reason = models.TextField(_("reason"))
    note = models.OneToOneField(
        CreditNote,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposal",
        verbose_name=_("credit note"),
        help_text=_("The credit note that was issued once it was approved."),
    )

    class Meta:
        verbose_name = _("proposed credit")
        verbose_name_plural = _("proposed credits")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="credit_proposal_reissues_what_it_voids", condition=Q(void=True) | Q(reissue=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.invoice} {self.reason}"

    @property
    def is_approved(self) -> bool:
        """Whether a second person agreed."""
        return approved(self, CREDIT) is not None


class CreditNoteCounter(models.Model):
    """The last credit note number of a month. Locked while one is given, so that there are no gaps."""

    month = models.DateField(_("month"), unique=True)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("credit note counter")
        verbose_name_plural = _("credit note counters")

    def __str__(self) -> str:
        return f"{self.month:%Y%m}-{self.last:06d}"
