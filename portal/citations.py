"""An article as the reader's language names it, with the address of the page that explains it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from notices.article_words import place
from terms.article import AGREED, ArticleRef
from terms.errors import TermsError
from terms.registry import pack_for


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
    """``9-3(1)`` as 第9条第3項第1号, or “Article 9-3(1)” for readers of English; ``別記1`` and ``通則4,5`` keep their names."""
    if get_language() == "ja":
        return place(number)
    printed, _stands, agreed = number.partition(AGREED)
    name = _("Article %(number)s") % {"number": printed}
    if not agreed:
        return name
    return _("%(article)s as agreed from %(day)s on") % {
        "article": name,
        "day": date_format(date.fromisoformat(agreed)),
    }
