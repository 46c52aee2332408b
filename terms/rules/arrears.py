"""What follows from an unpaid debt (支払いがない場合の利用停止と解除): facts in, the next step out.

The same decision is asked each night and once more just before a step is carried out, on facts read afresh.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from terms.article import ArticleRef
from terms.facts import not_negative, require
from terms.result import Line, Result

Kind = Literal["reminder", "suspension_notice", "suspend", "lift", "nothing", "ending_notice", "ending"]


@dataclass(frozen=True, kw_only=True)
class Arrears:
    """The clauses that lead from a debt to a suspension and to the ending. Without ``suspension`` the way goes from the
    reminder to a demand (``ending_notice``) and the ending."""

    article: ArticleRef
    ending: ArticleRef
    ending_notice: ArticleRef
    suspension: ArticleRef | None = None
    suspension_notice: ArticleRef | None = None

    def __post_init__(self) -> None:
        require(
            (self.suspension is None) == (self.suspension_notice is None),
            "suspension and suspension_notice go together",
        )


@dataclass(frozen=True, kw_only=True)
class ArrearsPolicy:
    """What the documents leave to the operator, in days: how long after the due date to remind and to give notice of
    suspension; how long a notice must have been out; how long a suspension (or the reminder) goes uncured before the ending
    is announced. Debts below ``minimum`` yen are only reminded of."""

    reminder_after: int
    suspension_notice_after: int
    suspension_notice_days: int
    ending_notice_after: int
    ending_notice_days: int
    minimum: int = 1

    def __post_init__(self) -> None:
        not_negative(reminder_after=self.reminder_after, suspension_notice_after=self.suspension_notice_after)
        not_negative(ending_notice_after=self.ending_notice_after)
        # "beforehand" (あらかじめ): a notice that goes out on the day of the step itself is none
        require(
            self.suspension_notice_days >= 1,
            "suspension_notice_days must be 1 or more: notice is given beforehand",
        )
        require(
            self.ending_notice_days >= 1, "ending_notice_days must be 1 or more: notice is given beforehand"
        )


@dataclass(frozen=True, kw_only=True)
class ArrearsFacts:
    """One contract on one day. ``owed`` is what is unpaid of all debts past their due date, in yen, of which the earliest
    was ``due``; ``disputed``: the subscriber contests it; ``promised_until``: the operator agreed
    in writing to wait up to that day. Dates of what was sent are days of dispatch.

    ``suspends_on``: the day that the notice of suspension announced. ``suspended_since``: in force for a debt.
    """

    on: date
    owed: int
    policy: ArrearsPolicy
    due: date | None = None
    disputed: bool = False
    promised_until: date | None = None
    reminded_on: date | None = None
    suspension_notice_on: date | None = None
    suspends_on: date | None = None
    suspended_since: date | None = None
    ending_notice_on: date | None = None
    ends_on: date | None = None

    def __post_init__(self) -> None:
        not_negative(owed=self.owed)
        require(self.owed == 0 or self.due is not None, "a debt needs the day it was due")


@dataclass(frozen=True, kw_only=True)
class Step(Result):
    """What to do now, on which article, and why (a code: paid, not_due, disputed, promised, too_small, waiting, overdue, uncured).

    ``on``: the day that a notice announces for its step; for "nothing" the earliest day on which something may follow.
    """

    kind: Kind
    reason: str
    on: date | None = None


def arrears(rule: Arrears, facts: ArrearsFacts) -> Step:
    """The next step for one contract."""
    if facts.owed == 0:
        if facts.suspended_since and rule.suspension:
            return step("lift", rule.suspension, "paid")
        return step("nothing", rule.article, "paid")
    if facts.due is None or facts.on <= facts.due:
        return step("nothing", rule.article, "not_due", facts.due + timedelta(1) if facts.due else None)
    if facts.disputed:
        return step("nothing", rule.article, "disputed")
    if facts.promised_until and facts.on <= facts.promised_until:
        return step("nothing", rule.article, "promised", facts.promised_until + timedelta(1))
    if facts.suspended_since:
        return towards_ending(rule, facts, facts.suspended_since)
    if stale(facts.reminded_on, facts.due) or facts.reminded_on is None:
        return at(facts, facts.due + timedelta(facts.policy.reminder_after), "reminder", rule.article)
    if facts.owed < facts.policy.minimum:
        return step("nothing", rule.article, "too_small")
    if rule.suspension and rule.suspension_notice:
        return towards_suspension(rule.suspension, rule.suspension_notice, facts, facts.due)
    return towards_ending(rule, facts, facts.reminded_on)


def towards_suspension(suspension: ArticleRef, notice: ArticleRef, facts: ArrearsFacts, due: date) -> Step:
    """Announce it, and carry it out on the announced day, but not before the notice has been out long enough."""
    if facts.suspension_notice_on is None or stale(facts.suspension_notice_on, due):
        return at(facts, due + timedelta(facts.policy.suspension_notice_after), "suspension_notice", notice)
    earliest = facts.suspension_notice_on + timedelta(facts.policy.suspension_notice_days)
    return at(facts, max(earliest, facts.suspends_on or earliest), "suspend", suspension)


def towards_ending(rule: Arrears, facts: ArrearsFacts, since: date) -> Step:
    """Announce it once the suspension, or the reminder, has gone uncured long enough; then carry it out."""
    if facts.ending_notice_on is None or facts.ending_notice_on < since:
        return at(
            facts,
            since + timedelta(facts.policy.ending_notice_after),
            "ending_notice",
            rule.ending_notice,
            "uncured",
        )
    earliest = facts.ending_notice_on + timedelta(facts.policy.ending_notice_days)
    return at(facts, max(earliest, facts.ends_on or earliest), "ending", rule.ending, "uncured")


def stale(sent_on: date | None, due: date) -> bool:
    """Something sent by the due date was about another debt: this one was not overdue yet."""
    return sent_on is not None and sent_on <= due


def at(facts: ArrearsFacts, day: date, kind: Kind, article: ArticleRef, reason: str = "overdue") -> Step:
    """The step if its day has come, otherwise nothing until then. A notice announces the day of what it is about."""
    if facts.on < day:
        return step("nothing", article, "waiting", day)
    announced = {
        "suspension_notice": facts.on + timedelta(facts.policy.suspension_notice_days),
        "ending_notice": facts.on + timedelta(facts.policy.ending_notice_days),
    }
    return step(kind, article, reason, announced.get(kind))


def step(kind: Kind, article: ArticleRef, reason: str, on: date | None = None) -> Step:
    return Step(
        article=article,
        kind=kind,
        reason=reason,
        on=on,
        lines=(Line(text=f"arrears_{kind}", article=article, to=on),),
    )
