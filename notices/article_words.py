"""An article as a Japanese notice names it: 「＠T COM 契約約款(N) 第23条第1項（利用停止）」."""

import re
from datetime import date

from notices.facts import day_words
from terms.article import AGREED, ArticleRef
from terms.errors import TermsError
from terms.registry import pack_for

_NUMBERED = re.compile(r"(?P<law>\D*)(?P<article>\d+)(?P<branch>(?:の\d+)*)")
_PARAGRAPH = re.compile(r"(?P<paragraph>\d*)(?P<items>(?:\([^)]+\))*)")


def article_words(article: ArticleRef, on: date) -> str:
    """The citation with the title of its document and of its article, as in force on ``on``.

    Before a document's first version its first one is taken. TermsError where the document has no such article.
    """
    pack = pack_for(article.pack, on, earliest=True)
    found = pack.articles.get(article.head)
    if found is None:
        raise TermsError(f'{pack} has no article "{article.head}"; it was cited as "{article}"')
    words = place(article.number)
    return f"「{words if pack.law else f'{pack.title} {words}'}（{found.title}）」"


def place(number: str) -> str:
    """第22条の3第1項第2号 for ``22の3-1(2)``; 電気通信事業法第26条の3 for ``電気通信事業法26の3``; 別記9の2 and 通則1,2 as they are.
    With an individual agreement its day: 第34条、2025年6月1日の個別の合意."""
    printed, _, agreed = number.partition(AGREED)
    words = _printed_place(printed)
    return f"{words}、{day_words(date.fromisoformat(agreed))}の個別の合意" if agreed else words


def _printed_place(number: str) -> str:
    head, _, rest = number.partition("-")
    numbered = _NUMBERED.fullmatch(head)
    if numbered is None or numbered["law"] in ("別記", "通則"):
        words = head.replace(",", "、")
    else:
        words = f"{numbered['law']}第{numbered['article']}条{numbered['branch']}"
    below = _PARAGRAPH.fullmatch(rest)
    if below is None:
        return words + rest
    if below["paragraph"]:
        words += f"第{below['paragraph']}項"
    for item in re.findall(r"\(([^)]+)\)", below["items"]):
        words += f"第{item}号" if item.isdigit() else item
    return words
