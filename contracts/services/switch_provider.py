"""Record that a line moved to another provider (事業者変更の実施)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.application import application_of
from contracts.models import ApprovalNumber, Contract, Ending, Product
from contracts.services.begin_ending import begin_ending
from contracts.services.change_product import change_product
from contracts.services.follow_ending import follow_ending
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from terms.article import ArticleRef
from workflow.models import User

TYPE2, TYPE1 = "type2", "type1"


def switch_provider(*, number: ApprovalNumber, by: User, on: date) -> Ending | None:
    """The line moved on ``on`` with ``number``: the contract counts as ended by the subscriber's notice (hikari-line 22の3-3).

    Where it carries options or lent equipment, or maintenance type 2, and the subscriber did not give them up in the
    request, it goes on for these; with extras its maintenance becomes type 1 (22の3-3(1), (2)). None is returned then, and
    the line itself is charged for through that day. ValidationError for a number that is not good on that day.
    """
    contract = number.contract
    if not number.is_good(on):
        raise ValidationError(
            {
                "on": _("Approval number %(number)s is not good on %(day)s; it runs through %(last)s.")
                % {"number": number, "day": on, "last": number.valid_through}
            }
        )
    pack = contract.pack(on)
    article = pack.provider_change.article if pack.provider_change else application_of(pack).article
    type2 = contract.product.maintenance.startswith(TYPE2)
    extras = contract.options.filter(ends_on__isnull=True).exists()
    with transaction.atomic():
        number.used_on = on
        number.save(update_fields=["used_on"])
        note_change(contract, "switch_provider", by=by, on=on, reason=number.number, article=article)
        if (extras or type2) and not number.request.details.get("give_up_extras", False):
            if type2 and extras:
                change_product(contract=contract, product=_as_type1(contract), by=by, on=on, article=article)
            return None
        return _end(contract, article, by=by, on=on)


def _end(contract: Contract, article: ArticleRef, *, by: User, on: date) -> Ending:
    ending = begin_ending(
        contract=contract,
        by=by,
        on=on,
        ending=Ending(
            contract=contract,
            by=Ending.By.SUBSCRIBER,
            article=str(article),
            reason=_("The line moved to another provider."),
            declared_on=on,
            ends_on=on,
        ),
    )
    ending.notice = tell(
        contract, "ending_confirmed", on=on, article=article, about=ending, ends_on=on, received_on=on
    )
    ending.save(update_fields=["notice"])
    follow_ending(ending=ending, on=on)
    return ending


def _as_type1(contract: Contract) -> Product:
    """The same item with maintenance type 1."""
    now = contract.product
    found = Product.objects.filter(
        terms_code=now.terms_code,
        kind=now.kind,
        item=now.item,
        dwelling=now.dwelling,
        per=now.per,
        beside_terms=now.beside_terms,
        maintenance__startswith=TYPE1,
        offered=True,
    ).order_by("code")
    product = found.first()
    if product is None:
        raise ValidationError(
            {
                "on": _("The catalogue has no item like “%(product)s” with maintenance type 1.")
                % {"product": now}
            }
        )
    return product
