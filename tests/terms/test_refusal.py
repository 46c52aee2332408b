"""The answer no."""

from terms.article import ArticleRef
from terms.refusal import Refusal


def test_a_refusal_names_reason_and_article():
    assert (
        str(Refusal(ArticleRef("isp-access", "14"), "no_consent", "no written consent"))
        == "no written consent [isp-access 14]"
    )
