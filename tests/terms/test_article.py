"""Citations."""

import pytest

from terms.article import ArticleRef


@pytest.mark.parametrize(
    "text", ["isp-access 34", "isp-access 9-3(1)", "hikari-line 22の3", "hikari-line 通則4,5"]
)
def test_a_citation_is_read_back_from_its_text(text):
    assert str(ArticleRef.parse(text)) == text


def test_the_head_is_the_article_without_paragraph_and_item():
    assert ArticleRef.parse("isp-access 9-3(1)").head == "9"
    assert ArticleRef.parse("hikari-line 別記9の2").head == "別記9の2"


@pytest.mark.parametrize("text", ["", "34", " 34", "isp-access ", "isp-access"])
def test_text_without_pack_or_number_is_no_citation(text):
    with pytest.raises(ValueError, match="not a citation"):
        ArticleRef.parse(text)
