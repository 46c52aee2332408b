"""The columns of an import file: their names in both languages, and how a cell becomes a value."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import jaconv
from django.utils.translation import gettext as _

from contracts.models import Subscriber


class CellError(ValueError):
    """A cell that cannot be read; the message says what is expected."""


@dataclass(frozen=True)
class Column:
    """One column: its English name, its Japanese heading, whether a cell may be empty, and how it is read."""

    name: str
    heading: str
    read: Callable[[str], Any]
    required: bool = True


def read_text(cell: str) -> str:
    return cell


def _kana(cell: str) -> str:
    return jaconv.h2z(jaconv.hira2kata(cell))


def _digits(cell: str) -> str:
    return jaconv.z2h(cell, kana=False, digit=True, ascii=True).replace("-", "").replace("〒", "")


def _phone(cell: str) -> str:
    return jaconv.z2h(cell, kana=False, digit=True, ascii=True)


_DAY = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?")


def read_day(cell: str) -> date:
    """2025-04-01, and as spreadsheets and people write it: 2025/4/1, 2025年4月1日. CellError for what is no day."""
    parts = _DAY.fullmatch(jaconv.z2h(cell, kana=False, digit=True, ascii=True))
    try:
        if parts is None:
            raise ValueError(cell)
        return date(*map(int, parts.groups()))
    except ValueError:
        raise CellError(_("“%(cell)s” is not a date; write it as 2025-04-01.") % {"cell": cell}) from None


def _day_if_known(cell: str) -> date | None:
    return read_day(cell) if cell else None


def _kind(cell: str) -> str:
    kinds = {"個人": "person", "法人": "corporation"} | {kind: kind for kind in Subscriber.Kind.values}
    if cell not in kinds:
        raise CellError(_("“%(cell)s” is neither 個人 (person) nor 法人 (corporation).") % {"cell": cell})
    return kinds[cell]


def _channel(cell: str) -> str:
    channels = {"": "email", "メール": "email", "郵送": "letter"} | {c: c for c in Subscriber.Channel.values}
    if cell not in channels:
        raise CellError(_("“%(cell)s” is neither メール (email) nor 郵送 (letter).") % {"cell": cell})
    return channels[cell]


COLUMNS = (
    Column("subscriber_key", "顧客キー", read_text),
    Column("kind", "種別", _kind),
    Column("name", "氏名", read_text),
    Column("name_kana", "フリガナ", _kana),
    Column("corporate_number", "法人番号", _digits, required=False),
    Column("contact_person", "担当者", read_text, required=False),
    Column("postal_code", "郵便番号", _digits),
    Column("prefecture", "都道府県", read_text),
    Column("city", "市区町村", read_text),
    Column("town", "町名番地", read_text),
    Column("building", "建物名", read_text, required=False),
    Column("email", "メールアドレス", read_text, required=False),
    Column("phone", "電話番号", _phone),
    Column("channel", "通知方法", _channel, required=False),
    Column("product", "商品コード", read_text),
    Column("service_start", "利用開始日", read_day),
    Column("document_received_on", "契約書面受領日", _day_if_known, required=False),
)
"""One row is one contract; rows with the same ``subscriber_key`` belong to one subscriber."""
