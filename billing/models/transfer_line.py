"""One invoice asked for by account transfer, and what the bank answered."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TransferLine(models.Model):
    """A data record of a request. Nothing changes on it but the bank's answer, once.

    The bank account is the one that was debited; a later request compares with it to tell the bank of a first or
    changed account.
    """

    class Result(models.TextChoices):
        WAITING = "", _("waiting")
        PAID = "0", _("debited")
        NO_FUNDS = "1", _("no funds")
        NO_ACCOUNT = "2", _("no such account")
        HOLDER = "3", _("stopped by the account holder")
        NO_MANDATE = "4", _("no mandate")
        COLLECTOR = "8", _("stopped by the collector")
        OTHER = "9", _("other reason")
        OTHER_N = "N", _("other reason (N)")
        OTHER_E = "E", _("other reason (E)")

    file = models.ForeignKey(
        "billing.BankFile", on_delete=models.PROTECT, related_name="lines", verbose_name=_("bank file")
    )
    number = models.PositiveIntegerField(_("number"), help_text=_("Its place in the file, from 1."))
    invoice = models.ForeignKey(
        "billing.Invoice", on_delete=models.PROTECT, related_name="transfers", verbose_name=_("invoice")
    )
    account = models.ForeignKey(
        "billing.BillingAccount",
        on_delete=models.PROTECT,
        related_name="transfers",
        verbose_name=_("billing account"),
    )
    amount = models.PositiveIntegerField(_("amount"))
    bank_account = models.CharField(
        _("bank account"), max_length=15, help_text=_("Bank, branch, type and number.")
    )
    holder = models.CharField(_("account holder in kana"), max_length=30)
    new_code = models.CharField(_("new account"), max_length=1)
    customer_number = models.CharField(_("customer number at the bank"), max_length=20)
    result = models.CharField(
        _("result"), max_length=1, choices=Result, blank=True, default=Result.WAITING.value
    )
    result_file = models.ForeignKey(
        "billing.BankFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("result file"),
    )
    payment = models.OneToOneField(
        "billing.Payment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="transfer",
        verbose_name=_("payment"),
    )

    class Meta:
        verbose_name = _("account transfer")
        verbose_name_plural = _("account transfers")
        ordering = ["-file_id", "number"]
        constraints = [
            models.UniqueConstraint(name="transfer_line_once", fields=["file", "number"]),
            # Asked for at most once at a time.
            models.UniqueConstraint(
                name="transfer_in_flight_once", fields=["invoice"], condition=Q(result="")
            ),
            models.CheckConstraint(name="transfer_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="transfer_paid_has_payment",
                condition=Q(result="0", payment__isnull=False) | (~Q(result="0") & Q(payment__isnull=True)),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="answered_once", operation=pgtrigger.Update, condition=~pgtrigger.Q(old__result="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} {self.amount:,}円"
