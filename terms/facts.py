"""Checks that all facts share."""

from terms.errors import FactsError


def require(condition: bool, problem: str) -> None:
    """FactsError with the problem in words unless the condition holds."""
    if not condition:
        raise FactsError(problem)


def not_negative(**amounts: int | None) -> None:
    """FactsError for the first amount below zero."""
    for name, amount in amounts.items():
        require(amount is None or amount >= 0, f"{name} is {amount}; it cannot be below 0")
