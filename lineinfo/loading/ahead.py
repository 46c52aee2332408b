"""The next part of a delivery, made ready while the database takes in the one before."""

from collections.abc import Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.utils.translation import get_language, override

T = TypeVar("T")
_END: Any = object()


def ahead(items: Iterable[T]) -> Generator[T, None, None]:
    """The same items, each made in a thread beside while the one before is in use; what goes wrong there is raised here."""
    source, language = iter(items), get_language()

    def make() -> T:
        with override(language):
            return next(source, _END)

    with ThreadPoolExecutor(max_workers=1) as beside:
        coming = beside.submit(make)
        while (item := coming.result()) is not _END:
            coming = beside.submit(make)
            yield item
