"""The parts of which a work may consist. Their prices are billing's, so billing says here what there is."""

from collections.abc import Callable, Iterable

Items = Callable[[str], Iterable[tuple[str, str]]]

_sources: list[Items] = []


def offer_work_items(items: Items) -> None:
    """Offer these parts as well: ``items`` takes a terms code and gives (code, name)."""
    _sources.append(items)


def work_items(terms_code: str) -> list[tuple[str, str]]:
    """The parts on offer under a document."""
    return [item for items in _sources for item in items(terms_code)]
