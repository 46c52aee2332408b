"""What a collector tells us: a payment was made, failed, expired, or was taken back."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

Kind = Literal["payment.paid", "payment.failed", "payment.expired", "payment.reversed"]


_KINDS: tuple[Kind, ...] = get_args(Kind)


class BadEvent(ValueError):
    """A message that cannot be understood. It says what is wrong."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """``id`` is the event's own; ``payment`` the collector's ID of the payment; ``at`` when it happened."""

    id: str
    kind: Kind
    payment: str
    order: str
    amount: int
    at: datetime


def read_event(body: bytes) -> Event:
    """The event in a message as it arrived. BadEvent."""
    try:
        data = json.loads(body)
    except ValueError as error:
        raise BadEvent("The body is not JSON.") from error
    if not isinstance(data, dict) or not isinstance(data.get("payment"), dict):
        raise BadEvent("The body is not an event with a payment.")
    payment = data["payment"]
    amount = payment.get("amount")
    kind = next((each for each in _KINDS if each == data.get("type")), None)
    if kind is None:
        raise BadEvent("The type of the event is unknown.")
    if not isinstance(amount, int) or isinstance(amount, bool) or not 0 < amount < 2**31:
        raise BadEvent("The amount is not a number of yen.")
    return Event(
        id=_text(data, "id"),
        kind=kind,
        payment=_text(payment, "id"),
        order=_text(payment, "order"),
        amount=amount,
        at=_moment(data),
    )


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= 64:
        raise BadEvent(f"“{name}” is missing or too long.")
    return value


def _moment(data: dict[str, Any]) -> datetime:
    try:
        found = datetime.fromisoformat(_text(data, "at"))
    except ValueError as error:
        raise BadEvent("“at” is no time.") from error
    if found.tzinfo is None:
        raise BadEvent("“at” has no time zone.")
    return found
