"""How the cells of billing's files become values."""

from datetime import date

import jaconv
from django.utils.translation import gettext as _

from contracts.importing.columns import CellError, Column, read_day, read_text


def read_yen(cell: str) -> int:
    """Whole yen, 0 or more; full-width digits and commas are read too."""
    digits = jaconv.z2h(cell, kana=False, digit=True, ascii=True).replace(",", "").removesuffix("円")
    if not digits.isascii() or not digits.isdigit():
        raise CellError(_("“%(cell)s” is no amount; write whole yen, such as 1200.") % {"cell": cell})
    amount = int(digits)
    if amount > 2**31 - 1:
        raise CellError(_("“%(cell)s” is more than can be charged.") % {"cell": cell})
    return amount


def read_month(cell: str) -> date:
    """A month, as its first day: 2025-04, 2025/4 or 2025年4月."""
    try:
        return read_day(f"{cell.replace('/', '-').replace('年', '-').removesuffix('月')}-01")
    except CellError:
        raise CellError(_("“%(cell)s” is not a month; write it as 2025-04.") % {"cell": cell}) from None


def _number(cell: str) -> int:
    if not cell.isascii() or not cell.isdigit():
        raise CellError(_("“%(cell)s” is not a number of our list.") % {"cell": cell})
    return int(cell)


def _day_if_any(cell: str) -> date | None:
    return read_day(cell) if cell else None


COLLECTED = (
    Column("line", "照会番号", _number),
    *(
        Column(name, heading, read_text, required=False)
        for name, heading in (
            ("contract", "契約番号"),
            ("invoice", "請求書番号"),
            ("month", "請求月"),
            ("due", "支払期日"),
            ("asked", "金額"),
        )
    ),
    Column("amount", "回収額", read_yen),
    Column("paid_on", "入金日", _day_if_any, required=False),
)
"""One row is what a partner collected of one row of our list, yen with tax; without a day and with 0 where nothing was paid.
What else stands in our list may come back with it."""

USAGE = (
    Column("line", "回線番号", read_text),
    Column("month", "利用月", read_month),
    Column("amount", "金額", read_yen),
)
"""One row is what was measured on one line in one month: yen without tax, whoever used the line."""

PRICES = (
    Column("tariff", "料金コード", read_text),
    Column("valid_from", "適用開始日", read_day),
    Column("amount", "金額", read_yen),
    Column("note", "備考", read_text, required=False),
)
"""One row is the amount of one tariff from a day on."""
