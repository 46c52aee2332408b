"""python -m tests.clauses_page — write docs/clauses.md: every article, what carries it out, what proves it."""

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from terms.article import ArticleRef
from terms.pack import Pack
from terms.registry import registry
from tests.article_marks import code_of, proofs

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "clauses.md"
EXECUTABLE = {"rule", "decision", "both"}


class Collector:
    """A pytest plugin that keeps what the collection found."""

    def __init__(self) -> None:
        self.proofs: dict[ArticleRef, set[str]] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.proofs = proofs(session.items)


def page(found: Mapping[ArticleRef, set[str]]) -> str:
    """The page as text, from the packs and the tests that prove their articles."""
    packs = [registry().latest(code) for code in registry().codes()]
    counts = [(pack, *_counts(pack, found)) for pack in packs]
    proved, executable = sum(c[1] for c in counts), sum(c[2] for c in counts)
    lines = [
        "# The articles",
        "",
        "Written by `make clauses` from the packs and from the marks on the tests. An article is proved when a test names it;",
        "“rule” is carried out by the software, “decision” is taken by a person and recorded with its grounds, “both” is both,",
        "“text” needs nothing.",
        "",
        f"**{proved} of {executable} executable articles proved.** {sum(len(p.articles) for p in packs)} articles in all.",
        "",
        "| document | proved | executable | articles |",
        "|-|-|-|-|",
        *(f"| {p.code} | {done} | {todo} | {len(p.articles)} |" for p, done, todo in counts),
        "",
    ]
    for pack in packs:
        lines += _section(pack, found)
    return "\n".join(lines)


def _counts(pack: Pack, found: Mapping[ArticleRef, set[str]]) -> tuple[int, int]:
    numbers = [number for number, article in pack.articles.items() if article.kind in EXECUTABLE]
    return sum(ArticleRef(pack.code, number) in found for number in numbers), len(numbers)


def _section(pack: Pack, found: Mapping[ArticleRef, set[str]]) -> list[str]:
    lines = [
        f"## {pack.code}: {pack.title} ({pack.effective})",
        "",
        "| article | title | kind | carried out by | proved by |",
    ]
    lines.append("|-|-|-|-|-|")
    for number, article in pack.articles.items():
        tests = sorted(found.get(ArticleRef(pack.code, number), ()))
        code = sorted({path for test in tests if (path := code_of(test)) and (ROOT / path).exists()})
        state = "<br>".join(tests) or ("**open**" if article.kind in EXECUTABLE else "–")
        lines.append(
            f"| {number} | {article.title} | {article.kind} | {'<br>'.join(code) or '–'} | {state} |"
        )
    if pack.defects:
        lines += ["", "Defects of the text, shown and not silently mended:", ""]
        lines += [
            f"- {defect.article.number}: {defect.text} Reading: {defect.reading}" for defect in pack.defects
        ]
    return [*lines, ""]


def main() -> int:
    """Collect the tests, write the page, print the two counts."""
    collector = Collector()
    code = pytest.main(
        ["--collect-only", "-q", "-p", "no:terminalreporter", str(ROOT / "tests")], plugins=[collector]
    )
    if code != pytest.ExitCode.OK:
        return int(code)
    text = page(collector.proofs)
    PAGE.write_text(text, encoding="utf-8")
    print(next(line for line in text.splitlines() if line.startswith("**")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
