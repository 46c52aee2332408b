"""How a subscriber pays."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models.invoice_triggers import kept_while_charged
from billing.zengin.errors import ZenginError
from billing.zengin.kana import to_bank_kana


class BillingAccount(models.Model):
    """One per subscriber: the means of payment and, for account transfer, the bank account."""

    class Method(models.TextChoices):
        ACCOUNT_TRANSFER = "account_transfer", _("account transfer")
        BANK_DEPOSIT = "bank_deposit", _("bank deposit")
        CARD = "card", _("card")
        CONVENIENCE_STORE = "convenience_store", _("convenience store")

    class AccountType(models.TextChoices):
        ORDINARY = "1", _("ordinary account")
        CURRENT = "2", _("current account")

    subscriber = models.OneToOneField(
        "contracts.Subscriber",
        on_delete=models.PROTECT,
        related_name="billing_account",
        verbose_name=_("subscriber"),
    )
    method = models.CharField(_("payment method"), max_length=20, choices=Method, default=Method.BANK_DEPOSIT)
    bank_code = models.CharField(
        _("bank code"), max_length=4, blank=True, validators=[RegexValidator(r"^\d{4}$")]
    )
    branch_code = models.CharField(
        _("branch code"), max_length=3, blank=True, validators=[RegexValidator(r"^\d{3}$")]
    )
    account_type = models.CharField(
        _("account type"), max_length=1, choices=AccountType, default=AccountType.ORDINARY, blank=True
    )
    account_number = models.CharField(
        _("account number"), max_length=7, blank=True, validators=[RegexValidator(r"^\d{7}$")]
    )
    holder_kana = models.CharField(_("account holder in kana"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("billing account")
        verbose_name_plural = _("billing accounts")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="account_transfer_needs_a_bank_account",
                condition=~Q(method="account_transfer")
                | (~Q(bank_code="") & ~Q(branch_code="") & ~Q(account_number="") & ~Q(holder_kana="")),
                violation_error_message=_("Account transfer needs bank, branch, account number and holder."),
            )
        ]
        # Invoices keep their account by a foreign key; what is not invoiced yet is looked for here.
        triggers = [
            kept_while_charged(
                "kept_while_charged", "charge.account_id = OLD.id AND charge.invoice_id IS NULL"
            )
        ]

    def __str__(self) -> str:
        return str(self.subscriber)

    def clean(self) -> None:
        """A holder whose name no bank file can carry is refused where it is entered."""
        if not self.holder_kana:
            return
        try:
            written = to_bank_kana(self.holder_kana)
        except ZenginError as error:
            raise ValidationError({"holder_kana": str(error)}) from None
        if len(written) > 30:
            raise ValidationError(
                {"holder_kana": _("In half-width kana the name is longer than 30 characters; shorten it.")}
            )
