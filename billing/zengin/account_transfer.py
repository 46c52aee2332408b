"""預金口座振替: the file that asks banks to debit accounts, and the same file as it comes back with results."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from billing.zengin.errors import ZenginError, in_record
from billing.zengin.layout import Field, Layout, records

LENGTH = 120
PAID = "0"
RESULTS = frozenset("012348") | frozenset("9NE")
"""0 debited, 1 no funds, 2 no such account, 3 the holder's wish, 4 no mandate, 8 the collector's wish, 9 other; N and E
(of some banks) other."""

HEADER = Layout(
    "header record",
    (
        Field("record", 1, "N", "1"),
        Field("kind", 2, "N", "91"),
        Field("code", 1, "N", "0"),
        Field("collector_code", 10, "N"),
        Field("collector_name", 40, "C"),
        Field("debit_day", 4, "N"),
        Field("bank_code", 4, "N"),
        Field("bank_name", 15, "C"),
        Field("branch_code", 3, "N"),
        Field("branch_name", 15, "C"),
        Field("account_type", 1, "N"),
        Field("account_number", 7, "N"),
        Field("spare", 17, "C"),
    ),
)
DATA = Layout(
    "data record",
    (
        Field("record", 1, "N", "2"),
        Field("bank_code", 4, "N"),
        Field("bank_name", 15, "C"),
        Field("branch_code", 3, "N"),
        Field("branch_name", 15, "C"),
        Field("spare", 4, "C"),
        Field("account_type", 1, "N"),
        Field("account_number", 7, "N"),
        Field("holder", 30, "C"),
        Field("amount", 10, "N"),
        Field("new_code", 1, "N"),
        Field("customer_number", 20, "C"),
        Field("result", 1, "C"),
        Field("spare_2", 8, "C"),
    ),
)
TRAILER = Layout(
    "trailer record",
    (
        Field("record", 1, "N", "8"),
        Field("count", 6, "N"),
        Field("amount", 12, "N"),
        Field("paid_count", 6, "N"),
        Field("paid_amount", 12, "N"),
        Field("failed_count", 6, "N"),
        Field("failed_amount", 12, "N"),
        Field("spare", 65, "C"),
    ),
)
END = Layout("end record", (Field("record", 1, "N", "9"), Field("spare", 119, "C")))


@dataclass(frozen=True, kw_only=True)
class Collector:
    """Who collects (委託者), and the account to which the money goes."""

    code: str
    name: str
    bank_code: str
    bank_name: str
    branch_code: str
    branch_name: str
    account_type: str
    account_number: str


@dataclass(frozen=True, kw_only=True)
class Debit:
    """One account to debit. ``new_code``: 1 first time, 2 changed, 0 neither. ``result``: "" until the bank answers."""

    bank_code: str
    bank_name: str
    branch_code: str
    branch_name: str
    account_type: str
    account_number: str
    holder: str
    amount: int
    new_code: str
    customer_number: str
    result: str = ""

    def answered(self, result: str) -> "Debit":
        """The same with the bank's result."""
        return replace(self, result=result)


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """A file: ``debit_day`` is month and day; the year is that of the request."""

    collector: Collector
    debit_day: str
    debits: tuple[Debit, ...]

    def is_for(self, day: date) -> bool:
        """Whether the debits are of that day."""
        return self.debit_day == f"{day:%m%d}"


def write(transfer: Transfer, *, line_ends: bool, unanswered: str = " ") -> bytes:
    """The file as bytes; each record followed by CR LF where ``line_ends``. ZenginError for what does not fit.

    ``unanswered``: what stands in a request in place of a result, " " or "0" as the bank wants it.
    """
    collector = transfer.collector
    header = {
        "collector_code": collector.code,
        "collector_name": collector.name,
        "debit_day": transfer.debit_day,
        "bank_code": collector.bank_code,
        "bank_name": collector.bank_name,
        "branch_code": collector.branch_code,
        "branch_name": collector.branch_name,
        "account_type": collector.account_type,
        "account_number": collector.account_number,
    }
    made = [HEADER.write(header), *(_debit(debit, unanswered) for debit in transfer.debits)]
    made += [TRAILER.write(_sums(transfer.debits)), END.write({})]
    end = b"\r\n" if line_ends else b""
    return b"".join(record + end for record in made)


def read(content: bytes) -> Transfer:
    """A request or result file. ZenginError where a record, the order or a sum is wrong."""
    found = records(content, LENGTH)
    if len(found) < 3 or [found[0][:1], found[-2][:1], found[-1][:1]] != [b"1", b"8", b"9"]:
        raise ZenginError(_("the file is not a header, data records, a trailer and an end record"))
    header = HEADER.read(found[0])
    debits = tuple(_read_debit(number, record) for number, record in enumerate(found[1:-2], 2))
    trailer = TRAILER.read(found[-2])
    END.read(found[-1])
    if not int(trailer["paid_count"]) + int(trailer["failed_count"]):
        # A request: what stands in place of the results says nothing.
        debits = tuple(debit.answered("") for debit in debits)
    for name, sum_ in _sums(debits).items():
        if int(trailer[name]) != sum_:
            raise ZenginError(
                _("%(record)s, %(field)s: %(value)s instead of %(right)s")
                % {"record": TRAILER.name, "field": name, "value": int(trailer[name]), "right": sum_}
            )
    collector = Collector(
        code=header["collector_code"],
        name=header["collector_name"],
        **{
            name: header[name]
            for name in (
                "bank_code",
                "bank_name",
                "branch_code",
                "branch_name",
                "account_type",
                "account_number",
            )
        },
    )
    return Transfer(collector=collector, debit_day=header["debit_day"], debits=debits)


def _debit(debit: Debit, unanswered: str) -> bytes:
    return DATA.write(vars(debit) | {"result": debit.result or unanswered})


def _read_debit(number: int, record: bytes) -> Debit:
    try:
        values = DATA.read(record)
    except ZenginError as error:
        raise in_record(number, error) from None
    if values["result"] and values["result"] not in RESULTS:
        raise in_record(number, _("“%(code)s” is no result code") % {"code": values["result"]})
    taken = {name: values[name] for name in Debit.__dataclass_fields__ if name != "amount"}
    return Debit(amount=int(values["amount"]), **taken)


def _sums(debits: Sequence[Debit]) -> dict[str, int]:
    paid = [debit.amount for debit in debits if debit.result == PAID]
    failed = [debit.amount for debit in debits if debit.result not in ("", PAID)]
    return {
        "count": len(debits),
        "amount": total(debits),
        "paid_count": len(paid),
        "paid_amount": sum(paid),
        "failed_count": len(failed),
        "failed_amount": sum(failed),
    }


def total(debits: Iterable[Debit]) -> int:
    """Yen to be debited."""
    return sum(debit.amount for debit in debits)
