"""A subscriber who owes the invoice of May."""

from datetime import date

from tests.billing import things

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)
DUE = date(2025, 6, 27)  # of the invoice of May


def billed(terms_code: str = "hikari-line", amount: int = 10000, **fields):
    """A contract with the invoice of May, due on 27 June."""
    contract = things.contract(terms_code, amount, **fields)
    things.bill(MAY)
    assert things.invoice(contract, MAY).due_on == DUE
    return contract
