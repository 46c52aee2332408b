"""How a one-off charge is put together."""

from datetime import date, datetime, timedelta

from billing.rating.charge import RatedCharge
from billing.rating.rulebook import RuleBook
from terms.article import ArticleRef
from terms.calendar import japan_clock
from terms.result import Line


def one_off(
    book: RuleBook,
    *,
    kind: str,
    name: str,
    source: str,
    on: date,
    amount: int,
    article: ArticleRef | str,
    lines: tuple[Line, ...] = (),
    through: date | None = None,
    unit_price: int | None = None,
    tariff_id: int | None = None,
    tax_category: str = "standard",
    days: int | None = None,
    course_on: date | None = None,
) -> RatedCharge:
    """A charge for one occasion on a day, or for the days ``through`` another; taxed at the rate of the last of them."""
    last = through or on
    return RatedCharge(
        kind=kind,
        name=name,
        period_from=on,
        period_to=last + timedelta(1),
        unit_price=amount if unit_price is None else unit_price,
        amount=amount,
        article=str(article),
        tariff_id=tariff_id,
        source=source,
        days=days,
        tax_category=tax_category,
        tax_rate=book.tax_rate(tax_category, last),
        explanation=lines,
        course_on=course_on,
    )


def japan_day(moment: datetime) -> date:
    """The day in Japan on which a moment lies."""
    return japan_clock(moment).date()
