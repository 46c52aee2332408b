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


def require_cycle_day(cycle_day: int | None) -> None:
    """FactsError for a day that no month has."""
    require(cycle_day is None or 1 <= cycle_day <= 31, f"cycle_day is {cycle_day}; it is a day from 1 to 31")
