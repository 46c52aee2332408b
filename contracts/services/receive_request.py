"""Receive what a subscriber asks for, in order of arrival."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.application import application_of
from contracts.guards.forms import in_form
from contracts.guards.line_group import may_represent
from contracts.kinds import asked_by, cleaned, kind_of
from contracts.kinds.groups import group_of
from contracts.kinds.products import product_of
from contracts.models import Contract, Line, Product, Request, Subscriber
from contracts.moments import japan_date
from contracts.selectors import contract_beside
from contracts.services.answer_request import answer_one_sided
from contracts.services.check_request import check_asked
from contracts.services.join_group import join_group
from contracts.services.keep_origin import keep_origin
from contracts.services.tell import tell_about_request
from terms.errors import TermsError
from terms.pack import Pack
from terms.registry import pack_for
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform


def receive_request(
    *,
    by: User,
    at: datetime,
    kind: str,
    subscriber: Subscriber,
    terms_code: str,
    form: str,
    details: Mapping[str, Any],
    contract: Contract | None = None,
    represented_by: Subscriber | None = None,
) -> Request:
    """The request as received at ``at``; a request for a new contract also makes its line and the contract applied for.

    ``details`` are those of ``contracts.kinds`` for the kind. What takes effect on its own (an ending, a
    cancellation before opening) is carried out at once. ``represented_by``: who asks for the subscriber, as the representative
    of its group of lines. ValidationError names the field that is wrong; Refused says
    that the document asks for another form or forbids it. Nothing is kept then.
    """
    details = cleaned(kind, details)
    on = japan_date(at)
    try:
        pack = pack_for(terms_code, on)
    except TermsError as error:
        raise ValidationError({"terms_code": str(error)}) from error
    if form not in Request.Form.values:
        raise ValidationError({"form": _("“%(form)s” is no form of a request.") % {"form": form}})
    with transaction.atomic():
        if kind_of(kind).new:
            if contract is not None:
                raise ValidationError({"contract": _("A request for a new contract names no contract.")})
            contract = _apply(pack, subscriber, form, details, by=by, on=on)
        else:
            _check_contract(contract, subscriber, terms_code)
        if represented_by is not None and contract is not None:
            _check_representative(pack, contract, represented_by)
        request = Request.objects.create(
            kind=kind,
            subscriber=subscriber,
            terms_code=terms_code,
            form=form,
            details=details,
            contract=contract,
            represented_by=represented_by,
        )
        perform(request, "receive", by=by, on=on, at=at)
        if not kind_of(kind).new:
            check_asked(kind, asked_by(request), form=form)
            kind_of(kind).follow(request, by, on)
        if kind_of(kind).one_sided:
            answer_one_sided(request=request, by=by, on=on)
        else:
            terms = kind_of(kind).terms(pack)
            article = terms.article if terms else application_of(pack).form_article
            tell_about_request(request, "request_received", on=on, article=article, received_at=at)
    return request


def _apply(
    pack: Pack, subscriber: Subscriber, form: str, details: Mapping[str, Any], *, by: User, on: date
) -> Contract:
    table = application_of(pack)
    refusal = in_form(table.form, table.form_article, form)
    if refusal:
        raise Refused(refusal)
    product = product_of(details, pack.code, Product.Kind.BASE)
    for code in details.get("options", ()):
        product_of({"product": code}, pack.code, Product.Kind.OPTION, Product.Kind.EQUIPMENT)
    parent = contract_beside(subscriber, product, number=details.get("parent", ""))
    line = Line(
        terms_code=pack.code,
        terminal_point=details.get("terminal_point", ""),
        **{name: details.get(name, "") for name in ("postal_code", "prefecture", "city", "town", "building")},
    )
    line.full_clean()
    line.save()
    contract = Contract(
        subscriber=subscriber,
        terms_code=pack.code,
        product=product,
        line=line,
        parent=parent,
        partner=product.partner,
        applied_on=on,
        cycle_day=details.get("cycle_day", 1),
    )
    contract.save()
    keep_origin(contract, details, on=on)
    group = group_of(details, pack.code)
    if group is not None:
        consents = bool(details.get("consents_to_representative"))
        join_group(group=group, contract=contract, by=by, on=on, consents=consents)
    return contract


def _check_representative(pack: Pack, contract: Contract, asking: Subscriber) -> None:
    member = (
        contract.group_memberships.filter(left_on__isnull=True)
        .select_related("group__representative")
        .first()
    )
    named = member.group.representative if member else None
    refusal = may_represent(
        pack,
        plan=member.group.plan if member else "",
        represents=named is not None and named.subscriber_id == asking.pk,
        consented=member is not None and member.consented_on is not None,
    )
    if refusal:
        raise Refused(refusal)


def _check_contract(contract: Contract | None, subscriber: Subscriber, terms_code: str) -> None:
    if contract is None:
        raise ValidationError({"contract": _("Say which contract this is about.")})
    if contract.subscriber_id != subscriber.pk or contract.terms_code != terms_code:
        raise ValidationError(
            {
                "contract": _("Contract %(number)s is not this subscriber’s under these terms.")
                % {"number": contract}
            }
        )
