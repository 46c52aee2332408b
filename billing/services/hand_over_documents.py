"""Hand over the contract documents that are due: contracts knows who waits, billing knows what it costs and how it is paid."""

import logging
from datetime import date, datetime

from billing.models import DuePolicy, Tariff
from contracts.contract_documents import changes_without_document, contracts_without_document
from contracts.models import Contract, ContractDocument, Request
from contracts.moments import japan_date
from contracts.services.issue_contract_document import issue_contract_document
from workflow.models import User
from workflow.selectors import clock_user

logger = logging.getLogger(__name__)


def hand_over_document(
    *, contract: Contract, by: User, at: datetime, request: Request | None = None
) -> ContractDocument:
    """The contract document with the fees and the way of payment as they stand at ``at``."""
    on = japan_date(at)
    return issue_contract_document(
        contract=contract,
        by=by,
        at=at,
        fees=fees_of(contract, on),
        payment=_payment(contract, on),
        request=request,
    )


def hand_over_documents(*, at: datetime) -> int:
    """Every document that is due at ``at``, without delay after conclusion or change; how many. Safe to run twice.

    One that cannot be made is logged and stays due; it never stops the others.
    """
    on, clock, count = japan_date(at), clock_user(), 0
    due: list[tuple[Contract, Request | None]] = [
        (contract, None) for contract in contracts_without_document(on)
    ]
    due += [(request.contract, request) for request in changes_without_document(on) if request.contract]
    for contract, request in due:
        try:
            hand_over_document(contract=contract, by=clock, at=at, request=request)
            count += 1
        except Exception:
            logger.exception("the document of contract %s could not be handed over", contract)
    return count


def fees_of(contract: Contract, on: date) -> list[tuple[str, int]]:
    """What the contract is charged each period on a day: name and yen without tax; nothing that has no price yet."""
    products = [contract.product_id, *contract.options.values_list("product_id", flat=True)]
    found = []
    for tariff in Tariff.objects.filter(product_id__in=products).order_by("id"):
        price = tariff.prices.filter(valid_from__lte=on).order_by("valid_from").last()
        if price is not None:
            found.append((tariff.name, price.amount))
    return found


def _payment(contract: Contract, on: date) -> str:
    if contract.pack(on).free_of_charge is not None:
        return "料金はかかりません。"
    policy = (
        DuePolicy.objects.filter(terms_code=contract.terms_code, valid_from__lte=on)
        .order_by("valid_from")
        .last()
    )
    if policy is None:
        return "請求書に記載の期日までに、当社の指定する方法でお支払いください。"
    month = (
        "当月"
        if policy.months_after == 0
        else "翌月"
        if policy.months_after == 1
        else f"{policy.months_after}か月後"
    )
    return f"毎月の料金を、{month}{policy.day}日までに、当社の指定する方法でお支払いください。"
