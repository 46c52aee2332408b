"""What a contract is charged for each month: the service, its options and equipment, the levies.

Most contracts of one product share every figure of a month, so that a month is computed once for each product and
way to start or end in it, and looked up for all others.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from billing.rating.charge import RatedCharge
from billing.rating.errors import RatingError, gettext_noop
from billing.rating.facts import ContractFacts, UsageFacts
from billing.rating.prices import Fee
from billing.rating.rulebook import RuleBook
from billing.rating.single_lines import alone
from terms.calendar import Month
from terms.result import Line
from terms.rules.metering_estimate import MeteringEstimate
from terms.rules.periodic_charge import MonthCharge, PeriodicCharge, as_lines, free_days, month_charge
from terms.tariff_months import tariff_months_ending

_DAY = timedelta(days=1)
_BASE, _OPTION = False, True


class PeriodicRater:
    """Rates months with the rules and prices of ``book``."""

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self._known: dict[tuple[object, ...], tuple[RatedCharge, ...]] = {}
        self._months: dict[tuple[str, date], tuple[Month, date, date]] = {}

    def charges(self, contract: ContractFacts) -> Iterator[RatedCharge]:
        """The charges of all months that are to be rated, in order. RatingError where a price is missing."""
        if contract.start is None:
            return
        line_end = _earlier(contract.line_end, contract.end)
        for first in contract.months:
            if contract.payment != "use":
                if contract.single:
                    yield from self._single(contract, first, contract.start, line_end)
                elif contract.products:
                    yield from self._changing(contract, first, contract.start, line_end)
                else:
                    yield from self._held(
                        contract, first, contract.product_id, _BASE, contract.start, line_end
                    )
            if contract.usage:
                yield from self._usage(contract, first)
            for option in contract.options:
                end = _earlier(option.ends_on, contract.end)
                if end is None or end >= option.starts_on:
                    yield from self._held(contract, first, option.product_id, _OPTION, option.starts_on, end)

    def fees_on(self, contract: ContractFacts, day: date) -> tuple[int, int]:
        """What is charged for a day by the month and by the year, in yen: the sum of the fees whose days hold it."""
        by_month = by_year = 0
        this = Month.of(day)
        months = [this.plus(-1), this]  # a tariff month may have begun in the calendar month before
        if contract.terms_code in self._book.moved:  # or be charged in the next one
            months.append(this.plus(1))
        for month in months:
            for charge in self.charges(contract._replace(months=(month.first,), usage=())):
                if (
                    charge.period_from <= day < charge.period_to
                    and (charge.period_to - charge.period_from).days <= 31
                ):
                    by_month += charge.unit_price
        if contract.payment == "year" and contract.start and contract.start <= day:
            span = contract.span_on(day)
            product_id = span.product_id if span else contract.product_id
            by_year = sum(fee.on(day) for fee in self._book.prices.of_product(product_id))
        return by_month, by_year

    def _single(
        self, contract: ContractFacts, first: date, start: date, end: date | None
    ) -> Iterator[RatedCharge]:
        """The month of the last line of a group: its item changes to that of a single line."""
        single = alone(self._book, contract)
        if single is None:
            yield from self.charges(contract._replace(single=None, months=(first,), usage=(), options=()))
            return
        rater = PeriodicRater(single.book)
        for charge in rater._changing(single.contract, first, start, end):
            yield single.explained(charge)

    def _changing(
        self, contract: ContractFacts, first: date, start: date, end: date | None
    ) -> Iterator[RatedCharge]:
        """The month of a contract whose item changed: by days where the document charges days, otherwise each fee is that
        of the item on the first day that it is charged for."""
        rule = self._book.rule(contract.terms_code, max(first, start), PeriodicCharge)
        by_days = rule is not None and rule.basis == "day"
        for span in contract.products:
            from_, to = max(span.from_, start), span.to
            if not by_days:
                whole = self._item(contract, first, span.product_id, _BASE, start, end)
                yield from (c for c in whole if c.period_from >= from_ and (to is None or c.period_from < to))
            elif to is None or to > from_:
                # A document that leaves the ending day out would lose the last day of an item that goes on as another.
                last = to and (to - _DAY if rule is None or rule.end_day_charged else to)
                until = end if last is None or (end is not None and end < last) else last
                if until is None or until >= from_:
                    yield from self._held(contract, first, span.product_id, _BASE, from_, until)

    def _held(
        self,
        contract: ContractFacts,
        first: date,
        product_id: int,
        option: bool,
        start: date,
        end: date | None,
    ) -> Iterator[RatedCharge]:
        """The month of an item, apart for each who had the contract in it where the document charges by days. Fees that
        fall due whole are owed by whoever has the contract on the first day that they are for."""
        days = [day for day in contract.passed if start < day and (end is None or day <= end)]
        rule = self._book.rule(contract.terms_code, max(first, start), PeriodicCharge) if days else None
        if rule and rule.basis == "day":
            for day in days:
                # A document that leaves the ending day out would lose the last day of the one who gives the contract away.
                yield from self._item(
                    contract, first, product_id, option, start, day - _DAY if rule.end_day_charged else day
                )
                start = day
        yield from self._item(contract, first, product_id, option, start, end)

    def _item(
        self,
        contract: ContractFacts,
        first: date,
        product_id: int,
        option: bool,
        start: date,
        end: date | None,
    ) -> tuple[RatedCharge, ...]:
        month, since, next_first = self._bounds(contract.terms_code, first)
        if start >= next_first or (end is not None and end < since):
            return ()
        yearly = not option and contract.payment == "year"
        if not yearly:
            # A start before the month is as good as any other; so is an end after it.
            start = max(start, since - _DAY)
            end = None if end is not None and end >= next_first else end
        if contract.pauses or contract.suspensions or contract.cuts:
            return self._rate(contract, month, product_id, option, start, end, yearly)
        key = (product_id, option, yearly, month, start, end, contract.cycle_day)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._rate(contract, month, product_id, option, start, end, yearly)
        return found

    def _bounds(self, terms_code: str, first: date) -> tuple[Month, date, date]:
        """The month that begins on ``first``, the first day that is charged in it, and the day on which the next one begins."""
        key = (terms_code, first)
        known = self._months.get(key)
        if known is None:
            month, moved = Month.of(first), self._book.moved.get(terms_code)
            since = tariff_months_ending(month, moved)[0].from_ if moved else first
            known = self._months[key] = (month, since, month.end)
        return known

    def _rate(
        self,
        contract: ContractFacts,
        month: Month,
        product_id: int,
        option: bool,
        start: date,
        end: date | None,
        yearly: bool,
    ) -> tuple[RatedCharge, ...]:
        code = contract.terms_code
        rule = self._book.rule(code, max(self._bounds(code, month.first)[1], start), PeriodicCharge)
        if rule is None:  # a document free of charge
            return ()
        free = free_days(rule, contract.pauses, contract.suspensions)
        moved = self._book.moved.get(code, ())

        def parts(unit: int) -> tuple[MonthCharge, ...]:
            return month_charge(
                rule,
                month,
                unit,
                start,
                end,
                option=option,
                yearly=yearly,
                cycle_day=contract.cycle_day,
                moved=moved,
                free=free,
                cuts=contract.cuts,
            )

        return tuple(
            self._charge(rule, fee, unit, parts(unit)[place])
            for fee in self._fees(code, product_id, option)
            for place, part in enumerate(parts(0))
            # The price of the day on which the charged days begin.
            if (unit := fee.on(part.from_))
        )

    def _charge(self, rule: PeriodicCharge, fee: Fee, unit: int, part: MonthCharge) -> RatedCharge:
        return RatedCharge(
            kind=fee.kind,
            name=fee.name,
            period_from=part.from_,
            period_to=part.to,
            unit_price=unit,
            amount=part.amount,
            article=str(rule.article),
            tariff_id=fee.tariff_id,
            days=part.days,
            of_days=part.of_days,
            tax_category=fee.tax_category,
            tax_rate=self._book.tax_rate(fee.tax_category, part.to - _DAY),
            explanation=as_lines(rule, part),
        )

    def _fees(self, terms_code: str, product_id: int, option: bool) -> list[Fee]:
        fees = self._book.prices.of_product(product_id)
        if not fees:
            raise RatingError(
                gettext_noop("“%(product)s” has no tariff. Enter one with its price."),
                product=product_id,
            )
        return fees if option else fees + self._book.prices.of_every_line(terms_code)

    def _usage(self, contract: ContractFacts, first: date) -> Iterator[RatedCharge]:
        for usage in contract.usage:
            if usage.month == first and usage.amount:
                yield from self._used(contract, usage)

    def _used(self, contract: ContractFacts, usage: UsageFacts) -> Iterator[RatedCharge]:
        """What was measured, and beside it what is estimated for days that the meter missed."""
        month, pack = Month.of(usage.month), self._book.pack(contract.terms_code, usage.month)
        metered = pack.metered_charge
        if metered is None:
            raise RatingError(
                gettext_noop("“%(terms)s” knows no metered charge, but there is usage."),
                terms=contract.terms_code,
            )
        measured = RatedCharge(
            kind="use",
            name=metered.name,
            period_from=month.first,
            period_to=month.end,
            unit_price=usage.measured,
            amount=usage.measured,
            article=str(metered.article),
            source="usage",
            tax_rate=self._book.tax_rate("standard", month.last),
        )
        if usage.measured:
            yield measured
        if usage.estimated:
            article = pack.rule(MeteringEstimate).article
            line = Line(
                text="metering_estimate",
                article=article,
                days=usage.missed_days,
                rate=usage.daily,
                amount=usage.estimated,
            )
            yield measured._replace(
                name=f"{metered.name}（計測できなかった期間の推計）",
                unit_price=usage.estimated,
                amount=usage.estimated,
                article=str(article),
                source="usage:estimate",
                explanation=(line,),
            )


def _earlier(one: date | None, other: date | None) -> date | None:
    """The earlier of two days, None being never."""
    if one is None or other is None:
        return one or other
    return min(one, other)
