"""What a request would cost, from when, and on which articles: tried out by the services and the rating that would do it
in earnest, and taken back."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from billing.chunks.book import load_book
from billing.chunks.gather import gather
from billing.chunks.rate import charges_of
from billing.models import BillingAccount, Tariff
from billing.rating.charge import RatedCharge
from billing.rating.errors import RatingError
from billing.rating.periodic import PeriodicRater
from billing.services.open_account import open_account
from contracts.guards.own_equipment import clause_of, may_connect
from contracts.kinds import articles_of, asked_by, cleaned, kind_of
from contracts.kinds.kind import Asked
from contracts.models import Contract, Explanation, OwnEquipment, Request, Subscriber
from contracts.moments import japan_date, start_of
from contracts.papers import missing_papers
from contracts.services.accept_request import accept_request
from contracts.services.carry_out_request import carry_out_request
from contracts.services.explain_request import duty_of, explain_request
from contracts.services.open_contract import open_contract
from contracts.services.own_equipment import ask_inspection, carry_out_inspection
from contracts.services.receive_evidence import receive_evidence
from contracts.services.receive_request import receive_request
from terms.article import ArticleRef
from terms.calendar import Month
from terms.errors import TermsError
from terms.refusal import Refusal
from terms.registry import pack_for
from workflow.models import User
from workflow.selectors import clock_user

_PERIODIC = {"base", "option", "number_levy", "use"}


@dataclass(frozen=True, kw_only=True)
class MonthPreview:
    """One month of the subscriber's account: yen without tax as it stands, and as it would be."""

    month: date
    before: int
    after: int


@dataclass(frozen=True, kw_only=True)
class RequestPreview:
    """``effective_on``: from when. ``once``: one-off charges and credits; ``added`` and ``dropped``: periodic ones, of the
    months shown. ``work_fees``: the least and the most that a work under this document costs, where one comes first.

    ``complete`` is False where a price is missing, so that the figures cannot be computed yet.
    """

    effective_on: date
    articles: tuple[ArticleRef, ...]
    once: tuple[RatedCharge, ...] = ()
    added: tuple[RatedCharge, ...] = ()
    dropped: tuple[RatedCharge, ...] = ()
    months: tuple[MonthPreview, ...] = ()
    work_fees: tuple[int, int] | None = None
    complete: bool = True

    @property
    def once_total(self) -> int:
        """Yen without tax of what is charged once."""
        return sum(charge.amount for charge in self.once)


def preview_request(
    *,
    by: User,
    at: datetime,
    kind: str,
    subscriber: Subscriber,
    terms_code: str,
    form: str,
    details: Mapping[str, Any],
    contract: Contract | None = None,
) -> RequestPreview:
    """What would come of the request if it were granted. Errors as in receive_request and accept_request; changes nothing."""

    def receive() -> Request:
        return receive_request(
            by=by,
            at=at,
            kind=kind,
            subscriber=subscriber,
            terms_code=terms_code,
            form=form,
            details=details,
            contract=contract,
        )

    on = japan_date(at)
    effective = _effective(kind, cleaned(kind, details), on, subscriber=subscriber, contract=contract)
    found = _try_out(subscriber, receive, effective=effective, on=on)
    if contract is not None:
        contract.refresh_from_db()
    return found


def preview_open(request: Request, *, on: date) -> RequestPreview:
    """What would come of a request that is not carried out yet, if it were granted on ``on``. Errors as in accept_request."""
    fresh = Request.objects.get(pk=request.pk)
    effective = _effective(
        fresh.kind, fresh.details, on, subscriber=fresh.subscriber, contract=fresh.contract
    )
    return _try_out(fresh.subscriber, lambda: fresh, effective=effective, on=on)


def _try_out(
    subscriber: Subscriber, receive: Callable[[], Request], *, effective: date, on: date
) -> RequestPreview:
    """Rate, let the request come and be granted, rate again, and take everything back."""
    with transaction.atomic():
        account = BillingAccount.objects.filter(subscriber=subscriber).first()
        account = account or open_account(subscriber=subscriber, by=clock_user())
        months = sorted({Month.of(on), Month.of(effective), Month.of(effective).plus(1)})
        before = rated(account, months)
        request = receive()
        effective = _grant(request, on=on, wished=effective)
        found = _compare(
            request,
            effective,
            months,
            before,
            rated(account, months),
            fees=_work_fees(request, on) if _builds(request) else None,
        )
        transaction.set_rollback(True)
    return found


def _effective(
    kind: str, details: Mapping[str, Any], on: date, *, subscriber: Subscriber, contract: Contract | None
) -> date:
    """The day that the details name: of an ending the last one. Where they name none, that of the document."""
    named = details.get("on") or details.get("ends_on") or details.get("desired_on")
    if named:
        return max(on, date.fromisoformat(named))
    if contract is None:
        return on
    asked = Asked(pack=contract.pack(on), subscriber=subscriber, contract=contract, details=details, on=on)
    return kind_of(kind).effective(asked)


def _grant(request: Request, *, on: date, wished: date) -> date:
    """Say yes and carry it out, as far as that is not done. Returns the day from which it takes effect."""
    clock = clock_user()
    kind = kind_of(request.kind)
    if not kind.one_sided and request.state != Request.State.ACCEPTED:
        _take_papers_as_there(request, by=clock, on=on)
        _take_as_inspected(request, by=clock, on=on)
        if duty_of(request, on):
            explain_request(request=request, by=clock, at=start_of(on), method=Explanation.Method.ELECTRONIC)
        accept_request(request=request, by=clock, on=on, order_reason="preview")
    if kind.new:
        assert request.contract is not None
        open_contract(contract=request.contract, by=clock, on=wished)
        return wished
    if kind.one_sided:
        return wished
    effective = kind.effective(asked_by(request))
    if request.state == Request.State.ACCEPTED:
        carry_out_request(request=request, by=clock, on=effective)
    return effective


def _take_papers_as_there(request: Request, *, by: User, on: date) -> None:
    """The papers cost nothing, and come later."""
    for paper in missing_papers(request):
        receive_evidence(request=request, by=by, on=on, code=paper.code)


def _take_as_inspected(request: Request, *, by: User, on: date) -> None:
    """So does the inspection of own equipment that is to be connected."""
    unit = OwnEquipment.objects.filter(request=request).first()
    if unit is None:
        return
    clause = clause_of(unit.contract.pack(on), unit.kind)
    if isinstance(clause, Refusal) or not may_connect(
        clause, certified=bool(unit.certification), passed=False
    ):
        return
    inspection = ask_inspection(unit=unit, by=by, on=on, occasion="connection")
    carry_out_inspection(
        inspection=inspection, by=by, on=on, inspector="preview", certificate="preview", passed=True
    )


@dataclass(frozen=True)
class _Rated:
    """The charges of one month, and the contracts that cannot be rated because a price is missing."""

    charges: list[RatedCharge]
    unrated: frozenset[int]


def rated(account: BillingAccount, months: Iterable[Month]) -> dict[Month, _Rated]:
    """What the account is charged in each month."""
    book = load_book()
    periodic = PeriodicRater(book)
    found = {}
    for month in months:
        charges: list[RatedCharge] = []
        unrated = set()
        for gathered in gather(month.first, account.pk, account.pk):
            try:
                rated = charges_of(book, periodic, gathered)
                charges += gathered.of_accounts(account.pk, account.pk, rated).get(account.pk, [])
            except (RatingError, TermsError):
                unrated.add(gathered.contract_id)
        found[month] = _Rated(charges, frozenset(unrated))
    return found


def _compare(
    request: Request,
    effective: date,
    months: list[Month],
    before: Mapping[Month, _Rated],
    after: Mapping[Month, _Rated],
    *,
    fees: tuple[int, int] | None,
) -> RequestPreview:
    pack = pack_for(request.terms_code, effective, earliest=True)
    articles = articles_of(pack, request.kind, effective)
    added: list[RatedCharge] = []
    dropped: list[RatedCharge] = []
    sums: list[MonthPreview] = []
    for month in months:
        # Another contract that has no price yet stands in neither sum, and hinders nothing.
        if before[month].unrated != after[month].unrated or request.contract_id in after[month].unrated:
            continue
        old, new = before[month].charges, after[month].charges
        if month.end <= effective:
            # It is billed before the day comes, to the one who has the contract until then.
            new = [*filter(_is_periodic, old), *itertools.filterfalse(_is_periodic, new)]
        # A charge of last month that no run has made yet stands in both, and in two months: it is counted once.
        added += [charge for charge in (Counter(new) - Counter(old)) if charge not in added]
        dropped += [charge for charge in (Counter(old) - Counter(new)) if charge not in dropped]
        sums.append(
            MonthPreview(
                month=month.first,
                before=sum(charge.amount for charge in old if _is_periodic(charge)),
                after=sum(charge.amount for charge in new if _is_periodic(charge)),
            )
        )
    once = tuple(charge for charge in added if not _is_periodic(charge))
    # What was to be charged once and goes to somebody else with the debts changes nothing for this request.
    cited = [ArticleRef.parse(charge.article) for charge in (*added, *filter(_is_periodic, dropped))]
    return RequestPreview(
        effective_on=effective,
        articles=tuple(dict.fromkeys([*articles, *cited])),
        once=once,
        added=tuple(filter(_is_periodic, added)),
        dropped=tuple(filter(_is_periodic, dropped)),
        months=tuple(sums),
        work_fees=fees,
        complete=len(sums) == len(months),
    )


def _is_periodic(charge: RatedCharge) -> bool:
    return charge.kind in _PERIODIC


def _builds(request: Request) -> bool:
    return kind_of(request.kind).works or kind_of(request.kind).new


def _work_fees(request: Request, on: date) -> tuple[int, int] | None:
    """The least and the most that one part of a work costs under the document, in yen without tax; None without a tariff."""
    amounts = [
        price.amount
        for tariff in Tariff.objects.filter(
            terms_code=request.terms_code, kind=Tariff.Kind.CONSTRUCTION
        ).prefetch_related("prices")
        for price in [max((p for p in tariff.prices.all() if p.valid_from <= on), key=_since, default=None)]
        if price is not None
    ]
    return (min(amounts), max(amounts)) if amounts else None


def _since(price: Any) -> date:
    day: date = price.valid_from
    return day
