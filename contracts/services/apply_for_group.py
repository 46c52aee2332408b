"""The representative of a group of lines applies for its new lines, all at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.line_group import fits_group, may_represent
from contracts.models import LineGroup, Product, Request, Subscriber
from contracts.moments import japan_date
from contracts.selectors import facts_of
from contracts.services.join_group import name_representative
from contracts.services.receive_request import receive_request
from terms.registry import pack_for
from workflow.errors import Refused
from workflow.models import User


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """A line that is applied for: whose it becomes, and in which ``building`` and room of the group's address."""

    subscriber: Subscriber
    building: str


def apply_for_group(
    *, group: LineGroup, product: Product, lines: Sequence[NewLine], form: str, by: User, at: datetime
) -> list[Request]:
    """The applications for ``product``, one for each of ``lines``, received at ``at`` from the representative of ``group``
    (hikari-line 5, plan 2). All or none.

    Each subscriber has consented to the representative. Where the group has none yet, it is the subscriber of the first
    line. ValidationError for no line, and for what is wrong with one of them, said with its subscriber; Refused where the
    plan knows no representative, or the group with these lines would not be as the document wants it.
    """
    if not lines:
        raise ValidationError({"lines": _("Name the lines.")})
    pack = pack_for(group.terms_code, japan_date(at))
    refusal = may_represent(pack, plan=group.plan, represents=True, consented=True)
    if refusal:
        raise Refused(refusal)
    with transaction.atomic():
        group.refresh_from_db(from_queryset=LineGroup.objects.select_for_update(of=("self",)))
        made = [_apply(group, product, line, form=form, by=by, at=at) for line in lines]
        refusal = fits_group(pack, dwelling=product.dwelling, item=product.item, group=facts_of(group))
        if refusal:
            raise Refused(refusal)
    return made


def _apply(
    group: LineGroup, product: Product, line: NewLine, *, form: str, by: User, at: datetime
) -> Request:
    asking = group.representative.subscriber if group.representative else None
    place = {name: getattr(group, name) for name in ("postal_code", "prefecture", "city", "town")}
    try:
        request = receive_request(
            by=by,
            at=at,
            kind=Request.Kind.NEW,
            subscriber=line.subscriber,
            terms_code=group.terms_code,
            form=form,
            details={
                "product": product.code,
                "group": group.number,
                "building": line.building,
                "consents_to_representative": True,
                **place,
            },
            represented_by=asking,
        )
    except ValidationError as error:
        messages = [f"{line.subscriber}：{message}" for message in error.messages]
        raise ValidationError({"lines": messages}) from error
    if asking is None:
        assert request.contract is not None
        named = name_representative(group=group, contract=request.contract, by=by, on=japan_date(at))
        group.representative = named.representative
    return request
