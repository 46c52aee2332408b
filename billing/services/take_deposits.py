"""Take the bank's list of movements: deposits that are surely somebody's become payments, the others wait for a person."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from billing.models import BankFile, BillingAccount, CollectionAccount, Deposit
from billing.services.assign_deposit import assign_deposit
from billing.services.keep_bank_file import came_before, keep_bank_file
from billing.zengin import deposits as zengin
from billing.zengin.errors import ZenginError
from billing.zengin.kana import payer_key, to_bank_kana
from contracts.moments import japan_date
from workflow.models import User


def take_deposits(*, content: bytes, name: str, by: User, at: datetime) -> BankFile:
    """Keep the file and each incoming movement; match by payer's name and amount.

    A deposit matches where exactly one account has that name in kana (the subscriber's or the bank account holder's) and
    owes that amount, on one invoice or on all together. The same file twice, and movements that another list had, change
    nothing. ValidationError for a file that is none or lists an account that is not ours: nothing changes.
    """
    known = came_before(BankFile.Kind.DEPOSITS, content)
    if known:
        return known
    try:
        statements = zengin.read(content, received_on=japan_date(at))
    except ZenginError as error:
        raise ValidationError({"content": str(error)}) from None
    with transaction.atomic():
        accounts = [_account(statement) for statement in statements]
        incoming = [
            (account, movement)
            for account, statement in zip(accounts, statements, strict=True)
            for movement in statement.movements
            if movement.incoming and movement.amount
        ]
        file = keep_bank_file(
            kind=BankFile.Kind.DEPOSITS,
            content=content,
            name=name,
            account=accounts[0] if accounts else None,
            count=len(incoming),
            amount=sum(movement.amount for _account, movement in incoming),
            by=by,
            at=at,
        )
        fresh = [deposit for each in incoming if (deposit := _keep(file, *each)) is not None]
        _match(fresh, by, at)
    return file


def _account(statement: zengin.Statement) -> CollectionAccount:
    found = CollectionAccount.objects.filter(
        bank_code=statement.bank_code,
        branch_code=statement.branch_code,
        account_number=statement.account_number,
    ).first()
    if found is None:
        raise ValidationError(
            {
                "content": _("The file lists account %(account)s, which is no collection account of ours.")
                % {"account": f"{statement.bank_code}-{statement.branch_code}-{statement.account_number}"}
            }
        )
    return found


def _keep(file: BankFile, account: CollectionAccount, movement: zengin.Movement) -> Deposit | None:
    """The deposit; None where an earlier list had it."""
    deposit, new = Deposit.objects.get_or_create(
        account=account,
        booked_on=movement.booked_on,
        inquiry_number=movement.inquiry_number,
        amount=movement.amount,
        payer=movement.payer,
        defaults={"file": file, "payer_code": movement.payer_code, "summary": movement.summary},
    )
    return deposit if new else None


def _match(deposits: Sequence[Deposit], by: User, at: datetime) -> None:
    known = _owing([deposit.amount for deposit in deposits if deposit.payer])
    for deposit in deposits:
        accounts = _named(deposit, known)
        # What one deposit of the file paid, the next cannot pay again.
        still = _named(deposit, _owing([deposit.amount], accounts)) if accounts else []
        if len(still) == 1:
            account = BillingAccount.objects.get(pk=still[0])
            assign_deposit(deposit=deposit, account=account, by=by, at=at, reason="")
            continue
        deposit.why_open = "several" if still else "nobody" if deposit.payer else "no_name"
        deposit.save(update_fields=["why_open"])


def candidates(deposit: Deposit) -> list[BillingAccount]:
    """The accounts that owe this amount under this name."""
    ids = _named(deposit, _owing([deposit.amount]))
    return list(BillingAccount.objects.filter(pk__in=ids).select_related("subscriber").order_by("pk")[:20])


Owing = dict[int, dict[int, set[str]]]
"""By amount the accounts that owe it, each with its names."""


def _named(deposit: Deposit, owing: Owing) -> list[int]:
    wanted = payer_key(deposit.payer)
    return [account for account, keys in owing.get(deposit.amount, {}).items() if wanted and wanted in keys]


def _owing(amounts: Sequence[int], accounts: Sequence[int] | None = None) -> Owing:
    """One look at the open invoices for all amounts of a file."""
    found: Owing = {}
    with connection.cursor() as cursor:
        cursor.execute(
            _OWING, {"amounts": list(amounts), "accounts": None if accounts is None else list(accounts)}
        )
        for amount, account_id, *written in cursor.fetchall():
            found.setdefault(amount, {})[account_id] = {key for name in written if (key := _key(name))}
    return found


def _key(name: str) -> str:
    try:
        return payer_key(to_bank_kana(name))
    except ZenginError:
        return ""


# Who owes one of these amounts on one invoice, or on all of theirs together.
_OWING = """
WITH open AS (
    SELECT account_id, total - paid AS owed FROM billing_invoice
     WHERE state = 'issued' AND total > paid
       AND (%(accounts)s::bigint[] IS NULL OR account_id = ANY(%(accounts)s::bigint[]))
), owing AS (
    SELECT owed, account_id FROM open WHERE owed = ANY(%(amounts)s::bigint[])
    UNION
    SELECT sum(owed), account_id FROM open GROUP BY account_id HAVING sum(owed) = ANY(%(amounts)s::bigint[])
)
SELECT owing.owed::bigint, account.id, subscriber.name_kana, account.holder_kana
  FROM owing JOIN billing_billingaccount account ON account.id = owing.account_id
  JOIN contracts_subscriber subscriber ON subscriber.id = account.subscriber_id
"""
