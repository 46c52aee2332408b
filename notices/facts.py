"""The kinds of facts that a notice states: what is accepted, how it is kept, and how the Japanese text shows it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models.enums import Choices
from django.utils import timezone
from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """One kind of fact.

    ``wanted`` names it in an error, ``accepts`` checks a value, ``keep`` gives what JSON holds, ``show`` the words of the text.
    ``open_ended`` kinds also take None, which the text puts in words of its own ("until the debt is paid").
    """

    wanted: str
    accepts: Callable[[Any], bool]
    keep: Callable[[Any], Any]
    show: Callable[[Any], Any]
    open_ended: bool = False

    def takes(self, value: Any) -> bool:
        """Whether ``value`` is of this kind."""
        return self.open_ended if value is None else self.accepts(value)

    def kept(self, value: Any) -> Any:
        """The value as JSON keeps it."""
        return None if value is None else self.keep(value)

    def shown(self, value: Any) -> Any:
        """The value as the text shows it."""
        return None if value is None else self.show(value)


def day_words(day: date) -> str:
    """2025年4月1日"""
    return f"{day.year}年{day.month}月{day.day}日"


def moment_words(moment: datetime) -> str:
    """2025年4月1日 9時30分, on the Japanese clock."""
    local = timezone.localtime(moment)
    return f"{day_words(local.date())} {local.hour}時{local.minute:02d}分"


def yen_words(yen: int) -> str:
    """1,234円"""
    return f"{yen:,}円"


def _is_text(value: Any) -> bool:
    return isinstance(value, str | Promise) and not isinstance(value, Choices) and bool(str(value).strip())


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(_is_text(text) for text in value)


def _is_fees(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and bool(value)
        and all(
            isinstance(fee, list | tuple) and len(fee) == 2 and _is_text(fee[0]) and _is_whole(fee[1])
            for fee in value
        )
    )


def _strings(texts: list[Any]) -> list[str]:
    return [str(text) for text in texts]


TEXT = Kind("a text, in Japanese", _is_text, str, str)
TEXTS = Kind("a list of texts, in Japanese", _is_texts, _strings, _strings)
# The member and not its label: a label that was read already is in the language of whoever clicked.
CHOICE = Kind(
    "a member of a TextChoices, such as Request.Kind(request.kind)",
    lambda value: isinstance(value, Choices),
    lambda choice: choice.value,
    lambda choice: str(choice.label),
)
FLAG = Kind("True or False", lambda value: isinstance(value, bool), bool, bool)
COUNT = Kind("a whole number", _is_whole, int, "{:,}".format)
YEN = Kind("whole yen", _is_whole, int, yen_words)
DAY = Kind(
    "a date",
    lambda value: isinstance(value, date) and not isinstance(value, datetime),
    date.isoformat,
    day_words,
)
OPEN_DAY = replace(DAY, wanted="a date, or None where there is no last day", open_ended=True)
MONTH = replace(DAY, wanted="a date in the month", show=lambda day: f"{day.year}年{day.month}月")
MOMENT = Kind(
    "an aware datetime",
    lambda value: isinstance(value, datetime) and timezone.is_aware(value),
    lambda moment: timezone.localtime(moment).isoformat(),
    moment_words,
)
FEES = Kind(
    "a list of (name, yen)",
    _is_fees,
    lambda fees: [[str(name), yen] for name, yen in fees],
    lambda fees: [f"{name}　{yen_words(yen)}" for name, yen in fees],
)
