"""What works cost: done, or given up."""

from collections.abc import Iterator
from datetime import date

from billing.rating.charge import RatedCharge
from billing.rating.errors import RatingError, gettext_noop
from billing.rating.facts import ContractFacts, WorkFacts
from billing.rating.one_off import japan_day, one_off
from billing.rating.prices import Fee
from billing.rating.rulebook import RuleBook
from terms.result import Line
from terms.rules.construction_cancelled import (
    ConstructionCancelled,
    ConstructionCancelledFacts,
    construction_cancelled,
)
from terms.rules.construction_fee import ConstructionFee, ConstructionFeeFacts, construction_fee

_NAME_LENGTH = 120


def work_charges(book: RuleBook, contract: ContractFacts) -> Iterator[RatedCharge]:
    """The charges of the works of a contract. RatingError for a part that no tariff knows."""
    for work in contract.works:
        if work.done and not work.instalments:
            yield from _done(book, contract, work)
        elif not work.done:
            yield from _given_up(book, contract, work)


def _done(book: RuleBook, contract: ContractFacts, work: WorkFacts) -> Iterator[RatedCharge]:
    at = work.started or work.over
    on = japan_day(at)
    parts = _parts(book, contract, work, on)
    if not parts:
        return
    base = sum(amount for _, amount in parts)
    surcharge = _price(book, contract.terms_code, "weekend_surcharge", on)
    appointed = _price(book, contract.terms_code, "appointed_time", on) if work.appointed else 0
    rule = book.rule(contract.terms_code, on, ConstructionFee)
    if rule:
        facts = ConstructionFeeFacts(
            base=base, at=at, weekend_surcharge=surcharge, appointed_time_fee=appointed
        )
        result = construction_fee(rule, facts)
        article, amount = rule.article, result.net
        # The rule also adds the tax; on an invoice it is added once, to the sum.
        lines = tuple(line for line in result.lines if line.text != "tax")
    else:  # a document without time bands: the sum of its tariff
        article, amount = parts[0][0].rests_on, base + appointed
        lines = tuple(Line(text="works", article=article, amount=price) for _, price in parts)
        if appointed:
            lines += (Line(text="appointed_time", article=article, amount=appointed),)
    fee = parts[0][0]
    yield one_off(
        book,
        kind="construction",
        name=_name([part for part, _ in parts]),
        source=f"work:{work.work_id}",
        on=on,
        unit_price=base,
        amount=amount,
        article=article,
        tariff_id=fee.tariff_id if len(parts) == 1 else None,
        tax_category=fee.tax_category,
        lines=lines,
    )


def _name(parts: list[Fee]) -> str:
    """The name of the part, or of all parts as far as they fit."""
    names = "、".join(part.name for part in parts)
    return names if len(names) <= _NAME_LENGTH else f"工事費（{len(parts)}件）"


def _given_up(book: RuleBook, contract: ContractFacts, work: WorkFacts) -> Iterator[RatedCharge]:
    on = japan_day(work.over)
    rule = book.rule(contract.terms_code, on, ConstructionCancelled)
    if not rule:
        return
    full = sum(amount for _, amount in _parts(book, contract, work, on))
    # Works are charged when they are done, so nothing was paid for these.
    facts = ConstructionCancelledFacts(
        paid=0, started=work.started is not None, cost_so_far=work.cost_so_far, fee=full
    )
    result = construction_cancelled(rule, facts)
    if result.charge:
        yield one_off(
            book,
            kind="construction",
            name="工事費（着手後の取りやめ）",
            source=f"work:{work.work_id}",
            on=on,
            # The rule's sum has tax in it; tax is added once on the invoice.
            amount=full if rule.after_start == "full_fee" else work.cost_so_far,
            article=rule.article,
            lines=result.lines,
        )


def _parts(book: RuleBook, contract: ContractFacts, work: WorkFacts, on: date) -> list[tuple[Fee, int]]:
    """The parts of a work with their prices."""
    parts = []
    for code in work.items:
        fee = book.prices.with_code(code)
        if fee.terms_code != contract.terms_code:
            raise RatingError(
                gettext_noop("Work %(work)s has the part “%(code)s”, which is a tariff of %(other)s."),
                work=work.work_id,
                code=code,
                other=fee.terms_code,
            )
        parts.append((fee, fee.on(on)))
    return parts


def _price(book: RuleBook, terms_code: str, kind: str, on: date) -> int:
    """The price of the surcharge of a kind; 0 where the tariff has none."""
    return sum(fee.on(on) for fee in book.prices.of_kind(terms_code, kind))
