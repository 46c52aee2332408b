"""To whole yen. Where a document is silent: down, once, at the end."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

Rounding = Literal["down", "half_up", "up"]


@dataclass(frozen=True)
class FromPack:
    """Marks a key that a rule's table may leave out: then the setting of that name in the pack's [rounding] decides."""

    setting: str


ChargeRounding = Annotated[Rounding, FromPack("charges")]
CreditRounding = Annotated[Rounding, FromPack("credits")]
Exact = int | Decimal | Fraction


def yen(value: Exact, rounding: Rounding) -> int:
    """Whole yen of an exact sum. ``down`` drops the fraction (切捨て), ``up`` counts it as one; both by size, so a credit
    written as a negative sum is rounded as the same charge would be."""
    exact = Fraction(value)
    size = abs(exact)
    whole = int(size)
    if rounding == "up":
        whole = -int(-size // 1)
    elif rounding == "half_up":
        whole = int(size + Fraction(1, 2))
    return whole if exact >= 0 else -whole


def shares(parts: Iterable[Exact], rounding: Rounding) -> Iterator[int]:
    """Whole yen of each part so that they add up to the rounded sum: rounding happens once, and every line is an integer."""
    exact, given = Fraction(0), 0
    for part in parts:
        exact += Fraction(part)
        now = yen(exact, rounding)
        yield now - given
        given = now
