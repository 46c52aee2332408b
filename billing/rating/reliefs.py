"""What a disaster takes off the charges of its days (料金等の臨時減免)."""

from collections.abc import Iterable, Iterator

from billing.rating.charge import RatedCharge
from billing.rating.facts import ContractFacts
from billing.rating.rulebook import RuleBook
from terms.rules.disaster_relief import DisasterRelief, DisasterReliefFacts, disaster_relief

_KINDS = {
    "charges": frozenset({"base", "single_line", "use", "option", "number_levy", "handling"}),
    "works": frozenset({"construction"}),
}


def relief_credits(
    book: RuleBook, contract: ContractFacts, charges: Iterable[RatedCharge]
) -> Iterator[RatedCharge]:
    """A credit for each charge of ``charges`` that a relief covers, for the days they share; taxed as the charge is."""
    charges = [charge for charge in charges if charge.amount > 0]
    for relief in contract.reliefs:
        rule = book.rule(contract.terms_code, relief.since, DisasterRelief)
        if rule is None:
            continue
        for charge in charges:
            if not any(charge.kind in _KINDS[part] for part in relief.covers):
                continue
            result = disaster_relief(
                rule,
                DisasterReliefFacts(
                    amount=charge.amount,
                    from_=charge.period_from,
                    to=charge.period_to,
                    since=relief.since,
                    until=relief.until,
                    percent=relief.percent,
                ),
            )
            if result.amount:
                (line,) = result.lines
                assert line.from_ is not None
                assert line.to is not None
                yield charge._replace(
                    kind="relief",
                    name=f"災害による減免（{charge.name}）"[:120],
                    period_from=line.from_,
                    period_to=line.to,
                    unit_price=charge.amount,
                    days=line.days,
                    of_days=None,
                    amount=-result.amount,
                    article=str(result.article),
                    source=f"relief:{relief.relief_id}" + (f"/{charge.source}" if charge.source else ""),
                    explanation=result.lines,
                    course_on=charge.asked_by_course_of,
                )
