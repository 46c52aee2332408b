"""How a notice names an article."""

from datetime import date

import pytest

from notices.article_words import article_words
from terms.article import ArticleRef
from terms.errors import TermsError

ON = date(2025, 4, 1)


@pytest.mark.parametrize(
    ("pack", "number", "words"),
    [
        ("isp-access", "23", "「＠Ｔ ＣＯＭ（アットティーコム）契約約款（N） 第23条（利用停止）」"),
        ("isp-access", "23-1", "「＠Ｔ ＣＯＭ（アットティーコム）契約約款（N） 第23条第1項（利用停止）」"),
        (
            "isp-access",
            "9-3(1)",
            "「＠Ｔ ＣＯＭ（アットティーコム）契約約款（N） 第9条第3項第1号（契約申込の承諾）」",
        ),
        ("statute", "電気通信事業法26の2", "「電気通信事業法第26条の2（書面の交付）」"),
    ],
)
def test_document_article_paragraph_item_and_title_are_named(pack, number, words):
    assert article_words(ArticleRef(pack, number), ON) == words


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("22の3", "第22条の3（"),
        ("別記9の2", "別記9の2（"),
        ("通則1,2", "通則1、2（"),
        ("34-(2)", "第34条第2号（"),
        ("34-(2)・個別合意2025-06-01", "第34条第2号、2025年6月1日の個別の合意（"),
    ],
)
def test_branches_annexes_and_general_rules_are_named_as_they_are_printed(number, place):
    assert f" {place}" in article_words(ArticleRef("hikari-line", number), ON)


def test_before_the_first_version_the_first_one_is_named():
    assert "第23条" in article_words(ArticleRef("isp-access", "23"), date(2000, 1, 1))


def test_an_article_that_is_not_there_is_an_error_that_names_it():
    with pytest.raises(TermsError, match="isp-access 999"):
        article_words(ArticleRef("isp-access", "999"), ON)
