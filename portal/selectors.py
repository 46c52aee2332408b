"""Reads for the customers' pages. Each starts from the subscriber, so nobody else's rows can come out."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from itertools import groupby
from operator import or_

from django.db.models import F, Min, Q, QuerySet, Sum

from billing.debts import passed_on, passed_to
from billing.falling_due import with_falling_due
from billing.models import Charge, Invoice, Payment, Tariff, TariffPrice
from billing.selectors import open_invoices
from contracts.guards.application import application_of
from contracts.guards.forms import in_form
from contracts.models import (
    Agreement,
    Contract,
    Ending,
    Interruption,
    Product,
    Request,
    Subscriber,
    Suspension,
    Work,
)
from lineinfo.models import ApiContract, ApiUser, Credential, TargetService
from terms.pack import Pack
from terms.refusal import Refusal
from terms.registry import pack_for

_OVER = [Contract.State.ENDED, Contract.State.REFUSED, Contract.State.WITHDRAWN, Contract.State.CANCELLED]
_ANSWERED = [Request.State.CARRIED_OUT, Request.State.REFUSED, Request.State.WITHDRAWN]


@dataclass(frozen=True)
class Owed:
    """What a subscriber owes on issued invoices, in yen with tax; the part already overdue; the next day on which some falls due."""

    total: int
    overdue: int
    next_due: date | None


def contracts_of(subscriber: Subscriber) -> QuerySet[Contract]:
    """The subscriber's contracts, the newest first, with product and line."""
    return Contract.objects.filter(subscriber=subscriber).select_related("product", "line")


def current(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    """Those that are applied for or live."""
    return contracts.exclude(state__in=_OVER)


def matching(contracts: QuerySet[Contract], term: str) -> QuerySet[Contract]:
    """Those of the contracts in whose numbers, place or product all words of ``term`` occur."""
    places = ("number", "line__number", "line__phone_number", "line__city", "line__town", "line__building")
    for word in unicodedata.normalize("NFKC", term).split():
        named = Q(product__name__icontains=word) | Q(product__name_en__icontains=word)
        contracts = contracts.filter(
            reduce(or_, (Q(**{f"{place}__icontains": word}) for place in places), named)
        )
    return contracts


def requests_of(subscriber: Subscriber) -> QuerySet[Request]:
    """What the subscriber asked for, the newest first."""
    return Request.objects.filter(subscriber=subscriber).select_related("contract__product")


def open_requests(requests: QuerySet[Request]) -> QuerySet[Request]:
    """Those still on their way."""
    return requests.exclude(state__in=_ANSWERED)


def invoices_of(subscriber: Subscriber) -> QuerySet[Invoice]:
    """The subscriber's issued invoices, the newest first. Drafts are the operator's own affair."""
    issued = Invoice.objects.filter(account__subscriber=subscriber).exclude(state=Invoice.State.DRAFT)
    return with_falling_due(issued).order_by("-month", "-id")


def unpaid_invoices(subscriber: Subscriber) -> QuerySet[Invoice]:
    """Issued and not wholly paid, the earliest due first; not what passed on to others with its contracts."""
    return open_invoices().filter(account__subscriber=subscriber).exclude(pk__in=passed_on(subscriber.pk))


def passed_debts(subscriber: Subscriber) -> QuerySet[Invoice]:
    """What others were asked for and the subscriber owes now: contracts that passed to them brought it along."""
    return open_invoices().filter(pk__in=passed_to(subscriber.pk))


def payable_invoices(subscriber: Subscriber) -> QuerySet[Invoice]:
    """The invoices that the subscriber may pay: their own, and those that came with a contract."""
    mine = Q(account__subscriber=subscriber) & ~Q(state=Invoice.State.DRAFT)
    return with_falling_due(Invoice.objects.filter(mine | Q(pk__in=passed_to(subscriber.pk))))


def owed_by(subscriber: Subscriber, on: date) -> Owed:
    """What the subscriber owes as seen on a day, with what came with contracts that passed to them."""
    left = F("total") - F("paid")
    mine = Q(account__subscriber=subscriber) & ~Q(pk__in=passed_on(subscriber.pk))
    owed = open_invoices().filter(mine | Q(pk__in=passed_to(subscriber.pk)))
    sums = owed.aggregate(
        owed=Sum(left, default=0),
        late=Sum(left, filter=Q(falls_due__lt=on), default=0),
        next=Min("falls_due", filter=Q(falls_due__gte=on)),
    )
    return Owed(total=sums["owed"], overdue=sums["late"], next_due=sums["next"])


def lines_of(invoice: Invoice) -> QuerySet[Charge]:
    """The lines of an invoice, contract by contract; those of no single contract last."""
    lines = invoice.charges.select_related("contract__product", "tariff")
    return lines.order_by(F("contract_id").asc(nulls_last=True), "id")


def payments_of(subscriber: Subscriber) -> QuerySet[Payment]:
    """What the subscriber paid, the latest first, with what it was set against and what went back of it."""
    found = Payment.objects.filter(account__subscriber=subscriber)
    return found.prefetch_related("allocations__invoice", "returns")


def agreement_on(contract: Contract, on: date) -> Agreement | None:
    """Under which version of the terms the contract stands on a day."""
    return contract.agreements.filter(since__lte=on).select_related("version").order_by("since").last()


def next_agreement(contract: Contract, on: date) -> Agreement | None:
    """The version that takes over next, if one was announced."""
    return contract.agreements.filter(since__gt=on).select_related("version").order_by("since").first()


def suspensions_of(subscriber: Subscriber) -> QuerySet[Suspension]:
    """The suspensions in force, then those of which notice was given, on any of the subscriber's contracts."""
    told = Suspension.objects.filter(
        contract__subscriber=subscriber, state__in=[Suspension.State.IN_FORCE, Suspension.State.NOTICED]
    )
    # "in_force" sorts before "noticed".
    return told.select_related("contract__product").order_by("state", "starts_on")


def ending_of(contract: Contract) -> Ending | None:
    """The declared ending, unless it was taken back."""
    return contract.endings.filter(withdrawn_on=None).first()


def works_ahead(contract: Contract) -> QuerySet[Work]:
    """Works planned or under way, the earliest first."""
    return contract.works.filter(state__in=[Work.State.PLANNED, Work.State.STARTED]).order_by("planned_at")


def interruptions_ahead(contract: Contract, at: datetime) -> QuerySet[Interruption]:
    """Interruptions of the line that are not over."""
    return Interruption.objects.filter(lines=contract.line_id, ends_at__gt=at, ended=None).order_by(
        "starts_at"
    )


def api_contracts_of(subscriber: Subscriber) -> QuerySet[ApiContract]:
    """The subscriber's API contracts, the newest first."""
    return ApiContract.objects.filter(subscriber=subscriber)


def api_documents(on: date) -> list[Pack]:
    """The documents under which line information is given by API, in the version of a day."""
    codes = TargetService.objects.order_by("terms_code").values_list("terms_code", flat=True).distinct()
    return [pack_for(code, on, earliest=True) for code in codes]


def api_users_of(subscriber: Subscriber) -> QuerySet[ApiUser]:
    """The API users registered under the subscriber's API contracts."""
    return ApiUser.objects.filter(api_contract__subscriber=subscriber).select_related("api_contract")


def credentials_of(subscriber: Subscriber) -> QuerySet[Credential]:
    """The credentials of those API users."""
    return Credential.objects.filter(api_user__api_contract__subscriber=subscriber).select_related(
        "api_user__api_contract"
    )


@dataclass(frozen=True)
class Offer:
    """A document under which something can be applied for: its products, and why not on the web, if so."""

    pack: Pack
    products: list[Product]
    refusal: Refusal | None


def offers(on: date) -> list[Offer]:
    """The documents with base products on offer, those first that take an application on the web on that day."""
    offered = Product.objects.filter(kind=Product.Kind.BASE, offered=True).order_by("terms_code", "code")
    found = []
    for code, products in groupby(offered, lambda product: product.terms_code):
        pack = pack_for(code, on, earliest=True)
        table = application_of(pack)
        found.append(Offer(pack, list(products), in_form(table.form, table.form_article, Request.Form.WEB)))
    return sorted(found, key=lambda offer: offer.refusal is not None)


def fees_of(products: Iterable[Product], on: date) -> dict[int, int]:
    """The fee of each product for its month, year or use, by its key, in yen without tax as the price stands on a day."""
    prices = (
        TariffPrice.objects.filter(
            tariff__kind__in=[Tariff.Kind.BASE, Tariff.Kind.OPTION],
            tariff__product__in=products,
            valid_from__lte=on,
        )
        .order_by("tariff_id", "-valid_from")
        .distinct("tariff_id")
        .values_list("tariff__product_id", "amount")
    )
    fees: dict[int, int] = {}
    for product_id, amount in prices:
        fees[product_id] = fees.get(product_id, 0) + amount
    return fees
