"""Lend a unit of equipment out with a contract."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Contract, LentEquipment, Product
from contracts.services.note_change import note_change
from workflow.models import User

_LENDABLE = frozenset(
    {Contract.State.ACCEPTED, Contract.State.ACTIVE, Contract.State.PAUSED, Contract.State.SUSPENDED}
)


def lend_equipment(
    *,
    contract: Contract,
    product: Product,
    serial_number: str,
    by: User,
    on: date,
    owner: str = LentEquipment.Owner.OPERATOR,
    place: str = "",
) -> LentEquipment:
    """The unit ``serial_number`` of ``product`` is with the subscriber from ``on``.

    ``owner``: who provides it, the operator or its wholesaler (hikari-phone 24, 25). ValidationError where the contract does
    not carry that product as equipment, does not run, or the unit is lent already.
    """
    if contract.state not in _LENDABLE:
        raise ValidationError(
            _(
                "Contract %(contract)s is “%(state)s”; equipment is lent with contracts that run or were accepted."
            )
            % {"contract": contract, "state": contract.get_state_display()}
        )
    carried = contract.options.filter(product=product, ends_on__isnull=True, starts_on__lte=on)
    if product.kind != Product.Kind.EQUIPMENT or not carried.exists():
        raise ValidationError(
            {
                "product": _("The contract carries no equipment “%(product)s” on that day; add it first.")
                % {"product": product}
            }
        )
    with transaction.atomic():
        unit = LentEquipment(
            contract=contract,
            product=product,
            serial_number=serial_number.strip(),
            owner=owner,
            place=place or (contract.line.full_address if contract.line else ""),
            lent_on=on,
        )
        unit.full_clean()
        unit.save()
        note_change(unit, "lend", by=by, on=on)
    return unit
