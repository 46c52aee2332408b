"""Another item or plan for a contract (品目・細目・メニューの変更)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.guards.application import application_of
from contracts.guards.line_group import fits_group
from contracts.guards.request import may_change_maintenance, one_change_a_day
from contracts.kinds.details import day, free_text, text
from contracts.kinds.kind import Asked, RequestKind
from contracts.kinds.products import product_of
from contracts.models import Product, Request
from contracts.selectors import group_facts
from contracts.services.change_product import change_product
from terms.calendar import Month
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User


def _check(asked: Asked) -> None:
    product = product_of(asked.details, asked.pack.code, Product.Kind.BASE)
    now = asked.contract.product
    if product == now:
        raise ValidationError(
            {"product": _("The contract has “%(product)s” already.") % {"product": product}}
        )
    for against in _against(asked):
        raise Refused(against)
    terms = asked.pack.item_change
    if terms is None or (product.item, product.dwelling) != (now.item, now.dwelling):
        return
    month = Month.of(asked.wished_on)
    earlier = asked.contract.product_changes.filter(on__gte=month.first, on__lt=month.end).select_related(
        "old", "new"
    )
    alone = sum(
        (change.old.item, change.old.dwelling) == (change.new.item, change.new.dwelling) for change in earlier
    )
    refusal = may_change_maintenance(terms, earlier_this_month=alone)
    if refusal:
        raise Refused(refusal)


def _against(asked: Asked, arrears: int = 0) -> Iterable[Refusal]:
    terms = asked.pack.item_change
    day = asked.wished_on
    contract = asked.contract
    granted = contract.requests.filter(
        kind=Request.Kind.ITEM_CHANGE, state=Request.State.ACCEPTED, effective_on=day
    )
    changes = granted.exists() or contract.product_changes.filter(on=day).exists()
    refusal = one_change_a_day(
        terms.article if terms else application_of(asked.pack).article, changes_that_day=changes, day=day
    )
    return [each for each in (refusal, _outside_its_group(asked)) if each]


def _outside_its_group(asked: Asked) -> Refusal | None:
    """What keeps the contract from a product that is given in groups of lines."""
    product = product_of(asked.details, asked.pack.code, Product.Kind.BASE)
    group = group_facts(asked.contract)
    if group is not None:
        group = replace(group, told_single=False)  # It is no new line.
    return fits_group(asked.pack, dwelling=product.dwelling, item=product.item, group=group)


def _carry_out(request: Request, by: User, on: date) -> None:
    assert request.contract is not None
    product = product_of(request.details, request.terms_code, Product.Kind.BASE)
    change_product(contract=request.contract, product=product, by=by, on=on, request=request)


ITEM_CHANGE = RequestKind(
    needs={"product": text, "on": day},
    may={"note": free_text},
    terms=lambda pack: pack.item_change,
    check=_check,
    carry_out=_carry_out,
    against=_against,
)
