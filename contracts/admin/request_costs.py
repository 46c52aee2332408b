"""What a request would cost. Billing knows, so billing says it here."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from contracts.models import Contract, Subscriber
from workflow.models import User
from workflow.staff.panels import Panel

Costs = Callable[..., Iterable[Panel]]

_sources: list[Costs] = []


def ask(costs: Costs) -> None:
    """Ask ``costs``, too: it takes the arguments of receive_request and gives tables."""
    _sources.append(costs)


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
