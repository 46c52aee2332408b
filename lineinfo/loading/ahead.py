"""The next part of a delivery, made ready while the database takes in the one before."""

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from django.utils.translation import get_language, override

S = TypeVar("S")
T = TypeVar("T")


def ahead(items: Iterable[S], work: Callable[[S], T]) -> Generator[T, None, None]:
    """``work`` of each item, done in a thread beside while the result before it is in use.

    The items are asked for by the caller's own thread, one more than is in use. What goes wrong, there or beside, is raised
    here after all that came before it.
    """
    source, language = iter(items), get_language()

    def make(item: S) -> T:
        with override(language):
            return work(item)

    with ThreadPoolExecutor(max_workers=1) as beside:
        coming: Future[T] | None = None
        broken: Exception | None = None
        while True:
            following: Future[T] | None = None
            try:
                following = beside.submit(make, next(source))
            except StopIteration:
                pass
            except Exception as error:  # first what came before it
                broken = error
            if coming is not None:
                yield coming.result()
            if broken is not None:
                raise broken
            if following is None:
                return
            coming = following
