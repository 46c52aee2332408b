"""A category of data: what it is, on what its period rests, and how what has outlived it is erased."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

from contracts.models import RetentionPeriod
from terms.article import ArticleRef


@dataclass(frozen=True, slots=True)
class Erased:
    """How many rows are gone, and how many were kept aside because they are held."""

    count: int
    held_back: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """What is erased at once, in a transaction of its own and with a certificate: all of it before the day ``until``."""

    what: str
    until: date
    erase: Callable[[], Erased]


@dataclass(frozen=True, slots=True)
class Telling:
    """Who must be told of a period before anything is erased by it.

    ``tell`` writes the notices of a period at a moment and returns how many; ``untold`` counts those whose notice has not left.
    """

    tell: Callable[[RetentionPeriod, datetime], int]
    untold: Callable[[RetentionPeriod], int]


@dataclass(frozen=True, kw_only=True)
class Category:
    """``counted_from`` says what the days count from; ``least_days`` is what the law itself demands.

    ``pieces`` finds what began before a day, in order of time. None where nothing is erased by itself: then the period tells how
    long it must stay.
    """

    code: str
    label: Promise
    counted_from: Promise
    article: ArticleRef
    least_days: int = 1
    pieces: Callable[[date], Iterator[Piece]] | None = None
    telling: Telling | None = None
