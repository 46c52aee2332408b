"""What was received, and against which invoice it was set."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from billing.models.book_month import not_into_closed_months
from workflow.triggers import changed

_FACTS = ("amount", "paid_on", "account", "reference", "method", "recorded_at", "advance_under", "of_deposit")


class PaymentsQuery(models.QuerySet["Payment"]):
    """Payments, and which of them have something left."""

    def unused(self) -> "PaymentsQuery":
        """Those with yen that stand against no invoice and were not returned."""
        return self.filter(allocated__lt=F("amount") - F("returned"))


class Payment(models.Model):
    """Money received. Append-only.

    ``allocated`` and ``returned`` are kept by the database: the sum of the allocations that were not released, and of
    what was paid back or corrected.
    """

    class Method(models.TextChoices):
        ACCOUNT_TRANSFER = "account_transfer", _("account transfer")
        BANK_DEPOSIT = "bank_deposit", _("bank deposit")
        CARD = "card", _("card")
        CONVENIENCE_STORE = "convenience_store", _("convenience store")
        CASH = "cash", _("cash")
        PARTNER = "partner", _("collected by a partner")

    account = models.ForeignKey(
        "billing.BillingAccount",
        on_delete=models.PROTECT,
        related_name="payments",
        verbose_name=_("billing account"),
    )
    amount = models.PositiveIntegerField(_("amount"))
    paid_on = models.DateField(_("paid on"))
    method = models.CharField(_("payment method"), max_length=20, choices=Method)
    reference = models.CharField(
        _("reference"), max_length=80, help_text=_("What identifies it at the bank or collector.")
    )
    of_deposit = models.ForeignKey(
        "billing.Deposit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="payments",
        verbose_name=_("bank deposit"),
    )
    advance_under = models.CharField(
        _("taken in advance under"),
        max_length=80,
        blank=True,
        editable=False,
        help_text=_(
            "The article under which the subscriber paid before anything was asked for; it bears no interest."
        ),
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    allocated = models.PositiveIntegerField(_("allocated"), default=0, editable=False)
    returned = models.PositiveIntegerField(_("returned"), default=0, editable=False)

    objects = PaymentsQuery.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-paid_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="payment_once",
                fields=["method", "reference"],
                violation_error_message=_("This payment is already recorded."),
            ),
            models.CheckConstraint(name="payment_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="payment_allocated_at_most_once",
                condition=Q(allocated__lte=F("amount") - F("returned")),
                violation_error_message=_("More was allocated or returned than this payment brought."),
            ),
        ]
        indexes = [models.Index(fields=["paid_on", "amount"], name="payment_search")]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="append_only",
                operation=pgtrigger.Update,
                condition=changed(*_FACTS),
            ),
            not_into_closed_months("open_month", "(NEW.recorded_at AT TIME ZONE 'Asia/Tokyo')::date"),
        ]

    def __str__(self) -> str:
        return f"{self.amount:,}円 {self.paid_on}"

    @property
    def unallocated(self) -> int:
        """What is left of it, in yen."""
        return self.amount - self.allocated - self.returned


class Allocation(models.Model):
    """A part of a payment set against an invoice. Append-only.

    A trigger adds it to ``Payment.allocated`` and ``Invoice.paid``, whose constraints keep both within bounds, and
    refuses an invoice that is not open or belongs to somebody else.
    """

    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, related_name="allocations", verbose_name=_("payment")
    )
    invoice = models.ForeignKey(
        "billing.Invoice", on_delete=models.PROTECT, related_name="allocations", verbose_name=_("invoice")
    )
    amount = models.PositiveIntegerField(_("amount"))
    allocated_on = models.DateField(_("allocated on"))

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="allocation_positive", condition=Q(amount__gt=0))]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            not_into_closed_months("open_month", "NEW.allocated_on"),
            pgtrigger.Trigger(
                name="add_up",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=(
                    "UPDATE billing_payment SET allocated = allocated + NEW.amount WHERE id = NEW.payment_id;"
                    " UPDATE billing_invoice invoice SET paid = paid + NEW.amount FROM billing_payment payment"
                    " WHERE invoice.id = NEW.invoice_id AND invoice.state = 'issued'"
                    " AND payment.id = NEW.payment_id AND payment.account_id = invoice.account_id;"
                    " IF NOT FOUND THEN RAISE EXCEPTION"
                    " 'pgtrigger: invoice % is not open, or not of the account that paid', NEW.invoice_id; END IF;"
                    " RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount:,}円"
