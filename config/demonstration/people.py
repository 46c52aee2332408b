"""Made-up people and corporations with readings, as an application form brings them."""

import tomllib
from pathlib import Path
from random import Random

_NAMES = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
SURNAMES, GIVEN_NAMES = _NAMES["surnames"], _NAMES["given_names"]
FIRM_NAMES, TRADES = _NAMES["firm_names"], _NAMES["trades"]


def person(rng: Random) -> dict[str, str]:
    """Name and reading of a person."""
    surname, given = rng.choice(list(SURNAMES)), rng.choice(list(GIVEN_NAMES))
    return {"name": f"{surname} {given}", "name_kana": f"{SURNAMES[surname]} {GIVEN_NAMES[given]}"}


def corporation(rng: Random) -> dict[str, str]:
    """Name, reading, corporate number (with its check digit) and contact person of a corporation."""
    firm, trade = rng.choice(list(FIRM_NAMES)), rng.choice(list(TRADES))
    return {
        "name": f"株式会社{firm}{trade}",
        "name_kana": f"カブシキガイシャ{FIRM_NAMES[firm]}{TRADES[trade]}",
        "corporate_number": corporate_number(rng),
        "contact_person": person(rng)["name"],
    }


def corporate_number(rng: Random) -> str:
    """Thirteen digits whose first is the check digit of the others (法人番号省令2)."""
    digits = [rng.randint(0, 9) for _ in range(12)]
    total = sum(digit * (1 if n % 2 else 2) for n, digit in enumerate(reversed(digits), start=1))
    return f"{9 - total % 9}{''.join(map(str, digits))}"


def phone(rng: Random) -> str:
    """A telephone number of a range that is not given out."""
    return f"03-0{rng.randint(100, 999)}-{rng.randint(0, 9999):04d}"
