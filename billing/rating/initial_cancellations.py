"""What goes back after an initial cancellation (初期契約解除): what was charged for works and for making the contract beyond the
sums that the law leaves. The service used until then stays charged (施行規則22の2の9)."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from billing.rating.charge import RatedCharge
from billing.rating.facts import ContractFacts, EndingFacts
from billing.rating.one_off import one_off
from billing.rating.rulebook import RuleBook
from terms.rules.initial_cancellation_cap import (
    InitialCancellationCap,
    InitialCancellationCapFacts,
    initial_cancellation_cap,
)


class _Part(NamedTuple):
    """What the law caps apart: the occasion of the tariff with the published sum, and what counts towards it."""

    occasion: str
    name: str
    counts: Callable[[RatedCharge], bool]
    before: Callable[[EndingFacts], int]


_PARTS = (
    _Part(
        "initial_works",
        "初期契約解除に伴う工事費の減額",
        lambda charge: charge.kind in ("construction", "instalment"),
        lambda ending: ending.works_charged,
    ),
    _Part(
        "initial_contract",
        "初期契約解除に伴う手続料の減額",
        lambda charge: charge.kind in ("handling", "adjustment") and charge.source.startswith("request:"),
        lambda ending: ending.handling_charged,
    ),
)


def initial_cancellation_credits(
    book: RuleBook, contract: ContractFacts, charges: Sequence[RatedCharge]
) -> Iterator[RatedCharge]:
    """The credits of a contract that was cancelled so; ``charges``: what this run charges besides."""
    ending = contract.ending
    if ending is None or ending.cause != "initial_cancellation" or contract.end is None:
        return
    rule = book.rule(contract.terms_code, contract.end, InitialCancellationCap)
    assert rule is not None, "the law has a rule for the initial cancellation"
    for part in _PARTS:
        charged = part.before(ending) + sum(charge.amount for charge in charges if part.counts(charge))
        published = sum(
            fee.on(contract.end)
            for fee in book.prices.for_occasion(contract.terms_code, "ending", part.occasion)
            if fee.product_id in (None, contract.product_id)
        )
        result = initial_cancellation_cap(
            rule, InitialCancellationCapFacts(charged=max(0, charged), published=published)
        )
        if result.back:
            yield one_off(
                book,
                kind="adjustment",
                name=part.name,
                source=f"ending:{ending.ending_id}:{part.occasion}",
                on=contract.end,
                amount=-result.back,
                article=rule.article,
                lines=result.lines,
            )
