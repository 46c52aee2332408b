"""Late interest (延滞利息) on what arrived after its due date: a charge that waits for the next invoice."""

from datetime import date, timedelta

from django.db.models import Sum

from billing.falling_due import falls_due
from billing.models import Allocation, Charge, Invoice, TaxCategory
from billing.rating.late import bearing
from contracts.models import Contract, Subscriber
from terms.registry import pack_for, statute
from terms.result import Line
from terms.rules.interest_cap import Claim, InterestCap, lawful_interest
from terms.rules.late_interest import LateInterest, LateInterestFacts, LateInterestResult

_CANCELLATION = (Charge.Kind.EARLY_TERMINATION, Charge.Kind.ENDING)


def charge_late_interest(*, allocation: Allocation, paid_before: int) -> Charge | None:
    """The interest that the document asks for on an allocation, within what the law lets stand; None where it asks nothing.

    ``paid_before``: yen that were paid on the invoice before. The days are those to the payment, whenever it was
    recorded. On what is claimed for a cancellation a consumer owes the law's rate only.
    """
    invoice, payment = allocation.invoice, allocation.payment
    due = falls_due(invoice)
    if payment.paid_on <= due:
        return None
    parts = bearing(
        total=invoice.total,
        interest=_sum(invoice, Charge.Kind.LATE_INTEREST),
        cancellation=_sum(invoice, *_CANCELLATION),
        paid_before=paid_before,
        amount=allocation.amount,
    )
    consumer = allocation.payment.account.subscriber.kind == Subscriber.Kind.PERSON
    law, document = statute(payment.paid_on), _document(invoice, payment.paid_on)
    results: list[LateInterestResult] = []
    claims: list[tuple[int, Claim]] = [(parts.charges, "charge"), (parts.cancellation, "cancellation_charge")]
    for principal, claim in claims:
        if principal:
            facts = LateInterestFacts(principal=principal, due=due, paid=payment.paid_on)
            results.append(
                lawful_interest(
                    document,
                    law.rule(LateInterest),
                    law.rule(InterestCap),
                    facts,
                    consumer=consumer,
                    claim=claim,
                )
            )
    amount = sum(result.amount for result in results)
    if not amount:
        return None
    lines = [line for result in results for line in result.lines]
    return Charge.objects.create(
        account=payment.account,
        terms_code=invoice.terms_code,
        kind=Charge.Kind.LATE_INTEREST,
        source=f"allocation:{allocation.pk}",
        name=f"延滞利息（{invoice.number}）",
        period=(due + timedelta(1), _end(lines)),
        unit_price=parts.charges + parts.cancellation,
        days=max(result.days for result in results),
        amount=amount,
        tax_category=TaxCategory.OUTSIDE,
        article=str(next(result.article for result in results if result.amount)),
        explanation=[line.as_dict() for line in lines],
    )


def _document(invoice: Invoice, on: date) -> LateInterest | None:
    """What the document says; or what was agreed otherwise, where that is the same for every contract on the invoice."""
    contracts = Contract.objects.filter(pk__in=invoice.charges.values("contract"))
    packs = {contract.pack(on) for contract in contracts}
    found = {pack.rule(LateInterest) for pack in packs if pack.has(LateInterest)}
    if len(found) == 1:
        return found.pop()
    pack = pack_for(invoice.terms_code, on)
    return pack.rule(LateInterest) if pack.has(LateInterest) else None


def _sum(invoice: Invoice, *kinds: str) -> int:
    """Yen of these kinds on the invoice, with the tax that belongs to them."""
    rows = invoice.charges.filter(kind__in=kinds).values("tax_rate").annotate(net=Sum("amount"))
    return sum(int(row["net"] * (1 + row["tax_rate"])) for row in rows)


def _end(lines: list[Line]) -> object:
    return max(line.to for line in lines if line.to is not None)
