"""When a service may be ended: told beforehand, in the time of the document, after the minister where the law asks for it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from terms.article import ArticleRef
from terms.calendar import DAY
from terms.document import DiscontinuationNotice
from terms.pack import Pack
from terms.refusal import Refusal
from terms.rules.discontinuation_earliest import (
    DiscontinuationEarliest,
    DiscontinuationEarliestFacts,
    discontinuation_earliest,
)


@dataclass(frozen=True, kw_only=True)
class DiscontinuationFacts:
    """What is known when the end of a service is to be announced.

    ``upstream_ends``: the day on which another operator's service, without which this one cannot be, ends; ``contracts``:
    how many contracts it concerns; ``designated``: a basic or designated service; ``minister_told_on``: when the minister
    was notified, or None.
    """

    announced_on: date
    last_day: date
    ground: str = ""
    reason: str = ""
    upstream_ends: date | None = None
    contracts: int = 0
    designated: bool = False
    minister_told_on: date | None = None


def discontinuation_of(pack: Pack, law: Pack) -> DiscontinuationNotice:
    """How the end of the service is told: by the document, or by the law where it says nothing."""
    table = pack.discontinuation_notice or law.discontinuation_notice
    if table is None:
        raise ValueError(f"neither {pack} nor {law} has a table [discontinuation_notice]")
    return table


def ending_article(table: DiscontinuationNotice) -> ArticleRef:
    """The article by which the contracts end with the service."""
    return table.contracts_end or table.article


def earliest_end(
    pack: Pack, announced_on: date, upstream_ends: date | None
) -> tuple[date, ArticleRef] | None:
    """The earliest day on which the service may be gone, and on which article; None where the document sets no time."""
    if not pack.has(DiscontinuationEarliest):
        return None
    facts = DiscontinuationEarliestFacts(notified=announced_on, upstream_ends=upstream_ends)
    result = discontinuation_earliest(pack.rule(DiscontinuationEarliest), facts)
    return result.earliest, result.article


def tell_by(pack: Pack, announced_on: date, last_day: date, upstream_ends: date | None) -> date | None:
    """The last day on which the notice can be dispatched in time; None where the document sets no time."""
    found, day = None, announced_on
    while day < last_day:
        earliest = earliest_end(pack, day, upstream_ends)
        if earliest is None or earliest[0] > last_day:
            break
        found, day = day, day + DAY
    return found


def announce_by(pack: Pack, last_day: date, upstream_ends: date | None) -> date:
    """The last day on which an end with ``last_day`` can be announced in time: the day before it where the document sets no time,
    or where another operator's service ends with it."""
    day = last_day - DAY
    while (
        upstream_ends is None
        and (earliest := earliest_end(pack, day, upstream_ends)) is not None
        and earliest[0] > last_day
    ):
        day -= DAY
    return day


def may_discontinue(pack: Pack, law: Pack, facts: DiscontinuationFacts) -> Refusal | None:
    """Refuses an end that is not told beforehand or comes too early, has no ground of the document, or skips the minister."""
    table = discontinuation_of(pack, law)
    if table.grounds and table.ground(facts.ground) is None:
        return Refusal(
            ending_article(table),
            "no_such_ground",
            _("“%(ground)s” is not a ground on which this service may be ended.") % {"ground": facts.ground},
        )
    if "reason" in table.states and not facts.reason.strip():
        return Refusal(table.article, "no_reason", _("The notice states the reason; give it."))
    if facts.last_day <= facts.announced_on:
        return Refusal(table.article, "notice_first", _("The end of a service is told beforehand."))
    earliest = earliest_end(pack, facts.announced_on, facts.upstream_ends)
    if earliest is not None and facts.last_day < earliest[0]:
        return Refusal(
            earliest[1],
            "too_early",
            _("Announced on %(day)s, the service can end on %(earliest)s at the earliest.")
            % {"day": facts.announced_on, "earliest": earliest[0]},
        )
    return _minister(law, facts)


def _minister(law: Pack, facts: DiscontinuationFacts) -> Refusal | None:
    rule = law.discontinuation_notice.minister if law.discontinuation_notice else None
    if rule is None or not (facts.designated or facts.contracts >= rule.contracts):
        return None
    told = facts.minister_told_on
    if told is not None and (facts.announced_on - told).days >= rule.days:
        return None
    return Refusal(
        rule.article,
        "minister_first",
        _("The minister is notified at least %(days)s days before it is announced.") % {"days": rule.days},
    )
