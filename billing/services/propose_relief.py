"""Propose to ask for less in a disaster, and decide on it."""

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Relief
from billing.models.relief import RELIEF
from billing.selectors import unbilled_since
from contracts.guards.silent import no_such_clause
from contracts.moments import japan_date
from contracts.services.note_change import note_change
from contracts.services.pending import pending
from notices.facts import day_words
from notices.models import Posting
from notices.services.post import post
from terms.article import ArticleRef
from terms.calendar import Month
from terms.pack import Pack
from terms.refusal import Refusal
from terms.registry import pack_for
from terms.rules.disaster_relief import DisasterRelief
from workflow.errors import Refused
from workflow.models import User
from workflow.services.approve import decide, propose


def propose_relief(
    *,
    terms_code: str,
    when: str,
    covers: Collection[str],
    percent: int,
    since: date,
    through: date,
    reason: str,
    by: User,
    at: datetime,
    prefecture: str = "",
    city: str = "",
) -> Relief:
    """A relief for the lines of a document in a place (everywhere where none is named), waiting for a second person.

    Refused where the document has no such clause, or not for this occasion or these charges. ValidationError for a percentage
    or a span that cannot be, and for days in a month that is billed: what was billed is given back by credit notes.
    """
    pack = pack_for(terms_code, since, earliest=True)
    refusal = _may_relieve(pack, when, covers)
    if refusal:
        raise Refused(refusal)
    with transaction.atomic():
        relief = Relief(
            terms_code=terms_code,
            when=when,
            covers=sorted(covers),
            percent=percent,
            prefecture=prefecture,
            city=city.strip(),
            since=since,
            through=through,
            reason=reason.strip(),
            article=str(pack.rule(DisasterRelief).article),
        )
        relief.full_clean()
        _not_billed(since)
        relief.save()
        propose(relief, RELIEF, by=by, reason=reason, article=ArticleRef.parse(relief.article), at=at)
    return relief


def approve_relief(*, relief: Relief, by: User, at: datetime) -> Relief:
    """It is granted: posted, where the document has it announced, and taken off from the next run on.

    NotPermitted for the one who proposed it; ValidationError where its first month was billed meanwhile.
    """
    on, article = japan_date(at), ArticleRef.parse(relief.article)
    with transaction.atomic():
        decide(pending(relief, RELIEF), by=by, at=at, approved=True)
        _not_billed(relief.since)
        if pack_for(relief.terms_code, relief.since, earliest=True).rule(DisasterRelief).announced:
            relief.posting = post(
                category=Posting.Category.OTHER,
                title="災害に伴う料金等の減免について",
                body=_announcement(relief),
                article=article,
                at=at,
            )
        relief.granted_on = on
        relief.save(update_fields=["granted_on", "posting"])
        note_change(relief, "grant", by=by, on=on, reason=relief.reason, article=article)
    return relief


def reject_relief(*, relief: Relief, by: User, at: datetime, reason: str) -> None:
    """The proposal comes to nothing. NotPermitted for the one who proposed it."""
    decide(pending(relief, RELIEF), by=by, at=at, approved=False, reason=reason)


def _may_relieve(pack: Pack, when: str, covers: Collection[str]) -> Refusal | None:
    if not pack.has(DisasterRelief):
        return no_such_clause(
            pack, "no_relief", _("This document does not provide for relief in a disaster.")
        )
    rule = pack.rule(DisasterRelief)
    if when not in rule.when:
        return Refusal(rule.article, "no_such_occasion", _("The document gives no relief on this occasion."))
    if not covers or set(covers) - set(rule.covers):
        return Refusal(
            rule.article, "not_covered", _("Name what is reduced; the document does not cover all of this.")
        )
    return None


def _not_billed(since: date) -> None:
    unbilled = unbilled_since()
    if unbilled and since < unbilled:
        raise ValidationError(
            {
                "since": _(
                    "%(month)s is billed already; relief can begin on %(day)s, and what was billed is given back by credit notes."
                )
                % {"month": Month.of(unbilled).plus(-1), "day": unbilled}
            }
        )


_COVERS = {"charges": "料金", "works": "工事に関する費用"}


def _announcement(relief: Relief) -> str:
    return "\n".join(
        [
            f"{'・'.join(_COVERS[part] for part in relief.covers)}を{relief.percent}％減免します。",
            f"期間：{day_words(relief.since)}から{day_words(relief.through)}まで",
            f"対象：{f'{relief.prefecture}{relief.city}' or '全域'}",
            f"理由：{relief.reason}",
        ]
    )
