"""An article as the reader's language names it, with the address of the page that explains it."""

import re
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from terms.article import ArticleRef
from terms.errors import TermsError
from terms.registry import pack_for

_NUMBER = re.compile(r"(?P<law>\D*?)(?P<main>\d+)(?P<branch>(?:の\d+)*)")
_PART = re.compile(r"(?P<paragraph>\d*)(?:\((?P<item>[^)]+)\))?")
# Numbers that the documents print with a word of their own instead of 第…条.
_NAMED = ("別記", "別表", "通則", "附則", "料金表")


@dataclass(frozen=True)
class Citation:
    """``text`` as printed on a page (“第23条第1項 利用停止”), the document's title, and where it is explained ("" if nowhere)."""

    text: str
    document: str
    url: str


def citation(cited: str, on: date) -> Citation | None:
    """What stands in an ``article`` column, as it was in force on a day. None for an empty column.

    A citation that no pack knows (any more) is shown as it was written, without an address.
    """
    try:
        ref = ArticleRef.parse(cited)
        pack = pack_for(ref.pack, on, earliest=True)
        article = pack.articles[ref.head]
    except (ValueError, TermsError, KeyError):
        return Citation(cited, "", "") if cited else None
    address = reverse("portal:article", args=[ref.pack, ref.head])
    return Citation(
        f"{article_name(ref.number)} {article.title}", pack.title, f"{address}?on={on.isoformat()}"
    )


def article_name(number: str) -> str:
    """``9-3(1)`` as 第9条第3項(1), or “Article 9-3(1)” for readers of English; ``別記1`` and ``通則4,5`` keep their names."""
    head, _dash, part = number.partition("-")
    if get_language() != "ja":
        return _("Article %(number)s") % {"number": number}
    found = _NUMBER.fullmatch(head)
    if head.startswith(_NAMED) or not found:
        return head + _japanese_part(part)
    law = f"{found['law']} " if found["law"] else ""
    return f"{law}第{found['main']}条{found['branch']}{_japanese_part(part)}"


def _japanese_part(part: str) -> str:
    found = _PART.fullmatch(part)
    if not found:
        return f"-{part}"
    paragraph = f"第{found['paragraph']}項" if found["paragraph"] else ""
    item = f"({found['item']})" if found["item"] else ""
    return paragraph + item
