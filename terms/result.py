"""What a rule returns: figures that explain themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from terms.article import ArticleRef
from terms.calendar import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One step of a calculation. The amounts of a result's lines add up to its amount.

    ``from_`` and ``to`` are half-open; ``rate`` is what the base was multiplied by, in text ("0.145", "21/30");
    ``text`` is a code of terms.texts.
    """

    text: str
    article: ArticleRef
    amount: int = 0
    from_: date | datetime | None = None
    to: date | datetime | None = None
    days: int | None = None
    rate: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The line for JSON; what does not apply is left out."""
        # By hand: a billing run writes a million lines.
        found: dict[str, Any] = {"text": self.text, "article": str(self.article), "amount": self.amount}
        if self.from_ is not None:
            found["from"] = self.from_.isoformat()
        if self.to is not None:
            found["to"] = self.to.isoformat()
        if self.days is not None:
            found["days"] = self.days
        if self.rate is not None:
            found["rate"] = self.rate
        return found


@dataclass(frozen=True, kw_only=True)
class Result:
    """Base of all results: the article it rests on, and the lines that lead to it."""

    article: ArticleRef
    lines: tuple[Line, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The whole result for JSON: dates in ISO form, citations as text, fractions as text."""
        found: dict[str, Any] = plain(self)
        found["lines"] = [line.as_dict() for line in self.lines]
        return found


def plain(value: Any) -> Any:
    """A value in the types of JSON."""
    if isinstance(value, Line | Result):
        return {field.name.rstrip("_"): plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, ArticleRef | Decimal | Fraction | Month):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value
