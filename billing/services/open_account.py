"""Open the billing account of a subscriber, or say anew how they pay."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from billing.models import BillingAccount, InvoiceChoice
from billing.selectors import unbilled_since
from contracts.models import Subscriber
from workflow.models import User


def open_account(
    *, subscriber: Subscriber, by: User, method: str = BillingAccount.Method.BANK_DEPOSIT, **bank: Any
) -> BillingAccount:
    """The account of ``subscriber`` with its means of payment; ``bank`` are the account's own columns (bank_code, …).

    An account that is there already is changed. ValidationError names the field that is missing or wrong.
    """
    with transaction.atomic():
        account = BillingAccount.objects.select_for_update().filter(
            subscriber=subscriber
        ).first() or BillingAccount(subscriber=subscriber)
        account.method = method
        for name, value in bank.items():
            setattr(account, name, value)
        account.full_clean()
        account.save()
        _choose_transfer(account)
    return account


def _choose_transfer(account: BillingAccount) -> None:
    """From the first month that is not billed yet, invoices are asked for by account transfer, or no more: each bears the
    fee for it, where there is one (hikari-line 39, 料金表 第2類 口座振替手数料)."""
    standing = account.invoice_choices.filter(kind=InvoiceChoice.Kind.TRANSFER, until__isnull=True).first()
    wished = account.method == BillingAccount.Method.ACCOUNT_TRANSFER
    since = unbilled_since() or date.min
    if wished and standing is None:
        InvoiceChoice.objects.create(account=account, kind=InvoiceChoice.Kind.TRANSFER, since=since)
    elif standing and not wished:
        standing.until = max(standing.since, since)
        standing.save(update_fields=["until"])


def methods_for(account: BillingAccount | None) -> list[BillingAccount.Method]:
    """The means that a subscriber can choose alone: account transfer only where the bank account is on file already."""
    known = account is not None and bool(account.bank_code)
    return [each for each in BillingAccount.Method if known or each != BillingAccount.Method.ACCOUNT_TRANSFER]


def choose_method(*, subscriber: Subscriber, method: str, by: User) -> BillingAccount:
    """The subscriber pays by ``method`` from now on; the bank account on file stays. ValidationError where it cannot be chosen."""
    account = BillingAccount.objects.filter(subscriber=subscriber).first()
    if method not in methods_for(account):
        raise ValidationError({"method": _("Choose one of the means that are offered.")})
    return open_account(subscriber=subscriber, method=method, by=by)


def open_missing_accounts() -> int:
    """An account, paid by bank deposit, for each who has or had an accepted contract and has none. How many were opened."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO billing_billingaccount
                   (subscriber_id, method, bank_code, branch_code, account_type, account_number, holder_kana)
            SELECT subscriber.id, 'bank_deposit', '', '', '1', '', ''
              FROM contracts_subscriber subscriber
             WHERE NOT EXISTS (SELECT FROM billing_billingaccount account WHERE account.subscriber_id = subscriber.id)
               AND (EXISTS (SELECT FROM contracts_contract contract
                             WHERE contract.subscriber_id = subscriber.id AND contract.formed_on IS NOT NULL)
                    OR EXISTS (SELECT FROM contracts_subscriberchange change WHERE change.old_id = subscriber.id))
             ORDER BY subscriber.id
            ON CONFLICT DO NOTHING
            """
        )
        return int(cursor.rowcount)
