"""What a bank and a branch are called in bank files (全国銀行コード)."""

from zengin_code import Bank

from billing.zengin.errors import ZenginError
from billing.zengin.kana import to_bank_kana


def bank_names(bank_code: str, branch_code: str) -> tuple[str, str]:
    """Bank and branch in bank kana, cut to what a record holds; blank where the list does not know them.

    Banks go by the codes; the names are for people.
    """
    bank = Bank.all.get(bank_code)
    branch = bank.branches.get(branch_code) if bank else None
    return _written(bank.kana if bank else ""), _written(branch.kana if branch else "")


def _written(kana: str) -> str:
    try:
        return to_bank_kana(kana)[:15].rstrip()
    except ZenginError:
        return ""
