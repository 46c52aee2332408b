"""Add an option or lent equipment to a contract."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from contracts.models import Contract, ContractOption, Product
from contracts.services.change_notice import tell_change
from contracts.services.not_before_service import not_before_service
from contracts.services.note_change import note_change
from workflow.models import User

RUNNING = frozenset({Contract.State.ACTIVE, Contract.State.PAUSED, Contract.State.SUSPENDED})


def add_option(*, contract: Contract, product: Product, by: User, on: date) -> ContractOption:
    """The contract carries ``product`` from ``on``; the subscriber is told.

    ValidationError where the contract does not run, carries it already, or the product is none of its document's options.
    """
    if contract.state not in RUNNING:
        raise ValidationError(
            _("Contract %(contract)s is “%(state)s”; options are added to running contracts.")
            % {"contract": contract, "state": contract.get_state_display()}
        )
    if product.terms_code != contract.terms_code or product.kind == Product.Kind.BASE or not product.offered:
        raise ValidationError(
            {"product": _("“%(product)s” is no option offered under these terms.") % {"product": product}}
        )
    not_before_service(contract, on)
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        carried = contract.options.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), product=product)
        if carried.exists():
            raise ValidationError(
                {"product": _("The contract carries “%(product)s” already.") % {"product": product}}
            )
        option = ContractOption(contract=contract, product=product, starts_on=on)
        option.full_clean()
        option.save()
        note_change(contract, "add_option", by=by, on=on, reason=product.name)
        tell_change(contract, product, added=True, on=on)
    return option
