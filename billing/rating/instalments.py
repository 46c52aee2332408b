"""Works paid in instalments: one each month, and the balance at once when the contract ends, its line moves
or its item changes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from billing.rating.charge import RatedCharge
from billing.rating.facts import ContractFacts, InstalmentFacts
from billing.rating.one_off import japan_day, one_off
from billing.rating.rulebook import RuleBook
from terms.calendar import Month
from terms.rules.instalment_balance import InstalmentBalance, InstalmentBalanceFacts, Plan, instalment_balance

# The instalments are printed as they are to be paid: no tax is added (料金表 第2表 第1 2(1)).
_UNTAXED = "exempt"


def instalment_charges(book: RuleBook, contract: ContractFacts) -> Iterator[RatedCharge]:
    """The instalments of the months rated, then the balance where it falls due in one of them."""
    for plan in contract.instalments:
        charged = plan.charged
        for first in contract.months:
            if charged >= plan.times or first < plan.first_month:
                continue
            rule = book.rule(contract.terms_code, first, InstalmentBalance)
            if rule is None:
                continue
            due_at_once = _due_at_once(contract, Month.of(first))
            if due_at_once:
                yield _balance(book, rule, plan, charged, due_at_once)
                charged = plan.times
                continue
            amount = plan.first_amount if charged == 0 else plan.amount
            charged += 1
            yield one_off(
                book,
                kind="instalment",
                name=f"工事費の分割払い（{charged}/{plan.times}回）",
                source=f"instalment:{plan.plan_id}",
                on=first,
                through=Month.of(first).last,
                amount=amount,
                article=rule.article,
                tax_category=_UNTAXED,
            )


def _balance(
    book: RuleBook, rule: InstalmentBalance, plan: InstalmentFacts, charged: int, on: date
) -> RatedCharge:
    agreed = Plan(first=plan.first_amount, following=plan.amount, count=plan.times)
    result = instalment_balance(
        replace(rule, detached=agreed), InstalmentBalanceFacts(dwelling="detached", paid_count=charged)
    )
    return one_off(
        book,
        kind="instalment",
        name="工事費の分割払い残額",
        source=f"instalment:{plan.plan_id}",
        on=on,
        amount=result.balance,
        article=result.article,
        tax_category=_UNTAXED,
        lines=result.lines,
    )


def _due_at_once(contract: ContractFacts, month: Month) -> date | None:
    """The day on which everything that is left falls due, if that is in or before the month."""
    days = [japan_day(work.over) for work in contract.works if work.done and work.kind == "relocation"]
    days += [span.from_ for span in contract.products if span.from_ > date.min]
    if contract.end:
        days.append(contract.end)
    return min((day for day in days if day < month.end), default=None)
