"""The kinds of request that are received here. One file a kind, or two that share their parts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.kinds.application import NEW
from contracts.kinds.details import clean_details
from contracts.kinds.different_route import DIFFERENT_ROUTE
from contracts.kinds.ending import CANCELLATION, ENDING
from contracts.kinds.initial_cancellation import INITIAL_CANCELLATION
from contracts.kinds.interconnection import INTERCONNECTION
from contracts.kinds.item_change import ITEM_CHANGE
from contracts.kinds.kind import Asked, RequestKind
from contracts.kinds.name_change import NAME_CHANGE
from contracts.kinds.option import EQUIPMENT, OPTION
from contracts.kinds.other_change import OTHER_CHANGE
from contracts.kinds.own_equipment import OWN_EQUIPMENT, OWN_FACILITY
from contracts.kinds.pausing import PAUSE, RESUME
from contracts.kinds.provider_change import PROVIDER_CHANGE
from contracts.kinds.relocation import RELOCATION
from contracts.kinds.succession import SUCCESSION
from contracts.kinds.transfer import TRANSFER
from contracts.models import Request
from contracts.moments import japan_date
from terms.article import ArticleRef
from terms.pack import Pack

KINDS: Mapping[str, RequestKind] = {
    Request.Kind.NEW: NEW,
    Request.Kind.ITEM_CHANGE: ITEM_CHANGE,
    Request.Kind.OPTION: OPTION,
    Request.Kind.EQUIPMENT: EQUIPMENT,
    Request.Kind.RELOCATION: RELOCATION,
    Request.Kind.DIFFERENT_ROUTE: DIFFERENT_ROUTE,
    Request.Kind.OTHER_CHANGE: OTHER_CHANGE,
    Request.Kind.PAUSE: PAUSE,
    Request.Kind.RESUME: RESUME,
    Request.Kind.TRANSFER: TRANSFER,
    Request.Kind.SUCCESSION: SUCCESSION,
    Request.Kind.NAME_CHANGE: NAME_CHANGE,
    Request.Kind.PROVIDER_CHANGE: PROVIDER_CHANGE,
    Request.Kind.INTERCONNECTION: INTERCONNECTION,
    Request.Kind.OWN_EQUIPMENT: OWN_EQUIPMENT,
    Request.Kind.OWN_FACILITY: OWN_FACILITY,
    Request.Kind.INITIAL_CANCELLATION: INITIAL_CANCELLATION,
    Request.Kind.CANCELLATION: CANCELLATION,
    Request.Kind.ENDING: ENDING,
}


def kind_of(code: str) -> RequestKind:
    """The kind of that code. ValidationError for one that is not received here."""
    try:
        return KINDS[code]
    except KeyError:
        raise ValidationError(
            {"kind": _("“%(kind)s” is no kind of request that is received here.") % {"kind": code}}
        ) from None


def cleaned(code: str, details: Mapping[str, Any]) -> dict[str, Any]:
    """The details of a request of that kind, checked and normalised. ValidationError names each key that is wrong."""
    kind = kind_of(code)
    return clean_details(details, needs=kind.needs, may=kind.may)


def articles_of(pack: Pack, code: str, on: date) -> list[ArticleRef]:
    """The articles on which a request of that kind rests; never none."""
    kind = kind_of(code)
    terms, application = kind.terms(pack), pack.application
    if terms is None:
        return [kind.silent(pack, on)]
    return [terms.article, *([application.article] if terms.like_application and application else [])]


def asked_by(request: Request, *, on: date | None = None) -> Asked:
    """What a request asks for, under the version of its day of receipt, or of ``on``."""
    assert request.contract is not None
    assert request.received_at is not None
    day = on or japan_date(request.received_at)
    return Asked(
        pack=request.contract.pack(day),
        subscriber=request.subscriber,
        contract=request.contract,
        details=request.details,
        on=day,
    )
