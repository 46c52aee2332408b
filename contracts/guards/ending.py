"""When a contract may be ended: by the subscriber in the form and time of the document, by the operator on its grounds."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from contracts.guards.forms import in_form
from contracts.guards.silent import no_such_clause
from terms.article import ArticleRef
from terms.document import EndingGround, OperatorEnding
from terms.pack import Pack
from terms.refusal import Refusal
from terms.rules.early_termination_fee import EarlyTerminationFee
from terms.rules.termination_notice_deadline import TerminationNoticeDeadline, earliest_ending, notice_period

ANTI_SOCIAL = "anti_social"
"""The ground of the article on organised crime, where the document has one."""

PARENT_ENDED = "parent_ended"
"""The ground that the contract beside which this one stood has ended."""


@dataclass(frozen=True, kw_only=True)
class SubscriberEndingFacts:
    """A subscriber's declaration: told on, in which form, with which last day."""

    declared_on: date
    ends_on: date
    form: str


@dataclass(frozen=True, kw_only=True)
class OperatorEndingFacts:
    """What is known when the operator wants to end a contract.

    ``suspended_since``: first day of the suspension in force, if there is one. ``demand_through``: the last day that a
    dispatched demand (催告) gave the subscriber, if there is one.
    """

    ground: str
    on: date
    ends_on: date
    urgent: bool = False
    suspended_since: date | None = None
    demand_through: date | None = None


def may_subscriber_end(pack: Pack, facts: SubscriberEndingFacts) -> Refusal | None:
    """Refuses a declaration in another form than the document's, one that looks back, or one that comes too late."""
    table = pack.subscriber_ending
    if table is None:
        return no_such_clause(
            pack, "no_subscriber_ending", _("This document has no rule on ending by the subscriber.")
        )
    wrong = in_form(table.form, table.article, facts.form)
    if wrong:
        return wrong
    if facts.ends_on < facts.declared_on:
        return Refusal(
            table.article, "not_in_advance", _("An ending is told in advance; the last day lies in the past.")
        )
    if not pack.has(TerminationNoticeDeadline):
        return None
    period = pack.rule(TerminationNoticeDeadline)
    if notice_period(period, facts.declared_on, facts.ends_on) is None:
        return None
    return Refusal(
        period.article,
        "notice_too_late",
        _(
            "Notice on %(day)s is too late for an ending on %(ends_on)s; the last day can be %(earliest)s at the earliest."
        )
        % {
            "day": facts.declared_on,
            "ends_on": facts.ends_on,
            "earliest": earliest_ending(period, facts.declared_on),
        },
    )


def subscriber_default_article(pack: Pack) -> ArticleRef | Refusal:
    """The article on which a subscriber ends at once because of the operator's default; a refusal where there is none."""
    if pack.has(EarlyTerminationFee):
        for cause in pack.rule(EarlyTerminationFee).free:
            if cause.cause == "operator_default":
                return cause.article
    return no_such_clause(
        pack, "no_such_ground", _("This document has no such ground of ending by the subscriber.")
    )


def operator_ground(pack: Pack, code: str) -> EndingGround | None:
    """The ground of that code: of the article on endings by the operator, or of the one on organised crime."""
    if pack.anti_social is not None and code == ANTI_SOCIAL:
        article = pack.anti_social.article
        return EndingGround(
            code=code, article=article, label="反社会的勢力", label_en="organised crime", immediate=True
        )
    return pack.operator_ending.ground(code) if pack.operator_ending else None


def operator_grounds(pack: Pack) -> list[EndingGround]:
    """Every ground on which the operator may end a contract."""
    listed = list(pack.operator_ending.grounds) if pack.operator_ending else []
    crime = operator_ground(pack, ANTI_SOCIAL)
    return listed + ([crime] if crime and crime not in listed else [])


def needs_notice_first(table: OperatorEnding | None, ground: EndingGround, *, urgent: bool) -> bool:
    """Whether the subscriber must have been told before the contract ends."""
    if ground.immediate or table is None or urgent:
        return False
    return table.prior_notice


def may_operator_end(pack: Pack, facts: OperatorEndingFacts) -> Refusal | None:
    """Refuses an ending on no ground of the document, out of its order (suspension or demand first), or without its notice."""
    ground = operator_ground(pack, facts.ground)
    table = pack.operator_ending
    if ground is None:
        article = table.article if table else no_such_clause(pack, "", "").article
        return Refusal(
            article,
            "no_such_ground",
            _("“%(ground)s” is not a ground of ending here.") % {"ground": facts.ground},
        )
    if facts.urgent and not ground.immediate and not (table and table.urgent_exception):
        return Refusal(
            table.article if table else ground.article,
            "no_urgent_exception",
            _("The document knows no exception for urgent cases: the ending must be told first."),
        )
    if ground.after_suspension and (facts.suspended_since is None or facts.suspended_since >= facts.on):
        return Refusal(
            ground.article,
            "not_suspended",
            _(
                "Only a contract that was suspended, and whose ground was not cured, can be ended on this ground."
            ),
        )
    if ground.demand_first and facts.demand_through is None:
        return Refusal(ground.article, "no_demand", _("A demand with a period must be dispatched first."))
    if ground.demand_first and facts.demand_through is not None and facts.demand_through >= facts.on:
        return Refusal(
            ground.article,
            "demand_still_runs",
            _("The demand gave the subscriber until %(day)s.") % {"day": facts.demand_through},
        )
    if facts.ends_on < facts.on:
        return Refusal(ground.article, "not_in_advance", _("The last day cannot lie before the declaration."))
    if needs_notice_first(table, ground, urgent=facts.urgent) and facts.ends_on == facts.on:
        return Refusal(
            table.article if table else ground.article,
            "notice_first",
            _("The ending must be told first; the last day can be tomorrow at the earliest."),
        )
    return None


def was_told_first(
    article: ArticleRef, *, needed: bool, dispatched_on: date | None, by: date
) -> Refusal | None:
    """Refuses to end a contract whose notice had to come first and was not dispatched ``by`` its day."""
    if not needed:
        return None
    if dispatched_on is None:
        return Refusal(article, "no_notice", _("The notice that must come first was not dispatched."))
    if dispatched_on > by:
        return Refusal(
            article,
            "notice_too_late",
            _("The notice was dispatched on %(day)s, too late for this ending.") % {"day": dispatched_on},
        )
    return None
