"""What takes an allocation or a payment back. Append-only rows; nothing of the payment itself is changed."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models.book_month import not_into_closed_months


class AllocationRelease(models.Model):
    """An allocation taken back: the payment has the money again, and the invoice is owed again.

    A trigger takes it off ``Payment.allocated`` and ``Invoice.paid``; it refuses an invoice that is not open.
    """

    allocation = models.OneToOneField(
        "billing.Allocation", on_delete=models.PROTECT, related_name="release", verbose_name=_("allocation")
    )
    released_on = models.DateField(_("released on"))
    reason = models.CharField(_("reason"), max_length=1000)

    class Meta:
        verbose_name = _("released allocation")
        verbose_name_plural = _("released allocations")
        ordering = ["id"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            not_into_closed_months("open_month", "NEW.released_on"),
            pgtrigger.Trigger(
                name="take_off",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=(
                    "UPDATE billing_payment payment SET allocated = allocated - allocation.amount"
                    " FROM billing_allocation allocation"
                    " WHERE allocation.id = NEW.allocation_id AND payment.id = allocation.payment_id;"
                    " UPDATE billing_invoice invoice SET paid = paid - allocation.amount"
                    " FROM billing_allocation allocation WHERE allocation.id = NEW.allocation_id"
                    " AND invoice.id = allocation.invoice_id AND invoice.state = 'issued';"
                    " IF NOT FOUND THEN RAISE EXCEPTION"
                    " 'pgtrigger: the invoice of allocation % is not open', NEW.allocation_id; END IF;"
                    " RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.allocation} {self.released_on}"


class PaymentReturn(models.Model):
    """Yen of a payment that are the account's no more: paid back, or taken for somebody else's. Append-only.

    A trigger adds it to ``Payment.returned``; a constraint keeps it within what is not set against any invoice.
    """

    class Kind(models.TextChoices):
        REFUND = "refund", _("refund")
        CORRECTION = "correction", _("correction")

    payment = models.ForeignKey(
        "billing.Payment", on_delete=models.PROTECT, related_name="returns", verbose_name=_("payment")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    amount = models.PositiveIntegerField(_("amount"))
    returned_on = models.DateField(_("returned on"))
    reason = models.CharField(_("reason"), max_length=1000)

    class Meta:
        verbose_name = _("returned payment")
        verbose_name_plural = _("returned payments")
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="return_positive", condition=Q(amount__gt=0))]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            not_into_closed_months("open_month", "NEW.returned_on"),
            pgtrigger.Trigger(
                name="add_up",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=(
                    "UPDATE billing_payment SET returned = returned + NEW.amount WHERE id = NEW.payment_id;"
                    " RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount:,}円"
