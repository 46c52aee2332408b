"""Ask the banks to debit what is due: one 口座振替 file."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from billing.bank_names import bank_names
from billing.falling_due import with_falling_due
from billing.models import BankFile, BillingAccount, CollectionAccount, Dispute, Invoice, TransferLine
from billing.partner_dues import asked_by_partners
from billing.services.keep_bank_file import keep_bank_file
from billing.zengin import account_transfer as zengin
from billing.zengin.errors import ZenginError
from billing.zengin.kana import to_bank_kana
from contracts.moments import japan_date
from terms.calendar import bank_day_from
from workflow.models import User


def make_transfer_request(*, account: CollectionAccount, debit_on: date, by: User, at: datetime) -> BankFile:
    """A request for every open invoice that is due by the debit day and paid by account transfer.

    ``debit_on`` moves to the next day on which banks are open. An invoice is in one request at a time: it is asked for
    again only after the bank answered that it was not debited. Contested invoices are not asked for, nor what a partner
    collects. One whose name no
    file can carry is left out, and the file says so. ValidationError where there is nothing to ask for, or no time left.
    """
    debit_on = bank_day_from(debit_on)
    if debit_on <= japan_date(at):
        raise ValidationError({"debit_on": _("The banks need the file before the debit day.")})
    with transaction.atomic():
        invoices = list(_due(debit_on))
        elsewhere = asked_by_partners([invoice.pk for invoice in invoices])
        before = _accounts_before({invoice.account_id for invoice in invoices})
        lines, debits, left_out = [], [], []
        for invoice in invoices:
            if (amount := invoice.open_amount - elsewhere.get(invoice.pk, 0)) <= 0:
                continue
            try:
                debit = _debit(invoice, amount, before.get(invoice.account_id))
            except ZenginError as error:
                left_out.append(f"{invoice}: {error}")
                continue
            before[invoice.account_id] = (bank_account(invoice.account), invoice.account.holder_kana)
            debits.append(debit)
            lines.append(_line(invoice, debit, len(debits)))
        if not debits:
            raise ValidationError(
                _("No invoice due by %(day)s waits for account transfer.") % {"day": debit_on}
            )
        transfer = zengin.Transfer(
            collector=_collector(account), debit_day=f"{debit_on:%m%d}", debits=tuple(debits)
        )
        file = keep_bank_file(
            kind=BankFile.Kind.TRANSFER_REQUEST,
            content=zengin.write(transfer, line_ends=account.line_ends, unanswered=account.unanswered),
            name=f"koufuri-{account.collector_code}-{debit_on:%Y%m%d}.txt",
            account=account,
            count=len(debits),
            amount=zengin.total(debits),
            by=by,
            at=at,
            debit_on=debit_on,
            left_out=left_out,
        )
        for line in lines:
            line.file = file
        TransferLine.objects.bulk_create(lines, batch_size=5000)
    return file


def waiting_for_transfer() -> QuerySet[Invoice]:
    """Open invoices paid by account transfer that no bank was asked for, or that the bank did not debit."""
    return Invoice.objects.filter(
        ~Exists(TransferLine.objects.filter(invoice=OuterRef("pk"), result="")),
        ~Exists(Dispute.objects.filter(invoice=OuterRef("pk"), closed_on__isnull=True)),
        state=Invoice.State.ISSUED,
        paid__lt=F("total"),
        account__method=BillingAccount.Method.ACCOUNT_TRANSFER,
    )


def bank_account(account: BillingAccount) -> str:
    """Bank, branch, type and number as one word."""
    return f"{account.bank_code}{account.branch_code}{account.account_type}{account.account_number}"


def _due(debit_on: date) -> QuerySet[Invoice]:
    return (
        with_falling_due(waiting_for_transfer())
        .filter(falls_due__lte=debit_on)
        .select_related("account")
        .select_for_update(of=("self",))
        .order_by("account_id", "falls_due", "id")
    )


def _accounts_before(accounts: Iterable[int]) -> dict[int, tuple[str, str]]:
    """The bank account and holder that was last asked for, by billing account."""
    found = (
        TransferLine.objects.filter(account__in=list(accounts))
        .order_by("account_id", "-id")
        .distinct("account_id")
        .values_list("account_id", "bank_account", "holder")
    )
    return {account: (numbers, holder) for account, numbers, holder in found}


def _debit(invoice: Invoice, amount: int, before: tuple[str, str] | None) -> zengin.Debit:
    account = invoice.account
    holder = to_bank_kana(account.holder_kana)
    bank, branch = bank_names(account.bank_code, account.branch_code)
    same = before is not None and (before[0], to_bank_kana(before[1])) == (bank_account(account), holder)
    debit = zengin.Debit(
        bank_code=account.bank_code,
        bank_name=bank,
        branch_code=account.branch_code,
        branch_name=branch,
        account_type=account.account_type,
        account_number=account.account_number,
        holder=holder,
        amount=amount,
        new_code="0" if same else "1" if before is None else "2",
        customer_number=f"{account.pk:010d}{invoice.pk:010d}",
    )
    zengin.DATA.write(vars(debit))
    return debit


def _line(invoice: Invoice, debit: zengin.Debit, number: int) -> TransferLine:
    return TransferLine(
        number=number,
        invoice=invoice,
        account=invoice.account,
        amount=debit.amount,
        bank_account=bank_account(invoice.account),
        holder=invoice.account.holder_kana,
        new_code=debit.new_code,
        customer_number=debit.customer_number,
    )


def _collector(account: CollectionAccount) -> zengin.Collector:
    bank, branch = bank_names(account.bank_code, account.branch_code)
    return zengin.Collector(
        code=account.collector_code,
        name=to_bank_kana(account.name_kana),
        bank_code=account.bank_code,
        bank_name=bank,
        branch_code=account.branch_code,
        branch_name=branch,
        account_type=account.account_type,
        account_number=account.account_number,
    )
