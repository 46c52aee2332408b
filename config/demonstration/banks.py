"""Real bank and branch codes (zengin-code), with made-up account numbers."""

from functools import cache
from random import Random

from zengin_code import Bank

_USUAL = ("0001", "0005", "0009", "0010", "0149", "0152", "0517")


@cache
def _branches(bank: str) -> list[str]:
    return sorted(Bank.all[bank].branches)


def bank_account(rng: Random, holder_kana: str) -> dict[str, str]:
    """A bank account as the columns of a billing account."""
    bank = rng.choice([code for code in _USUAL if code in Bank.all])
    return {
        "bank_code": bank,
        "branch_code": rng.choice(_branches(bank)),
        "account_type": "1",
        "account_number": f"{rng.randint(0, 9_999_999):07d}",
        "holder_kana": holder_kana[:30],
    }
