"""Give a contract another item."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.application import application_of
from contracts.guards.line_group import in_groups_only
from contracts.models import Contract, Product, ProductChange, Request
from contracts.services.add_option import RUNNING
from contracts.services.leave_group import leave_group
from contracts.services.not_before_service import not_before_service
from contracts.services.note_change import note_change
from contracts.services.tell import tell, tell_partner
from terms.article import ArticleRef
from workflow.models import User


def change_product(
    *,
    contract: Contract,
    product: Product,
    by: User,
    on: date,
    request: Request | None = None,
    article: ArticleRef | None = None,
) -> ProductChange:
    """The contract has ``product`` from ``on``; the subscriber and the partner who prices the course are told.

    ``article``: on which it rests, the document's on item changes where left out. ValidationError for a product of
    another document or beside another one, for a contract that does not run, and for a second change on one day.
    """
    terms = contract.pack(on).item_change
    article = article or (terms.article if terms else application_of(contract.pack(on)).article)
    not_before_service(contract, on)
    with transaction.atomic():
        contract.refresh_from_db(from_queryset=Contract.objects.select_for_update(of=("self",)))
        old = contract.product
        _check(contract, product)
        change = ProductChange(
            contract=contract, on=on, old=old, new=product, request=request, article=str(article)
        )
        change.full_clean()
        change.save()
        contract.product = product
        contract.partner = product.partner
        contract.save(update_fields=["product", "partner"])
        if not in_groups_only(contract.pack(on), product.dwelling):
            leave_group(contract=contract, by=by, on=on)
        note_change(contract, "change_product", by=by, on=on, reason=f"{old} → {product}", article=article)
        tell(
            contract,
            "change_done",
            on=on,
            article=article,
            change=Request.Kind.ITEM_CHANGE,
            effective_on=on,
            details=[f"変更前：{old.name}", f"変更後：{product.name}"],
        )
        tell_partner(contract, "item_change", on=on, event="品目の変更", effective_on=on)
    return change


def _check(contract: Contract, product: Product) -> None:
    if contract.state not in RUNNING:
        raise ValidationError(
            _("Contract %(contract)s is “%(state)s”; the item of running contracts changes.")
            % {"contract": contract, "state": contract.get_state_display()}
        )
    if product.terms_code != contract.terms_code or product.kind != Product.Kind.BASE:
        raise ValidationError(
            {"product": _("“%(product)s” is no item of this document.") % {"product": product}}
        )
    if product.beside_terms != contract.product.beside_terms or product.per != contract.product.per:
        raise ValidationError(
            {
                "product": _(
                    "“%(product)s” is paid or stands beside other contracts in another way; apply for a new contract."
                )
                % {"product": product}
            }
        )
