"""What the books keep of a person, and for how long: as the law wants them, and not longer.

An invoice must name who it was for (消費税法57の4), and its copy and the papers of its payment stay as long as the books
(消費税法施行規則15の5, 電子帳簿保存法7, 会社法432). When that time is over the sums, days and numbers stay, and the person goes.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from billing.models import (
    BankFile,
    BillingAccount,
    CreditNote,
    Deposit,
    Invoice,
    InvoicePaper,
    Payment,
    TransferLine,
)
from contracts.moments import start_of
from contracts.retention.category import Category, Erased, Piece
from contracts.retention.holds import held_subscribers
from contracts.retention.own import BOOKS_DAYS, ERASED_NAME, former_subscribers
from terms.article import ArticleRef

_AT_ONCE = 10_000
"""A day's round; whatever is left comes the next day."""
_OPEN = (Invoice.State.DRAFT, Invoice.State.ISSUED, Invoice.State.ASSIGNED)


def debtors() -> QuerySet[Invoice, Any]:
    """The keys of subscribers with a claim that is open or not asked for yet, or that another collects."""
    return Invoice.objects.filter(state__in=_OPEN).values("account__subscriber")


def _books(before: date) -> Iterator[Piece]:
    yield Piece("請求書の宛名と写し", before, partial(_unname_invoices, before))
    yield Piece("返還請求書の宛名", before, partial(_unname_notes, before))
    yield Piece("口座振替の名義と口座", before, partial(_unname_transfers, before))
    yield Piece("入金明細の振込人", before, partial(_unname_deposits, before))
    yield Piece("銀行とのファイルの中身", before, partial(_empty_files, before))


def _final(model: str, trigger: str) -> AbstractContextManager[None]:
    """Within it the rows of a model are not final: nothing but the person is taken out of them."""
    return pgtrigger.ignore(f"billing.{model}:{trigger}")


def _erased(count: int, held: QuerySet[Any]) -> Erased:
    """With how many are held, where anything went at all: what is held alone gets no certificate each night."""
    return Erased(count, held.count() if count else 0)


def _unname_invoices(before: date) -> Erased:
    over = Invoice.objects.filter(issued_on__lt=before).exclude(state__in=_OPEN)
    over = over.exclude(recipient=ERASED_NAME)
    held = over.filter(account__subscriber__in=held_subscribers("invoices"))
    keys = list(over.exclude(pk__in=held.values("pk")).order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])
    papers = InvoicePaper.objects.filter(invoice__in=keys)
    names = list(papers.values_list("name", flat=True))
    with _final("InvoicePaper", "append_only"):
        papers.delete()
    with _final("Invoice", "issued_is_final"):
        count = Invoice.objects.filter(pk__in=keys).update(recipient=ERASED_NAME, address="")
    transaction.on_commit(partial(_unlink, names))
    return _erased(count, held)


def _unlink(names: list[str]) -> None:
    for name in names:
        (Path(settings.MEDIA_ROOT) / name).unlink(missing_ok=True)


def _unname_notes(before: date) -> Erased:
    over = CreditNote.objects.filter(issued_on__lt=before, invoice__recipient=ERASED_NAME)
    with _final("CreditNote", "append_only"):
        return Erased(over.exclude(recipient=ERASED_NAME).update(recipient=ERASED_NAME, address=""))


def _unname_transfers(before: date) -> Erased:
    over = TransferLine.objects.filter(file__made_at__lt=start_of(before), invoice__recipient=ERASED_NAME)
    with _final("TransferLine", "answered_once"):
        return Erased(over.exclude(holder="").update(holder="", bank_account=""))


def _unname_deposits(before: date) -> Erased:
    """The key stands for the payer, so that two movements of a day stay apart."""
    over = Deposit.objects.filter(booked_on__lt=before).exclude(payer="")
    over = over.exclude(payer__startswith=ERASED_NAME).exclude(state=Deposit.State.OPEN)
    held = over.filter(payment__account__subscriber__in=held_subscribers("invoices"))
    free = over.exclude(pk__in=held.values("pk"))
    with _final("Deposit", "facts_are_final"):
        count = free.update(
            payer=Concat(Value(ERASED_NAME), Cast("pk", CharField())), payer_code="", summary=""
        )
    return _erased(count, held)


def _empty_files(before: date) -> Erased:
    """Their digests stay. While anybody is held, so are the files: each holds many."""
    over = BankFile.objects.filter(made_at__lt=start_of(before)).exclude(content=b"")
    if held_subscribers("invoices").exists():
        return Erased(0)
    with _final("BankFile", "append_only"):
        return Erased(over.update(content=b"", left_out=[]))


def _bank_accounts(before: date) -> Iterator[Piece]:
    yield Piece("元契約者の口座", before, partial(_forget_accounts, before))


def _forget_accounts(before: date) -> Erased:
    """Not of those to whom something may still be paid back."""
    credit = Payment.objects.unused().filter(account=OuterRef("pk"))
    kept = BillingAccount.objects.filter(~Exists(credit), subscriber__in=former_subscribers(before))
    kept = kept.exclude(account_number="")
    held = kept.filter(subscriber__in=held_subscribers("bank_accounts"))
    keys = list(kept.exclude(pk__in=held.values("pk")).order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])
    count = BillingAccount.objects.filter(pk__in=keys).update(
        method=BillingAccount.Method.BANK_DEPOSIT,
        bank_code="",
        branch_code="",
        account_number="",
        holder_kana="",
    )
    return _erased(count, held)


CATEGORIES = (
    Category(
        code="invoices",
        label=_("persons on invoices and in the books"),
        counted_from=_("the day of the entry; the law counts from the closing of the books of its year"),
        article=ArticleRef("statute", "会社法432"),
        least_days=BOOKS_DAYS,
        pieces=_books,
    ),
    Category(
        code="bank_accounts",
        label=_("bank accounts of former subscribers"),
        counted_from=_("the end of the last contract"),
        article=ArticleRef("statute", "個人情報保護法22"),
        pieces=_bank_accounts,
    ),
)
