"""Dates and months in what services answer, put into words for people: services write them as ISO 8601 does, which the API keeps."""

import re
from datetime import date

from django.utils.formats import date_format

_DAY = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])", re.ASCII)
_MONTH = re.compile(r"(?<![\w-])20\d{2}-\d{2}(?![\w-])", re.ASCII)


def days_in_words(text: str) -> str:
    """The text with its dates and months as the reader's language writes them: 2025年11月30日, Nov. 30, 2025; 2025年11月."""
    return _MONTH.sub(_month_in_words, _DAY.sub(_in_words, text))


def _in_words(found: re.Match[str]) -> str:
    try:
        return date_format(date.fromisoformat(found[0]), "DATE_FORMAT")
    except ValueError:
        return found[0]


def _month_in_words(found: re.Match[str]) -> str:
    try:
        return date_format(date.fromisoformat(f"{found[0]}-01"), "YEAR_MONTH_FORMAT")
    except ValueError:
        return found[0]
