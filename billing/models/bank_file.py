"""Files exchanged with banks, and the operator's own accounts at them."""

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.book_month import not_into_closed_months
from billing.zengin.errors import ZenginError
from billing.zengin.kana import to_bank_kana


class CollectionAccount(models.Model):
    """An account of ours (収納口座): transfers are collected to it under a collector’s code, and deposits arrive on it."""

    class AccountType(models.TextChoices):
        ORDINARY = "1", _("ordinary account")
        CURRENT = "2", _("current account")

    class Unanswered(models.TextChoices):
        BLANK = " ", _("a space")
        ZERO = "0", _("a zero")

    collector_code = models.CharField(
        _("collector’s code"), max_length=10, unique=True, validators=[RegexValidator(r"^\d{10}$")]
    )
    name_kana = models.CharField(_("name in kana"), max_length=40)
    bank_code = models.CharField(_("bank code"), max_length=4, validators=[RegexValidator(r"^\d{4}$")])
    branch_code = models.CharField(_("branch code"), max_length=3, validators=[RegexValidator(r"^\d{3}$")])
    account_type = models.CharField(
        _("account type"), max_length=1, choices=AccountType, default=AccountType.ORDINARY
    )
    account_number = models.CharField(
        _("account number"), max_length=7, validators=[RegexValidator(r"^\d{7}$")]
    )
    line_ends = models.BooleanField(
        _("line ends"), default=True, help_text=_("Whether the bank wants CR LF after each record.")
    )
    unanswered = models.CharField(
        _("in place of a result"), max_length=1, choices=Unanswered, default=Unanswered.ZERO
    )

    class Meta:
        verbose_name = _("collection account")
        verbose_name_plural = _("collection accounts")
        ordering = ["collector_code"]
        constraints = [
            models.UniqueConstraint(
                name="collection_account_once",
                fields=["bank_code", "branch_code", "account_type", "account_number"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.collector_code} {self.name_kana}"

    def clean(self) -> None:
        try:
            to_bank_kana(self.name_kana)
        except ZenginError as error:
            raise ValidationError({"name_kana": str(error)}) from None


class BankFile(models.Model):
    """A file as it was made or received, byte by byte. Append-only; ``sha256`` tells whether it was altered or came twice."""

    class Kind(models.TextChoices):
        TRANSFER_REQUEST = "transfer_request", _("account-transfer request")
        TRANSFER_RESULT = "transfer_result", _("account-transfer result")
        DEPOSITS = "deposits", _("list of movements")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    account = models.ForeignKey(
        CollectionAccount,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="files",
        verbose_name=_("collection account"),
    )
    name = models.CharField(_("file name"), max_length=120)
    content = models.BinaryField(_("bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    debit_on = models.DateField(_("debit day"), null=True, blank=True)
    answers = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answered_by",
        verbose_name=_("answers the request"),
    )
    count = models.PositiveIntegerField(_("records"))
    amount = models.BigIntegerField(_("yen"))
    left_out = models.JSONField(
        _("left out"), default=list, blank=True, help_text=_("Invoices that could not be asked for, and why.")
    )
    made_at = models.DateTimeField(_("made or received at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("bank file")
        verbose_name_plural = _("bank files")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="bank_file_once",
                fields=["kind", "sha256"],
                violation_error_message=_("This file is already there."),
            )
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            not_into_closed_months("open_month", "(NEW.made_at AT TIME ZONE 'Asia/Tokyo')::date"),
        ]

    def __str__(self) -> str:
        return self.name
