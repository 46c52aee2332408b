"""Restrict use: in a disaster so that priority communications get through, under congestion, against excessive load."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.restriction import RestrictionFacts, may_restrict, priority_bodies
from contracts.models import Contract, Line, Restriction
from contracts.models.contract import LIVE_STATES
from contracts.moments import japan_date
from contracts.selectors import restricted_lines
from contracts.services.note_change import note_change
from notices.facts import moment_words
from notices.models import Posting
from notices.services.post import post
from notices.services.send_notice import send_notices, write_notice
from terms.article import ArticleRef
from terms.pack import Pack
from terms.registry import pack_for, statute
from workflow.errors import Refused
from workflow.models import User

MEASURES = {
    "stop": "通信の利用を中止します",
    "cut": "通話中の通信を切断します",
    "limit": "通信の時間または地域を制限します",
    "control": "通信の速度または量を制御します",
    "block": "特定のサイトの閲覧を制限します",
}
"""What is done, in the words of a posting."""


def declare_restriction(
    *,
    by: User,
    at: datetime,
    terms_code: str,
    ground: str,
    reason: str,
    starts_at: datetime,
    ends_at: datetime | None = None,
    lines: Iterable[Line] = (),
    prefecture: str = "",
    city: str = "",
    limit: str = "",
    callers_told_at: datetime | None = None,
    urgent: bool = False,
) -> Restriction:
    """The decision of ``by`` at ``at`` to restrict use from ``starts_at``, until ``ends_at`` or until it is lifted.

    It concerns ``lines``, else the place, else every line under the document; the lines agreed with a priority body stay
    where the ground spares them. It is posted, unless it meets single users; every subscriber concerned is told where
    the document counts it as an interruption. Refused on another ground than the document's, with callers who were not
    told where it asks for that, or as an interruption that was not announced first (unless urgent, where it says so).
    ValidationError for lines of another document or an empty reason.
    """
    pack, lines = pack_for(terms_code, japan_date(at)), list(lines)
    refusal = may_restrict(
        pack,
        RestrictionFacts(
            ground=ground,
            declared_at=at,
            starts_at=starts_at,
            callers_told_at=callers_told_at,
            urgent=urgent,
            named_lines=bool(lines),
        ),
    )
    if refusal:
        raise Refused(refusal)
    assert pack.restriction is not None
    found = pack.restriction.ground(ground)
    assert found is not None
    if any(line.terms_code != terms_code for line in lines):
        raise ValidationError(
            {"lines": _("Name the lines concerned, all of them under “%(terms)s”.") % {"terms": terms_code}}
        )
    spared = priority_bodies(pack, statute(japan_date(at))) if found.spares_priority else ()
    with transaction.atomic():
        restriction = Restriction(
            terms_code=terms_code,
            ground=ground,
            article=str(found.article),
            measure=found.measure,
            reason=reason,
            limit=limit,
            prefecture=prefecture,
            city=city,
            bodies=[body.code for body in spared],
            starts_at=starts_at,
            ends_at=ends_at,
            callers_told_at=callers_told_at,
            urgent=urgent,
            decided_by=by,
            declared_at=at,
        )
        restriction.full_clean()
        if not found.one_user:
            restriction.posting = _post(restriction, [body.label for body in spared])
        restriction.save()
        restriction.lines.set(lines)
        note_change(restriction, "declare", by=by, on=japan_date(at), reason=reason, article=found.article)
        if found.interruption and _told_one_by_one(pack):
            _tell(restriction)
    return restriction


def _told_one_by_one(pack: Pack) -> bool:
    return pack.interruption is not None and bool(set(pack.interruption.channels) - {"web"})


def _post(restriction: Restriction, bodies: list[str]) -> Posting:
    until = moment_words(restriction.ends_at) if restriction.ends_at else "解除のお知らせ"
    place = f"{restriction.prefecture}{restriction.city}" or "全域"
    lines = [
        f"{MEASURES[restriction.measure]}。",
        f"期間：{moment_words(restriction.starts_at)}から{until}まで",
        f"対象：{place}",
        f"根拠：{restriction.ground_words}",
        f"理由：{restriction.reason}",
    ]
    if restriction.limit:
        lines.append(f"制限の程度：{restriction.limit}")
    if bodies:
        lines.append(f"次の機関の回線（協議により定めたもの）は引き続きご利用になれます：{'、'.join(bodies)}")
    return post(
        category=Posting.Category.RESTRICTION,
        title="通信のご利用の制限について",
        body="\n".join(lines),
        article=ArticleRef.parse(restriction.article),
        at=restriction.declared_at,
    )


def _tell(restriction: Restriction) -> None:
    contracts = (
        Contract.objects.filter(line__in=restricted_lines(restriction), state__in=LIVE_STATES)
        .select_related("subscriber", "line")
        .order_by("pk")
        .iterator(chunk_size=1000)
    )
    facts = {
        "ground": restriction.ground_words,
        "measure": MEASURES[restriction.measure],
        "reason": restriction.reason,
        "starts_at": restriction.starts_at,
        "urgent": restriction.urgent,
        **({"ends_at": restriction.ends_at} if restriction.ends_at else {}),
        **({"limit": restriction.limit} if restriction.limit else {}),
    }
    send_notices(
        write_notice(
            occasion="restriction_declared",
            recipient=contract.subscriber,
            about=restriction,
            article=ArticleRef.parse(restriction.article),
            facts={
                **facts,
                "contract_number": contract.number,
                **({"line_number": contract.line.number} if contract.line else {}),
            },
            at=restriction.declared_at,
        )
        for contract in contracts
    )
