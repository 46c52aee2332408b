"""What is known of a contract when its month is rated. Dates are Japan's, moments carry their zone."""

from datetime import date, datetime
from typing import Literal, NamedTuple

from terms.overrides import Agreed
from terms.rules.early_termination_fee import Cause
from terms.rules.periodic_charge import Stretch
from terms.rules.single_line_fee import Maintenance


class OptionFacts(NamedTuple):
    """An option or lent equipment, from its first to its last day."""

    product_id: int
    starts_on: date
    ends_on: date | None


class WorkFacts(NamedTuple):
    """A work that was done, or given up at ``over``. ``items``: the codes of its parts. ``cost_so_far``: yen without tax.

    ``instalments``: paid in instalments, so the sum itself is not charged.
    """

    work_id: int
    kind: str
    items: tuple[str, ...]
    started: datetime | None
    over: datetime
    done: bool
    appointed: bool
    instalments: bool
    cost_so_far: int


class OutageFacts(NamedTuple):
    """A time without service. ``credited``: yen given back for it by an earlier run; None where none looked at it yet.

    ``partner_priced``: a billing operator set the price of the course that the contract had when it began.
    """

    outage_id: int
    down: datetime
    known: datetime
    restored: datetime
    cause: Literal["not_customer", "gross_negligence", "customer"]
    credited: int | None
    partner_priced: bool = False


class ProductSpan(NamedTuple):
    """The days [from_, to) on which a contract had a product; ``to`` None: it still has it.

    ``partner_id``: the billing operator who sets its price.
    """

    product_id: int
    from_: date
    to: date | None
    partner_id: int | None = None


class SingleFacts(NamedTuple):
    """The line was the last one left in its group, which its subscriber was told on a day."""

    told_on: date
    maintenance: Maintenance


class RelocationFacts(NamedTuple):
    """A move of the line: unusable from a day until usable again on another, perhaps only at the subscriber's wish."""

    relocation_id: int
    unusable_from: date
    usable_again: date
    own_convenience: bool


class RequestFacts(NamedTuple):
    """A request that was accepted on a day; ``given_up`` on a later one, ``begun`` says whether works had begun by then.

    ``charged``: what an earlier run charged for it, in yen without tax.
    """

    request_id: int
    kind: str
    accepted_on: date
    given_up: date | None
    begun: bool
    charged: int


class InstalmentFacts(NamedTuple):
    """A plan of instalments and how many of them were charged so far."""

    plan_id: int
    first_month: date
    first_amount: int
    amount: int
    times: int
    charged: int


class EquipmentFacts(NamedTuple):
    """What was lost or damaged and is to be paid for: a unit that was lent (``source`` "equipment:7") since the day of the
    claim, or what a breach of duty harmed ("violation:7") by the day set. ``cost``: yen without tax of making it good;
    None: by tariff. ``article`` is empty where the document's own on breaches applies."""

    source: str
    product_code: str
    product_name: str
    on: date
    cost: int | None
    article: str


class VisitFacts(NamedTuple):
    """A visit for a fault of the subscriber's own equipment, which the document makes the subscriber pay for."""

    ticket_id: int
    closed: datetime
    article: str


class ReliefFacts(NamedTuple):
    """``percent`` off what is covered ("charges", "works") on the days [since, until), because of a disaster."""

    relief_id: int
    since: date
    until: date
    percent: int
    covers: tuple[str, ...]


class EndingFacts(NamedTuple):
    """How the contract ended, and what is asked for only then: when it was ``formed``, its term, whether it was a
    ``corporation``'s. ``discounted_since``: the first day of a service whose works NTT West discounted.

    ``works_charged``, ``handling_charged``: after an initial cancellation, what earlier runs charged, in yen without tax.
    """

    ending_id: int
    cause: Cause
    formed: date | None = None
    term_start: date | None = None
    term_months: int = 0
    corporation: bool = True
    discounted_since: date | None = None
    works_charged: int = 0
    handling_charged: int = 0


class UsageFacts(NamedTuple):
    """What was used in the month of this first day: yen as measured, and yen ``estimated`` for days that the meter missed, at
    ``daily`` yen each, as the rule counted it."""

    month: date
    measured: int
    estimated: int = 0
    missed_days: int = 0
    daily: str = ""

    @property
    def amount(self) -> int:
        """Yen in all: what is estimated is taken for what was used."""
        return self.measured + self.estimated


class ContractFacts(NamedTuple):
    """One contract. What most contracts do not have is empty, ``products`` too where the product never changed.

    ``months``: the first days of the months to be rated, mostly one. ``payment``: month, year or use. ``start`` None:
    service has not begun; ``end``: the last day. ``partner_priced``: a billing operator sets the price. ``agreed``:
    individual agreements. ``passed``: the days, in order, on which the contract passed to somebody else without what was
    owed. ``line_end``: the last day of the line itself where what goes on here after a move to another provider are its
    options and equipment alone. ``cuts``: the days, in order, before which everything was charged out of turn.
    """

    terms_code: str
    product_id: int
    payment: str
    cycle_day: int
    months: tuple[date, ...]
    start: date | None = None
    end: date | None = None
    partner_priced: bool = False
    products: tuple[ProductSpan, ...] = ()
    passed: tuple[date, ...] = ()
    line_end: date | None = None
    single: SingleFacts | None = None
    options: tuple[OptionFacts, ...] = ()
    pauses: tuple[Stretch, ...] = ()
    suspensions: tuple[Stretch, ...] = ()
    works: tuple[WorkFacts, ...] = ()
    outages: tuple[OutageFacts, ...] = ()
    relocations: tuple[RelocationFacts, ...] = ()
    requests: tuple[RequestFacts, ...] = ()
    instalments: tuple[InstalmentFacts, ...] = ()
    equipment: tuple[EquipmentFacts, ...] = ()
    visits: tuple[VisitFacts, ...] = ()
    reliefs: tuple[ReliefFacts, ...] = ()
    cuts: tuple[date, ...] = ()
    ending: EndingFacts | None = None
    usage: tuple[UsageFacts, ...] = ()
    agreed: tuple[Agreed, ...] = ()

    def span_on(self, day: date) -> ProductSpan | None:
        """What the contract had on a day; None where its product never changed."""
        return next((span for span in self.products if span.to is None or day < span.to), None)

    def is_partner_priced(self, day: date) -> bool:
        """Whether a billing operator set the price of what the contract had on a day."""
        span = self.span_on(day)
        return span.partner_id is not None if span else self.partner_priced
