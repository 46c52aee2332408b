"""The staff's pages of the articles read what `make clauses` writes."""

from terms.article import ArticleRef
from terms.registry import registry
from tests.clauses_page import page
from workflow.staff.proofs import Proof, proof_of, proved, read_page


def test_what_make_clauses_writes_is_read_back_article_by_article():
    late = ArticleRef("isp-access", "34")
    tests = {"tests/terms/rules/test_late_interest.py", "tests/terms/rules/test_penalty.py"}
    read = read_page(page({late: tests}).splitlines())
    assert len(read) == sum(len(registry().latest(code).articles) for code in registry().codes())
    assert read[late] == Proof(
        code=("terms/rules/late_interest.py", "terms/rules/penalty.py"), tests=tuple(sorted(tests))
    )
    del read[late]
    assert set(read.values()) == {Proof()}


def test_the_page_in_the_repository_knows_every_article_that_is_to_be_carried_out():
    for code in registry().codes():
        pack = registry().latest(code)
        done, count = proved(pack)
        assert 0 < done <= count == sum(article.kind != "text" for article in pack.articles.values())
    late = proof_of(registry().latest("isp-access"), "34")
    assert "terms/rules/late_interest.py" in late.code
    assert "tests/terms/rules/test_late_interest.py" in late.tests


def test_an_article_that_the_page_does_not_know_is_open():
    assert proof_of(registry().latest("isp-access"), "999") == Proof()
