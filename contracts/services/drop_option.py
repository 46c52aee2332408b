"""Take an option or lent equipment off a contract."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from contracts.models import Contract, ContractOption, Product
from contracts.services.change_notice import tell_change
from contracts.services.note_change import note_change
from workflow.models import User


def drop_option(*, contract: Contract, product: Product, by: User, on: date) -> ContractOption:
    """The contract carries ``product`` through ``on``, its last day; the subscriber is told. ValidationError where it carries none."""
    with transaction.atomic():
        option = (
            contract.options.select_for_update(of=("self",))
            .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), product=product, starts_on__lte=on)
            .first()
        )
        if option is None:
            raise ValidationError(
                {"product": _("The contract does not carry “%(product)s”.") % {"product": product}}
            )
        option.ends_on = on
        option.full_clean()
        option.save()
        note_change(contract, "drop_option", by=by, on=on, reason=product.name)
        tell_change(contract, product, added=False, on=on)
    return option
