"""What carries each article out and which tests prove it, as ``make clauses`` wrote it into docs/clauses.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from terms.article import ArticleRef
from terms.pack import Pack

_NOTHING = {"–", "**open**"}


@dataclass(frozen=True)
class Proof:
    """``code``: the files that carry an article out. ``tests``: those that prove it; none where it is open."""

    code: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()


def proof_of(pack: Pack, head: str) -> Proof:
    """The proof of one article; an empty one where the page does not know it."""
    return _written().get(ArticleRef(pack.code, head), Proof())


def proved(pack: Pack) -> tuple[int, int]:
    """How many of the articles to be carried out are proved, and how many there are."""
    executable = [head for head, article in pack.articles.items() if article.kind != "text"]
    return sum(bool(proof_of(pack, head).tests) for head in executable), len(executable)


def read_page(lines: Iterable[str]) -> dict[ArticleRef, Proof]:
    """The proofs in the tables of the page; each table stands under the heading of its document."""
    found, code = {}, ""
    for line in lines:
        if line.startswith("## "):
            code = line.removeprefix("## ").partition(":")[0]
        cells = [cell.strip() for cell in line.strip("| \n").split(" | ")]
        if code and line.startswith("|") and len(cells) == 5 and cells[0] != "article":
            found[ArticleRef(code, cells[0])] = Proof(code=_files(cells[3]), tests=_files(cells[4]))
    return found


@cache
def _written() -> Mapping[ArticleRef, Proof]:
    page = Path(settings.BASE_DIR) / "docs" / "clauses.md"
    return read_page(page.read_text(encoding="utf-8").splitlines()) if page.exists() else {}


def _files(cell: str) -> tuple[str, ...]:
    return () if cell in _NOTHING else tuple(cell.split("<br>"))
