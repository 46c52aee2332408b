"""Which tests prove which articles: read from the marks, checked against the packs."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath

import pytest

from terms.article import ArticleRef
from terms.registry import registry


def proofs(items: Iterable[pytest.Item]) -> dict[ArticleRef, set[str]]:
    """The test files that mark each article, by the article without paragraph and item.

    Raises pytest.UsageError for a mark that names an article no pack has.
    """
    articles = {
        code: {head for pack in registry().versions(code) for head in pack.articles}
        for code in registry().all_codes()
    }
    found: dict[ArticleRef, set[str]] = defaultdict(set)
    for item in items:
        for mark in item.iter_markers("article"):
            cited = ArticleRef(*mark.args)
            if cited.head not in articles.get(cited.pack, ()):
                raise pytest.UsageError(f"{item.nodeid} marks “{cited}”, an article that no pack has")
            found[ArticleRef(cited.pack, cited.head)].add(item.nodeid.partition("::")[0])
    return found


def code_of(test_file: str) -> str | None:
    """The module that a test file mirrors: tests/terms/rules/test_penalty.py → terms/rules/penalty.py."""
    path = PurePosixPath(test_file)
    if not path.name.startswith("test_"):
        return None
    return str(path.relative_to("tests").with_name(path.name.removeprefix("test_")))
