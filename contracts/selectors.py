"""Reads of contracts that more than one caller needs."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from contracts.models import (
    Contract,
    ContractOption,
    Ending,
    Line,
    Outage,
    Pause,
    Product,
    Request,
    ServiceArea,
    Subscriber,
    Suspension,
    TermsVersion,
)
from contracts.models.contract import LIVE_STATES
from terms.rules.renewal import Renewal


def live_contracts(subscriber: Subscriber) -> QuerySet[Contract]:
    """The contracts that bind the subscriber now."""
    return subscriber.contracts.filter(state__in=LIVE_STATES)


def contract_beside(subscriber: Subscriber, product: Product, *, number: str = "") -> Contract | None:
    """The live contract of the same subscriber beside which a contract for ``product`` stands, or None.

    ``number`` names it; without a number it is found where there is only one. ValidationError where the number is no
    such contract, or where there are several to choose from.
    """
    if not product.beside_terms:
        if number:
            raise ValidationError({"parent": _("This product stands beside no other contract.")})
        return None
    beside = live_contracts(subscriber).filter(terms_code=product.beside_terms)
    if number:
        found = beside.filter(number=number).first()
        if found is None:
            raise ValidationError(
                {"parent": _("%(number)s is no live contract of this subscriber under “%(terms)s”.")
                 % {"number": number, "terms": product.beside_terms}}
            )
        return found
    candidates = list(beside[:2])
    if len(candidates) > 1:
        raise ValidationError({"parent": _("Say beside which of the subscriber’s contracts this one stands.")})
    return candidates[0] if candidates else None


def in_service_area(terms_code: str, prefecture: str, city: str) -> bool:
    """Whether the place lies where the service of that document is offered."""
    return (
        ServiceArea.objects.filter(terms_code=terms_code, prefecture=prefecture)
        .filter(Q(city="") | Q(city=city))
        .exists()
    )
