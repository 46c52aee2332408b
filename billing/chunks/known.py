"""What is in the books already: asked only when a run meets something that is."""

from collections.abc import Sequence
from datetime import date

from billing.models import Charge, Invoice, LumpPayment
from billing.rating.charge import RatedCharge

ChargeKey = tuple[int, str, int | None, str, date, date]


def key_of(contract_id: int, charge: RatedCharge) -> ChargeKey:
    """What makes a charge of the contract unique."""
    return (
        contract_id,
        charge.kind,
        charge.tariff_id,
        charge.source,
        charge.period_from,
        charge.period_to,
    )


def known_charges(contracts: Sequence[int]) -> frozenset[ChargeKey]:
    """The charges of the contracts, by what makes a charge unique."""
    found = Charge.objects.filter(contract_id__in=contracts).values_list(
        "contract_id", "kind", "tariff_id", "source", "period"
    )
    return frozenset((*key, period.lower, period.upper) for *key, period in found)


def known_invoices(
    month: date, first_account: int, last_account: int
) -> frozenset[tuple[int, str, int | None]]:
    """The invoices of the accounts for a month, by account, document and who asks for the money."""
    return frozenset(
        Invoice.objects.filter(
            month=month, extra_bill__isnull=True, account__id__range=(first_account, last_account)
        )
        .exclude(state=Invoice.State.VOID)
        .values_list("account_id", "terms_code", "partner_id")
    )


def paid_later(month: date, first_account: int, last_account: int) -> frozenset[tuple[int, str]]:
    """The accounts and documents whose month is paid together with later ones, on the invoice of the last of them."""
    return frozenset(
        LumpPayment.objects.filter(
            account__id__range=(first_account, last_account), first_month__lte=month, last_month__gt=month
        ).values_list("account_id", "terms_code")
    )
