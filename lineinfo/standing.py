"""Whether an API contract may be used right now, and if not, why and for how long."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, DateField, DateTimeField, QuerySet

from contracts.models import Interruption
from lineinfo.models import ApiContract, ApiSuspension, EndedPart
from lineinfo.statement import Given, Statement
from notices.selectors import notices_about

_NEVER_OR_NO_MORE = frozenset(
    {
        ApiContract.State.APPLIED,
        ApiContract.State.REFUSED,
        ApiContract.State.WITHDRAWN,
        ApiContract.State.ENDED,
    }
)


@dataclass(frozen=True)
class Closed:
    """Access is closed: ``code`` is "suspended", "ended" or "interrupted", on ``article``, for ``reason``.

    ``parts``: those that are closed, empty for the whole function. ``from_`` and ``through`` (both inclusive) give the days of a
    suspension, ``through`` None until the breach is cured; ``until`` the moment at which an interruption is over.
    """

    code: str
    article: str
    reason: str
    from_: date | None = None
    through: date | None = None
    until: datetime | None = None
    parts: tuple[str, ...] = ()


def closed(contract: ApiContract, *, on: date, at: datetime, part: str = "") -> Closed | None:
    """Why the contract gives no access to ``part`` of the function at ``at``, on the day ``on``; None where it does.

    Without ``part`` it is about what closes with the whole only.

    That a last day or a suspension's period is over counts at once, whether or not the nightly job has run.
    """
    if contract.state in _NEVER_OR_NO_MORE or _last_day_over(contract, on):
        return Closed("ended", contract.article, contract.reason, through=contract.ends_on)
    return (
        _suspended(contract, on, part)
        or _part_over(contract, on, part)
        or _interrupted(contract.terms_code, at, part)
    )


def _last_day_over(contract: ApiContract, on: date) -> bool:
    if contract.state != ApiContract.State.ENDING or contract.ends_on is None or contract.ends_on >= on:
        return False
    # An ending that must be told first is none before its notice has left (line-info-api 12-4).
    return contract.ending_notice is None or contract.ending_notice.dispatched_at is not None


def _suspended(contract: ApiContract, on: date, part: str) -> Closed | None:
    # Ending, a contract can still be under a suspension that began before.
    if contract.state == ApiContract.State.ACTIVE and part not in contract.suspended_parts:
        return None
    suspension = contract.suspensions.filter(state=ApiSuspension.State.IN_FORCE).first()
    if suspension is None or (suspension.through is not None and suspension.through < on):
        return None
    if suspension.parts and part not in suspension.parts:
        return None
    return Closed(
        "suspended",
        suspension.article,
        suspension.reason,
        suspension.starts_on,
        suspension.through,
        parts=tuple(suspension.parts),
    )


def _part_over(contract: ApiContract, on: date, part: str) -> Closed | None:
    if not part:
        return None
    for key, article, reason, ends_on in _ENDED_PART.rows(terms_code=contract.terms_code, part=part, on=on):
        told = notices_about(EndedPart(pk=key)).filter(recipient_id=contract.subscriber_id)
        # An ending that must be told first is none before its notice has left (line-info-api 23-3).
        if not told.filter(dispatched_at__isnull=True).exists():
            return Closed("ended", article, reason, through=ends_on, parts=(part,))
    return None


def _interrupted(terms_code: str, at: datetime, part: str) -> Closed | None:
    for article, title, until, parts in _INTERRUPTIONS.rows(terms_code=terms_code, at=at):
        if not parts or part in parts:
            return Closed("interrupted", article, title, until=until, parts=tuple(parts))
    return None


def _ended_part() -> QuerySet[EndedPart, tuple[Any, ...]]:
    return EndedPart.objects.filter(
        terms_code=Given("terms_code", CharField()),
        part=Given("part", CharField()),
        ends_on__lt=Given("on", DateField()),
    ).values_list("pk", "article", "reason", "ends_on")


def _interruptions() -> QuerySet[Interruption, tuple[Any, ...]]:
    at = Given("at", DateTimeField())
    return (
        Interruption.objects.filter(
            terms_code=Given("terms_code", CharField()),
            starts_at__lte=at,
            ends_at__gt=at,
            ended__isnull=True,
        )
        .order_by("-ends_at")
        .values_list("article", "title", "ends_at", "parts")
    )


_ENDED_PART = Statement(_ended_part)
_INTERRUPTIONS = Statement(_interruptions)
