"""Whether a change of the terms was announced as its document and the law ask, so that it binds contracts made before it."""

from datetime import date

from django.utils.translation import gettext as _

from terms.article import ArticleRef
from terms.calendar import DAY
from terms.document import TermsNotice
from terms.pack import Pack
from terms.refusal import Refusal
from terms.rules.terms_change_effective import (
    TermsChangeEffective,
    TermsChangeEffectiveFacts,
    terms_change_effective,
)


def terms_notice_of(pack: Pack, law: Pack) -> TermsNotice:
    """How a change is told: the document's own table, or the law's (民法548の4) where the document says nothing of it."""
    table = pack.terms_notice or law.terms_notice
    assert table is not None, "the law says how standard terms are changed"
    return table


def may_be_quicker(pack: Pack, law: Pack) -> Refusal | None:
    """Refuses to treat a change as one to the subscribers' benefit, which binds before it is told, where the document wants every
    change told first."""
    table = terms_notice_of(pack, law)
    if table.beneficial_after:
        return None
    return Refusal(
        table.article,
        "not_quicker",
        _(
            "This document has every change announced before it takes effect, one to the subscribers’ benefit too."
        ),
    )


def posted_in_time(
    pack: Pack, law: Pack, *, posted: date | None, beneficial: bool = False, without_waiting: bool = False
) -> Refusal | None:
    """Refuses a version that was not posted, or not so long before its day as the document or the law asks.

    ``posted``: the day of its posting. ``beneficial``: to the subscribers' benefit (isp-access 2-3, 民法548の4-1(1)).
    ``without_waiting``: the document's reason for a change at once is given (business-network 4).
    """
    table = terms_notice_of(pack, law)
    if beneficial and table.beneficial_after:
        return None
    if posted is None:
        return Refusal(
            table.article,
            "not_posted",
            _("The version of %(day)s was not published: nothing announced it before it took effect.")
            % {"day": pack.effective},
        )
    if pack.has(TermsChangeEffective) and not without_waiting:
        rule = pack.rule(TermsChangeEffective)
        earliest = terms_change_effective(rule, TermsChangeEffectiveFacts(posted=posted)).effective
        if pack.effective < earliest:
            return _too_early(rule.article, posted, earliest)
    at_once = table.on_posting or without_waiting
    if pack.effective < posted or (pack.effective == posted and not at_once):
        article = law.terms_notice.article if law.terms_notice else table.article
        return _too_early(article, posted, date.fromordinal(posted.toordinal() + (not at_once)))
    return None


def fee_in_time(
    pack: Pack, law: Pack, *, posted: date, effective: date, lower: bool, required_by_law: bool = False
) -> Refusal | None:
    """Refuses another fee from ``effective`` on that was not posted so long before as the document or the law asks.

    The fees are part of what a change of the terms is about (hikari-phone 3, isp-access 2-1), or change on a day of their
    own (business-network 4). ``lower``: nobody pays more. ``required_by_law``: the fee follows from the law.
    """
    table = terms_notice_of(pack, law)
    if lower and table.beneficial_after:
        return None
    if required_by_law and not table.harmless_at_once:
        return Refusal(
            table.article,
            "not_at_once",
            _("This document knows no change at once, not even one that the law requires."),
        )
    at_once = table.on_posting or (table.harmless_at_once and (lower or required_by_law))
    earliest = posted if at_once else posted + DAY
    if pack.has(TermsChangeEffective) and not at_once and not table.fees_apart:
        rule = pack.rule(TermsChangeEffective)
        facts = TermsChangeEffectiveFacts(posted=posted)
        earliest = max(earliest, terms_change_effective(rule, facts).effective)
    return _too_early(table.article, posted, earliest) if effective < earliest else None


def post_by(pack: Pack, law: Pack) -> date:
    """The last day on which the version can be posted in time."""
    day = pack.effective
    while posted_in_time(pack, law, posted=day):
        day -= DAY
    return day


def each_told(pack: Pack, law: Pack, *, told: date | None, beneficial: bool = False) -> Refusal | None:
    """Refuses to bind a subscriber who was not told before the day of the version, where the document has each of them told
    (isp-access 2-3). ``told``: the day on which the notice left the house."""
    table = terms_notice_of(pack, law)
    if not table.reasonable_period or (beneficial and table.beneficial_after):
        return None
    if told is not None and told < pack.effective:
        return None
    return Refusal(
        table.article,
        "not_told",
        _("The subscriber was not told of the version of %(day)s before it took effect.")
        % {"day": pack.effective},
    )


def _too_early(article: ArticleRef, posted: date, earliest: date) -> Refusal:
    return Refusal(
        article,
        "effective_too_early",
        _("Posted on %(posted)s, a change takes effect on %(earliest)s at the earliest.")
        % {"posted": posted, "earliest": earliest},
    )
