"""Cases of a test that every document answers with an article."""

import pytest


def under(**articles: str) -> pytest.MarkDecorator:
    """One case a document, each marked with the article that it proves: ``under(isp_access="23")``, or another document's article
    in full, ``under(hikari_line="statute 民法548の4")``."""
    cases = []
    for name, article in articles.items():
        code = name.replace("_", "-")
        cited = article if " " in article else f"{code} {article}"
        pack, _space, number = cited.partition(" ")
        mark = pytest.mark.article(pack, number.partition("-")[0])
        cases.append(pytest.param(code, cited, marks=mark, id=code))
    return pytest.mark.parametrize(("code", "article"), cases)
