"""What the move of a line gives back for the days on which it could not be used."""

from collections.abc import Iterator
from datetime import timedelta

from billing.rating.charge import RatedCharge
from billing.rating.facts import ContractFacts
from billing.rating.one_off import one_off
from billing.rating.periodic import PeriodicRater
from billing.rating.rulebook import RuleBook
from terms.rules.relocation_credit import RelocationCredit, RelocationCreditFacts, relocation_credit


def relocation_credits(
    book: RuleBook, periodic: PeriodicRater, contract: ContractFacts
) -> Iterator[RatedCharge]:
    """The credits of moves that are over, in the documents that give one (hikari-phone 37-3); charged on in the others."""
    if contract.payment != "month":
        return
    for move in contract.relocations:
        if contract.is_partner_priced(move.unusable_from):
            continue
        rule = book.rule(contract.terms_code, move.unusable_from, RelocationCredit)
        if rule is None:
            continue
        by_month, _by_year = periodic.fees_on(contract, move.unusable_from)
        result = relocation_credit(
            rule,
            RelocationCreditFacts(
                fee=by_month,
                unusable_from=move.unusable_from,
                usable_again=move.usable_again,
                by_customer=move.own_convenience,
            ),
        )
        if result.amount:
            yield one_off(
                book,
                kind="outage_credit",
                name="移転に伴う利用不能期間の減額",
                source=f"relocation:{move.relocation_id}",
                on=move.unusable_from,
                through=move.usable_again - timedelta(days=1),
                unit_price=by_month,
                days=result.days,
                amount=-result.amount,
                article=rule.article,
                lines=result.lines,
            )
