"""The contract with the interconnected carrier: concluded with ours, and ended with it."""

from datetime import date

from contracts.models import Contract, PartnerContract
from contracts.services.note_change import note_change
from terms.article import ArticleRef
from workflow.models import User


def conclude_partner_contract(*, contract: Contract, by: User, on: date) -> PartnerContract | None:
    """The subscriber contracts from ``on`` with the carrier of the product, too, where the document says so (isp-access 47-1).

    Returns the one that stands, or None where there is none to conclude.
    """
    table, carrier = contract.pack(on).partner_contracts, contract.product.carrier
    if table is None or carrier is None:
        return None
    found = contract.partner_contracts.filter(partner=carrier, ends_on__isnull=True).first()
    if found is None:
        found = PartnerContract.objects.create(
            contract=contract,
            partner=carrier,
            article=str(table.article),
            purchased=table.purchased,
            since=on,
        )
        note_change(
            contract, "conclude_partner_contract", by=by, on=on, reason=carrier.name, article=table.article
        )
    return found


def end_partner_contracts(contract: Contract, *, by: User, on: date) -> int:
    """Those that stand end with ``on``, the last day of ours (isp-access 47-2); returns how many."""
    table = contract.pack(on).partner_contracts
    standing = contract.partner_contracts.filter(ends_on__isnull=True)
    article: ArticleRef | None = table.ends_with if table else None
    for each in standing:
        note_change(contract, "end_partner_contract", by=by, on=on, reason=each.partner.name, article=article)
    return standing.update(ends_on=on)
