"""Keep a file exchanged with a bank as it is, with its digest."""

from datetime import date, datetime
from hashlib import sha256

from billing.models import BankFile, CollectionAccount
from workflow.models import User


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return sha256(content).hexdigest()


def came_before(kind: str, content: bytes) -> BankFile | None:
    """The same bytes, where they came before."""
    return BankFile.objects.filter(kind=kind, sha256=digest(content)).first()


def keep_bank_file(
    *,
    kind: str,
    content: bytes,
    name: str,
    account: CollectionAccount | None,
    count: int,
    amount: int,
    by: User,
    at: datetime,
    debit_on: date | None = None,
    answers: BankFile | None = None,
    left_out: list[str] | None = None,
) -> BankFile:
    """A row that nobody can change. ``left_out``: what could not be asked for, and why."""
    return BankFile.objects.create(
        kind=kind,
        account=account,
        name=name[-120:],
        content=content,
        sha256=digest(content),
        debit_on=debit_on,
        answers=answers,
        count=count,
        amount=amount,
        left_out=left_out or [],
        made_at=at,
        made_by=by,
    )
