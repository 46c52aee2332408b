"""入出金取引明細: what came into an account and went out of it, as the bank lists it (200-byte records)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from billing.zengin.errors import ZenginError, in_record
from billing.zengin.layout import Field, Layout, records

LENGTH = 200
IN, OUT = "1", "2"

HEADER = Layout(
    "header record",
    (
        Field("record", 1, "N", "1"),
        Field("kind", 2, "N", "03"),
        Field("code", 1, "N", "0"),
        Field("made_on", 6, "N"),
        Field("first_day", 6, "N"),
        Field("last_day", 6, "N"),
        Field("bank_code", 4, "N"),
        Field("bank_name", 15, "C"),
        Field("branch_code", 3, "N"),
        Field("branch_name", 15, "C"),
        Field("spare", 3, "N"),
        Field("account_type", 1, "N"),
        Field("account_number", 10, "N"),
        Field("account_name", 40, "C"),
        Field("overdrawn", 1, "N"),
        Field("book", 1, "N"),
        Field("balance_before", 14, "N"),
        Field("spare_2", 71, "C"),
    ),
)
DATA = Layout(
    "data record",
    (
        Field("record", 1, "N", "2"),
        Field("inquiry_number", 8, "N"),
        Field("booked_on", 6, "N"),
        Field("value_on", 6, "N"),
        Field("direction", 1, "N"),
        Field("transaction", 2, "N"),
        Field("amount", 12, "N"),
        Field("cheques", 12, "N"),
        Field("presented_on", 6, "N"),
        Field("returned_on", 6, "N"),
        Field("cheque_kind", 1, "N"),
        Field("cheque_number", 7, "N"),
        Field("other_branch", 3, "N"),
        Field("payer_code", 10, "N"),
        Field("payer", 48, "C"),
        Field("bank_name", 15, "C"),
        Field("branch_name", 15, "C"),
        Field("summary", 20, "C"),
        Field("edi", 20, "C"),
        Field("spare", 1, "C"),
    ),
)
TRAILER = Layout(
    "trailer record",
    (
        Field("record", 1, "N", "8"),
        Field("in_count", 6, "N"),
        Field("in_amount", 13, "N"),
        Field("out_count", 6, "N"),
        Field("out_amount", 13, "N"),
        Field("overdrawn", 1, "N"),
        Field("balance_after", 14, "N"),
        Field("data_count", 7, "N"),
        Field("spare", 139, "C"),
    ),
)
END = Layout(
    "end record",
    (
        Field("record", 1, "N", "9"),
        Field("records", 10, "N"),
        Field("accounts", 5, "N"),
        Field("spare", 184, "C"),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Movement:
    """One movement: when it was booked, into the account or out of it, how many yen, from whom."""

    inquiry_number: str
    booked_on: date
    incoming: bool
    amount: int
    payer_code: str = ""
    payer: str = ""
    bank_name: str = ""
    branch_name: str = ""
    summary: str = ""
    edi: str = ""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """The movements of one account of ours."""

    bank_code: str
    branch_code: str
    account_type: str
    account_number: str
    movements: tuple[Movement, ...]


def read(content: bytes, *, received_on: date) -> list[Statement]:
    """Every account of the file. ``received_on``: by this day the years of two digits are read.

    ZenginError where a record, the order or a sum is wrong.
    """
    found = records(content, LENGTH)
    if found[-1][:1] != b"9":
        raise ZenginError(_("the file has no end record: it may be cut off"))
    END.read(found[-1])
    statements: list[Statement] = []
    header: dict[str, str] | None = None
    movements: list[Movement] = []
    for number, record in enumerate(found[:-1], 1):
        kind = record[:1]
        try:
            if kind == b"1" and header is None:
                header, movements = HEADER.read(record), []
            elif kind == b"2" and header is not None:
                movements.append(_movement(DATA.read(record), received_on))
            elif kind == b"8" and header is not None:
                _check(TRAILER.read(record), movements)
                statements.append(_statement(header, movements))
                header = None
            else:
                raise ZenginError(_("a record that cannot stand here"))
        except ZenginError as error:
            raise in_record(number, error) from None
    if header is not None:
        raise ZenginError(_("an account without a trailer record: the file may be cut off"))
    return statements


def write(statements: Sequence[Statement], *, line_ends: bool) -> bytes:
    """The file as a bank would write it, with years of the Japanese era."""
    made: list[bytes] = []
    for statement in statements:
        days = [movement.booked_on for movement in statement.movements] or [date(2019, 5, 1)]
        own = {name: getattr(statement, name) for name in ("bank_code", "branch_code", "account_type")}
        made.append(
            HEADER.write(
                {
                    **own,
                    "account_number": statement.account_number,
                    "made_on": _written(max(days)),
                    "first_day": _written(min(days)),
                    "last_day": _written(max(days)),
                }
            )
        )
        made += [_data(movement) for movement in statement.movements]
        made.append(TRAILER.write(_sums(statement.movements)))
    made.append(END.write({"records": len(made) + 1, "accounts": len(statements)}))
    end = b"\r\n" if line_ends else b""
    return b"".join(record + end for record in made)


def _data(movement: Movement) -> bytes:
    day = _written(movement.booked_on)
    direction = IN if movement.incoming else OUT
    return DATA.write(vars(movement) | {"booked_on": day, "value_on": day, "direction": direction})


def _movement(values: dict[str, str], received_on: date) -> Movement:
    if values["direction"] not in (IN, OUT):
        raise ZenginError(
            _("%(field)s: “%(value)s” instead of %(right)s")
            % {"field": "direction", "value": values["direction"], "right": "1, 2"}
        )
    texts = ("inquiry_number", "payer_code", "payer", "bank_name", "branch_name", "summary", "edi")
    return Movement(
        booked_on=_day(values["booked_on"], received_on),
        incoming=values["direction"] == IN,
        amount=int(values["amount"]),
        **{name: values[name] for name in texts},
    )


def _statement(header: dict[str, str], movements: list[Movement]) -> Statement:
    return Statement(
        bank_code=header["bank_code"],
        branch_code=header["branch_code"],
        account_type=header["account_type"],
        account_number=header["account_number"][-7:],
        movements=tuple(movements),
    )


def _sums(movements: Sequence[Movement]) -> dict[str, int]:
    ins = [movement.amount for movement in movements if movement.incoming]
    outs = [movement.amount for movement in movements if not movement.incoming]
    return {
        "in_count": len(ins),
        "in_amount": sum(ins),
        "out_count": len(outs),
        "out_amount": sum(outs),
        "data_count": len(movements),
    }


def _check(trailer: dict[str, str], movements: Sequence[Movement]) -> None:
    for name, sum_ in _sums(movements).items():
        if int(trailer[name]) != sum_:
            raise ZenginError(
                _("%(record)s, %(field)s: %(value)s instead of %(right)s")
                % {"record": TRAILER.name, "field": name, "value": int(trailer[name]), "right": sum_}
            )


_REIWA, _CENTURY = 2018, 2000


def _written(day: date) -> str:
    return f"{day.year - _REIWA:02d}{day:%m%d}"


def _day(digits: str, received_on: date) -> date:
    """The day of a year with two digits, of the era or of the century: whichever lies nearer before the receipt."""
    found = []
    for base in (_REIWA, _CENTURY):
        try:
            found.append(date(base + int(digits[:2]), int(digits[2:4]), int(digits[4:])))
        except ValueError:
            continue
    past = [day for day in found if day <= received_on]
    if not past:
        raise ZenginError(_("“%(digits)s” is no day up to %(day)s") % {"digits": digits, "day": received_on})
    return max(past)
