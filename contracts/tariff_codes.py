"""Which codes of tariffs there are under a document. Billing knows, so billing says it here."""

from collections.abc import Callable, Collection

Known = Callable[[str, Collection[str]], Collection[str]]

_sources: list[Known] = []


def ask(known: Known) -> None:
    """Ask ``known``, too: it takes a document's code and codes of tariffs, and gives those that there are."""
    _sources.append(known)


def unknown_codes(terms_code: str, codes: Collection[str]) -> list[str]:
    """Those of ``codes`` that are no tariff's under the document, in order."""
    known = {code for source in _sources for code in source(terms_code, codes)}
    return sorted(set(codes) - known)
