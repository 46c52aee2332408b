"""The changes of fees that were announced and still come, for one contract."""

from datetime import date

from django.db.models import Q, QuerySet

from billing.models import TariffPrice
from contracts.models import Contract
from terms.rules.terms_objection import TermsObjection


def coming_fees(contract: Contract, *, on: date) -> QuerySet[TariffPrice]:
    """The announced prices from ``on`` or later that the contract will be charged by: of its product, of an option that it still
    carries, or of no product. The earliest first."""
    carried = contract.options.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on)).values("product")
    return (
        TariffPrice.objects.filter(
            Q(tariff__product__isnull=True)
            | Q(tariff__product=contract.product_id)
            | Q(tariff__product__in=carried),
            tariff__terms_code=contract.terms_code,
            posting__isnull=False,
            valid_from__gte=on,
        )
        .select_related("tariff", "posting")
        .order_by("valid_from", "pk")
    )


def fees_to_object_to(contract: Contract, *, on: date) -> QuerySet[TariffPrice]:
    """Those of coming_fees that end the contract where its subscriber objects (isp-access 2-4); none where its document knows no
    objection."""
    pack = contract.pack(on)
    if not pack.has(TermsObjection) or not pack.rule(TermsObjection).ends_contract:
        return TariffPrice.objects.none()
    return coming_fees(contract, on=on)
