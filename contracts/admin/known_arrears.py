"""What an applicant owes elsewhere. Billing knows, so billing says it here."""

from collections.abc import Callable

from contracts.models import Subscriber

Arrears = Callable[[Subscriber], int]

_sources: list[Arrears] = []


def ask(arrears: Arrears) -> None:
    """Ask ``arrears``, too: it takes a subscriber and gives yen overdue."""
    _sources.append(arrears)


def known_arrears(subscriber: Subscriber) -> int:
    """Yen overdue of the subscriber under any contract."""
    return sum(arrears(subscriber) for arrears in _sources)
