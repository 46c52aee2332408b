"""What an outage gives back: overlapping records joined, each document by its own clock."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Literal

from billing.rating.charge import RatedCharge
from billing.rating.facts import ContractFacts, OutageFacts
from billing.rating.one_off import japan_day, one_off
from billing.rating.periodic import PeriodicRater
from billing.rating.rulebook import RuleBook
from terms.calendar import JAPAN, japan_clock
from terms.rules.outage_credit import OutageCredit, OutageCreditFacts, clock_start, merged, outage_credit

_SOURCE_LENGTH = 60


def outage_credits(book: RuleBook, periodic: PeriodicRater, contract: ContractFacts) -> Iterator[RatedCharge]:
    """The credits of a contract for outages that ended; what an earlier run gave back for the same time is taken off."""
    # What a billing operator prices, it also gives back, by its own terms (such as isp-access 29-3).
    causes = [
        outage for outage in contract.outages if outage.cause != "customer" and not outage.partner_priced
    ]
    if not causes or contract.payment == "use":
        return
    rule = book.rule(contract.terms_code, japan_day(causes[0].down), OutageCredit)
    if not rule or not rule.credited:
        return
    for group in _joined(rule, causes):
        if all(outage.credited is not None for outage in group):
            continue
        known = min(clock_start(rule.clock, outage.down, outage.known) for outage in group).replace(
            tzinfo=JAPAN
        )
        restored = max(outage.restored for outage in group)
        by_month, by_year = periodic.fees_on(contract, known.date())
        # One hour of gross negligence makes the whole of it that: in favour of the subscriber.
        gross = any(outage.cause == "gross_negligence" for outage in group)
        results = [
            outage_credit(
                rule,
                OutageCreditFacts(
                    fee=fee,
                    per=per,
                    down=known,
                    known=known,
                    restored=restored,
                    cause="gross_negligence" if gross else "not_customer",
                ),
            )
            for fee, per in _fees(by_month, by_year)
        ]
        amount = sum(result.amount for result in results) - sum(outage.credited or 0 for outage in group)
        if amount > 0:
            yield one_off(
                book,
                kind="outage_credit",
                name="利用不能期間の減額",
                source=_source(group),
                on=known.date(),
                through=japan_day(restored - timedelta(microseconds=1)),
                unit_price=by_month + by_year,
                days=max(result.days for result in results) or None,
                amount=-amount,
                article=rule.article,
                lines=tuple(line for result in results for line in result.lines),
                # The course that it was an outage of may have ended before anybody knew.
                course_on=japan_day(min(outage.down for outage in group)),
            )


def _fees(by_month: int, by_year: int) -> list[tuple[int, Literal["month", "year"]]]:
    """The fees that are not nothing, in yen, and for how long each is."""
    fees: list[tuple[int, Literal["month", "year"]]] = [(by_month, "month"), (by_year, "year")]
    return [(fee, per) for fee, per in fees if fee]


def _joined(rule: OutageCredit, outages: list[OutageFacts]) -> Iterator[list[OutageFacts]]:
    """The outages in groups whose times overlap, as the document's clock counts them."""
    spans = [
        (clock_start(rule.clock, outage.down, outage.known), japan_clock(outage.restored), outage)
        for outage in outages
    ]
    for start, end in merged([(begin, max(begin, stop)) for begin, stop, _ in spans]):
        yield [outage for begin, stop, outage in spans if start <= begin and stop <= end]


def _source(group: list[OutageFacts]) -> str:
    """The outages that a credit is for: all of them where they fit, else the first, the last and how many."""
    ids = sorted(outage.outage_id for outage in group)
    text = "outage:" + "+".join(map(str, ids))
    return text if len(text) <= _SOURCE_LENGTH else f"outage:{ids[0]}..{ids[-1]}({len(ids)})"
