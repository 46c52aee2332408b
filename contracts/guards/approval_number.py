"""The form of approval numbers, and how long they are good: a practice of the trade (see the statute pack)."""

import re
from datetime import date, timedelta

EAST = frozenset(
    ["北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県",
     "千葉県", "東京都", "神奈川県", "新潟県", "山梨県", "長野県"]
)  # fmt: skip
"""The prefectures of NTT East; the others are NTT West's."""

LETTERS = {"conversion": ("E", "W"), "provider_change": ("F", "T")}
"""The first letter by kind of move: east, west."""


def first_letter(kind: str, prefecture: str) -> str:
    """The letter with which a number for a line in that prefecture begins."""
    east, west = LETTERS[kind]
    return east if prefecture in EAST else west


def is_well_formed(number: str, kind: str) -> bool:
    """A letter of the kind and ten digits."""
    return re.fullmatch(rf"[{''.join(LETTERS[kind])}]\d{{10}}", number) is not None


def stated_last_day(number: str, *, on: date, days: int) -> date | None:
    """The last good day that a provider change number states, if it lies within ``days`` counting ``on``; otherwise None."""
    month_day = number[1:5]
    candidates = (on + timedelta(ahead) for ahead in range(days))
    return next((day for day in candidates if f"{day:%m%d}" == month_day), None)
