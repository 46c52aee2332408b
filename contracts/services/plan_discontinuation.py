"""Plan the end of a service, notify the minister where that is needed, or give the plan up."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from contracts.guards.discontinuation import discontinuation_of
from contracts.models import Discontinuation, Product
from contracts.services.note_change import note_change
from terms.article import ArticleRef
from terms.registry import pack_for, statute
from workflow.models import User
from workflow.services.perform import perform


def plan_discontinuation(
    *,
    by: User,
    on: date,
    terms_code: str,
    products: Iterable[Product] = (),
    last_day: date,
    reason: str,
    ground: str = "",
    alternative: str = "",
    upstream: str = "",
    upstream_ends: date | None = None,
    designated: bool = False,
) -> Discontinuation:
    """The plan to end ``products`` (all of the document where none is named) with ``last_day``; nobody is told yet.

    ``upstream`` and ``upstream_ends``: another operator's service on which it depends, and its last day. ValidationError
    for products of another document or whose end is announced already, for a day that is over, or one of the two left out.
    """
    products = list(products)
    if last_day < on:
        raise ValidationError({"last_day": _("The end of a service is told beforehand.")})
    if any(product.terms_code != terms_code for product in products):
        raise ValidationError({"products": _("Name products of “%(terms)s” only.") % {"terms": terms_code}})
    if bool(upstream) != bool(upstream_ends):
        raise ValidationError({"upstream_ends": _("Name the service it depends on, and its last day.")})
    announced = (
        Discontinuation.objects.filter(terms_code=terms_code, state=Discontinuation.State.ANNOUNCED)
        .filter(Q(products__isnull=True) | Q(products__in=products), last_day__lte=last_day)
        .first()
    )
    if announced is not None:
        raise ValidationError(
            {
                "products": _("The end of this service on %(day)s is announced already.")
                % {"day": announced.last_day}
            }
        )
    table = discontinuation_of(pack_for(terms_code, on), statute(on))
    found = table.ground(ground)
    with transaction.atomic():
        planned = Discontinuation(
            terms_code=terms_code,
            last_day=last_day,
            ground=ground,
            article=str(found.article if found else table.article),
            reason=reason,
            alternative=alternative,
            upstream=upstream,
            upstream_ends=upstream_ends,
            designated=designated,
            decided_by=by,
        )
        planned.full_clean()
        planned.save()
        planned.products.set(products)
        note_change(planned, "plan", by=by, on=on, reason=reason, article=table.article)
    return planned


def tell_minister(*, discontinuation: Discontinuation, by: User, on: date, reason: str) -> Discontinuation:
    """The notification reached the minister on ``on`` (施行規則22の2の11); ``reason``: its reference. WrongState once announced."""
    law = statute(on).discontinuation_notice
    article = law.minister.article if law and law.minister else None
    perform(discontinuation, "tell_minister", by=by, on=on, reason=reason, article=article)
    return discontinuation


def drop_discontinuation(
    *, discontinuation: Discontinuation, by: User, on: date, reason: str
) -> Discontinuation:
    """The plan is given up. WrongState once it is announced."""
    article = ArticleRef.parse(discontinuation.article)
    perform(discontinuation, "drop", by=by, on=on, reason=reason, article=article)
    return discontinuation
