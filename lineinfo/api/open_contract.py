"""Whether the caller's contract is open, put as a problem where it is not."""

from datetime import date, datetime
from math import ceil

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lineinfo.api.problems import Problem
from lineinfo.api.times import written
from lineinfo.models import ApiContract
from lineinfo.standing import Closed, closed
from terms.article import ArticleRef
from terms.document import Article


def require_open(contract: ApiContract, *, on: date, at: datetime, part: str = "") -> None:
    """Problem "ended", "suspended" or "interrupted", with the article and the time it lasts, unless the contract is open for ``part``."""
    reason = closed(contract, on=on, at=at, part=part)
    if reason is None:
        return
    match reason.code:
        case "suspended":
            raise Problem("suspended", _suspended(reason), members=_members(contract, reason, on))
        case "interrupted":
            assert reason.until is not None
            seconds = max(ceil((reason.until - at).total_seconds()), 1)
            raise Problem(
                "interrupted",
                _("Interrupted: %(title)s") % {"title": reason.reason},
                members={
                    **_members(contract, reason, on),
                    "until": written(reason.until),
                    "retry_after": seconds,
                },
                headers={"Retry-After": str(seconds)},
            )
        case _ if reason.parts:
            raise Problem(
                "ended",
                _("This part of the function has ended."),
                members=_members(contract, reason, on),
            )
        case _:
            raise Problem("ended", _("The API contract has ended."), members=_members(contract, reason, on))


def _suspended(reason: Closed) -> str:
    words = {"from": reason.from_, "through": reason.through}
    if reason.through is None:
        return _("Suspended from %(from)s until the breach is cured.") % words
    return _("Suspended from %(from)s through %(through)s.") % words


def _members(contract: ApiContract, reason: Closed, on: date) -> dict[str, object]:
    members: dict[str, object] = {}
    if reason.article:
        cited = ArticleRef.parse(reason.article)
        found = contract.pack(on).articles.get(cited.head)
        members["article"] = {
            "pack": cited.pack,
            "number": cited.number,
            "title": found.title if found else "",
            "summary": _summary(found) if found else "",
        }
    if reason.reason:
        members["reason"] = reason.reason
    if reason.parts:
        members["parts"] = list(reason.parts)
    if reason.code == "suspended":
        members["from"] = reason.from_.isoformat() if reason.from_ else None
        members["through"] = reason.through.isoformat() if reason.through else None
    if reason.code == "ended" and reason.through is not None:
        members["last_day"] = reason.through.isoformat()
    return members


def _summary(article: Article) -> str:
    return article.summary_ja if (get_language() or "ja").startswith("ja") else article.summary
