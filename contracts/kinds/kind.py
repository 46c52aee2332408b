"""What a kind of request is: what it must say, what the document says of it, and what is done when it is granted."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from contracts.guards.application import application_of
from contracts.kinds.details import Check
from contracts.models import Contract, Request, Subscriber
from terms.article import ArticleRef
from terms.document import Form, RequestTerms
from terms.pack import Pack
from terms.refusal import Refusal
from workflow.models import User


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked for, before or after it became a request: by whom, about which contract, under which version.

    ``on``: the day on which it was received, which decides what is in time.
    """

    pack: Pack
    subscriber: Subscriber
    contract: Contract
    details: Mapping[str, Any]
    on: date

    @property
    def wished_on(self) -> date:
        """The day from which it is wished; the day of receipt where none was named."""
        return date.fromisoformat(self.details["on"]) if "on" in self.details else self.on


def nothing(asked: Asked) -> None:
    """No further condition."""


def on_the_wished_day(asked: Asked) -> date:
    """It takes effect on the day that was wished for."""
    return asked.wished_on


def on_receipt(asked: Asked) -> date:
    """It takes effect on the day of its receipt."""
    return asked.on


def the_asker(asked: Asked) -> Subscriber:
    """The one who asks."""
    return asked.subscriber


def nothing_against(asked: Asked, arrears: int) -> Iterable[Refusal]:
    """No ground that is found by rule."""
    return ()


def nothing_follows(request: Request, by: User, on: date) -> None:
    """Nothing goes with it before it is carried out."""


def on_applications(pack: Pack, on: date) -> ArticleRef:
    """A document that says nothing of it leaves it to what it says of applications."""
    return application_of(pack).article


def as_the_document_says(terms: RequestTerms, details: Mapping[str, Any]) -> Form:
    """The form that the document asks for, whatever the details."""
    return terms.form


def at_any_time(contract: Contract, on: date) -> bool:
    """There is no last day for it."""
    return True


def in_service(contract: Contract) -> bool:
    """The service has started and the contract has not ended."""
    return contract.service_start is not None and contract.is_live


@dataclass(frozen=True, kw_only=True)
class RequestKind:
    """One kind.

    ``needs`` and ``may``: the keys of ``details`` with their checks. ``terms``: what the document says of it, None
    where it says nothing. ``must_be_known``: a document that says nothing of it refuses it. ``check``: raises Refused or
    ValidationError for what cannot be granted, asked on receipt and again before saying yes. ``effective``: the day from
    which it takes effect once granted. ``carry_out``: does it. ``works``: something is built first, so that a done work
    of the request comes before it is carried out. ``one_sided``: takes effect when received, without an answer. ``new``:
    an application, which makes the contract that it is about. ``against``: what speaks against granting it, given the yen
    overdue of the one who is ``looked_at``; shown in the review. ``possible``: whether it is offered for a contract, by the
    contract's own columns. ``follow``: does what goes with the request when it was received, refused or taken back.
    ``form``: in which it may come in, by what the document says and the details. ``in_time``: whether it still makes sense to
    offer it on a day. ``silent``: the article on which it rests where the document says nothing of it.
    """

    carry_out: Callable[[Request, User, date], object]
    needs: Mapping[str, Check] = field(default_factory=dict)
    may: Mapping[str, Check] = field(default_factory=dict)
    terms: Callable[[Pack], RequestTerms | None]
    must_be_known: bool = True
    check: Callable[[Asked], None] = nothing
    effective: Callable[[Asked], date] = on_the_wished_day
    works: bool = False
    one_sided: bool = False
    new: bool = False
    looked_at: Callable[[Asked], Subscriber] = the_asker
    against: Callable[[Asked, int], Iterable[Refusal]] = nothing_against
    possible: Callable[[Contract], bool] = in_service
    follow: Callable[[Request, User, date], None] = nothing_follows
    form: Callable[[RequestTerms, Mapping[str, Any]], Form] = as_the_document_says
    in_time: Callable[[Contract, date], bool] = at_any_time
    silent: Callable[[Pack, date], ArticleRef] = on_applications
