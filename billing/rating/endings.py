"""What is owed because a contract ended early: the document's own fee, or that of the course's minimum term."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from billing.rating.charge import RatedCharge
from billing.rating.errors import RatingError, gettext_noop
from billing.rating.facts import ContractFacts, EndingFacts
from billing.rating.one_off import one_off
from billing.rating.rulebook import RuleBook
from terms.calendar import Month
from terms.rules.cancellation_cap import CancellationCap, CancellationCapFacts, cancellation_cap
from terms.rules.discount_clawback import DiscountClawback, DiscountClawbackFacts, discount_clawback
from terms.rules.early_termination_fee import (
    EarlyTerminationFee,
    EarlyTerminationFeeFacts,
    early_termination_fee,
)
from terms.rules.minimum_term import MinimumTerm, MinimumTermFacts, minimum_term

_PAYMENTS: dict[str, Literal["monthly", "annual", "metered"]] = {
    "month": "monthly",
    "year": "annual",
    "use": "metered",
}
# Endings for which the subscriber does not answer: no course asks anything for them.
_NOT_THE_SUBSCRIBERS = {"operator_default", "discontinuation", "anti_social_operator"}


def ending_charges(book: RuleBook, contract: ContractFacts) -> Iterator[RatedCharge]:
    """The charges of an ending whose last day is over; nothing while the contract goes on or never began."""
    if contract.ending is None or contract.end is None or contract.start is None:
        return
    # 電気通信事業法26条の3-3: no damages and no penalty may be asked for.
    if contract.ending.cause == "initial_cancellation":
        return
    yield from _base_term(book, contract, contract.ending, contract.start, contract.end)
    yield from _minimum_term(book, contract, contract.ending, contract.start, contract.end)
    yield from _clawback(book, contract, contract.ending, contract.end)


def _base_term(
    book: RuleBook, contract: ContractFacts, ending: EndingFacts, start: date, end: date
) -> Iterator[RatedCharge]:
    rule = book.rule(contract.terms_code, end, EarlyTerminationFee)
    if not rule or not ending.term_start or not ending.term_months:
        return
    used = tuple(usage.amount for usage in contract.usage if usage.month < Month.of(end).first)
    result = early_termination_fee(
        rule,
        EarlyTerminationFeeFacts(
            payment=_PAYMENTS[contract.payment],
            term_start=ending.term_start,
            term_months=ending.term_months,
            ends_on=end,
            fee=None if contract.payment == "use" else _fee(book, contract, end),
            usage=used,
            charged_so_far=sum(usage.amount for usage in contract.usage),
            days_so_far=(end - start).days + 1,
            cause=ending.cause,
            cycle_day=contract.cycle_day,
        ),
    )
    if result.amount:
        yield one_off(
            book,
            kind="early_termination",
            name="中途解約料金",
            source=f"ending:{ending.ending_id}",
            on=end,
            amount=result.amount,
            article=result.article,
            # Read as damages for a term that was not kept, which are no price of a service.
            tax_category="outside",
            lines=result.lines,
        )


def _minimum_term(
    book: RuleBook, contract: ContractFacts, ending: EndingFacts, start: date, end: date
) -> Iterator[RatedCharge]:
    rule = book.rule(contract.terms_code, end, MinimumTerm)
    if not rule or ending.cause in _NOT_THE_SUBSCRIBERS:
        return
    early = _ending_fee(book, contract, "early", end)
    always = _ending_fee(book, contract, "always", end)
    result = minimum_term(
        rule,
        MinimumTermFacts(
            start=start,
            months=ending.term_months,
            ends_on=end,
            fee=early,
            handling=always,
        ),
    )
    cap = book.rule(contract.terms_code, end, CancellationCap)
    amount, lines = result.amount, result.lines
    if cap and amount:
        capped = cancellation_cap(
            cap,
            CancellationCapFacts(
                claim=amount,
                monthly_fee=_fee(book, contract, end),
                contracted=ending.formed or start,
                corporation=ending.corporation,
            ),
        )
        lines = lines if capped.amount == amount else lines + capped.lines
        amount = capped.amount
    if amount:
        fees = book.prices.of_kind(contract.terms_code, "ending")
        yield one_off(
            book,
            kind="ending",
            name="契約の解除に伴う料金",
            source=f"ending:{ending.ending_id}",
            on=end,
            unit_price=result.amount,
            amount=amount,
            article=result.article,
            tax_category=fees[0].tax_category,
            lines=lines,
        )


def _clawback(
    book: RuleBook, contract: ContractFacts, ending: EndingFacts, end: date
) -> Iterator[RatedCharge]:
    """The discount on the first works, owed back. It is no penalty for the term, so the law's cap on those leaves it."""
    rule = book.rule(contract.terms_code, end, DiscountClawback)
    since = ending.discounted_since
    if not rule or not since or ending.cause in _NOT_THE_SUBSCRIBERS:
        return
    result = discount_clawback(
        rule, DiscountClawbackFacts(start_month=Month.of(since), cancelled=max(end, since))
    )
    if not result.due:
        return
    fees = book.prices.for_occasion(contract.terms_code, "ending", "discount_clawback")
    if not fees:
        raise RatingError(
            gettext_noop("No tariff of %(terms)s has the discount that is owed back. Enter one."),
            terms=contract.terms_code,
        )
    for fee in fees:
        yield one_off(
            book,
            kind="ending",
            name=fee.name,
            source=f"ending:{ending.ending_id}",
            on=end,
            amount=fee.on(end),
            article=rule.article,
            tariff_id=fee.tariff_id,
            tax_category=fee.tax_category,
            lines=result.lines,
        )


def _fee(book: RuleBook, contract: ContractFacts, end: date) -> int:
    """The fee of the service itself on the last day, in yen a month or a year."""
    return sum(fee.on(end) for fee in book.prices.of_product(contract.product_id) if fee.kind == "base")


def _ending_fee(book: RuleBook, contract: ContractFacts, occasion: str, end: date) -> int:
    """The tariff for an ending: of the product itself, or of every product of the document."""
    return sum(
        fee.on(end)
        for fee in book.prices.for_occasion(contract.terms_code, "ending", occasion)
        if fee.product_id in (None, contract.product_id)
    )
