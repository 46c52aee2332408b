"""What a request would cost. Billing knows, so billing says it here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from contracts.models import Contract, Request, Subscriber
from workflow.models import User
from workflow.staff.panels import Panel

Costs = Callable[..., Iterable[Panel]]

OpenCosts = Callable[[Sequence[Request], date], Iterable[Panel]]

_sources: list[Costs] = []
_open_sources: list[OpenCosts] = []


def ask(costs: Costs) -> None:
    """Ask ``costs``, too: it takes the arguments of receive_request and gives tables."""
    _sources.append(costs)


def ask_open(costs: OpenCosts) -> None:
    """Ask ``costs``, too: it takes requests that are open and the day, and gives tables."""
    _open_sources.append(costs)


def costs_of_open(requests: Sequence[Request], *, on: date) -> list[Panel]:
    """What these requests, which were received together, would cost if they were granted on a day."""
    return [shown for costs in _open_sources for shown in costs(requests, on)]


def costs_of(
    *,
    by: User,
    at: datetime,
    kind: str,
    subscriber: Subscriber,
    terms_code: str,
    form: str,
    details: Mapping[str, Any],
    contract: Contract | None = None,
) -> list[Panel]:
    """What such a request would cost, from when. Errors as in receive_request and accept_request; changes nothing."""
    asked = {
        "by": by,
        "at": at,
        "kind": kind,
        "subscriber": subscriber,
        "terms_code": terms_code,
        "form": form,
        "details": details,
        "contract": contract,
    }
    return [shown for costs in _sources for shown in costs(**asked)]
