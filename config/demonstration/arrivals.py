"""New subscribers come and apply for services."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from billing.models import BillingAccount
from billing.services.open_account import open_account
from config.demonstration import banks, mails, papers, people, places
from config.demonstration.desk import take_back
from config.demonstration.world import World
from contracts.guards.approval_number import first_letter
from contracts.guards.line_group import in_groups_only
from contracts.kinds import KINDS
from contracts.models import Contract, LineGroup, LineOrigin, Product, Request, Subscriber
from contracts.models.address import Address
from contracts.services.receive_request import receive_request
from contracts.services.register_subscriber import register_subscriber
from terms.pack import Pack
from terms.registry import pack_for
from workflow.errors import Refused

OUTSIDE_THE_AREA = 0.03
CAME_FROM = "line came from"
OPENED, CHOSEN = "contract opened:", "product chosen:"
FEW = 6
"""So many contracts are wanted under each document at least, so that there is somebody for all that it lists."""
BESIDE = 0.75
"""How many of those who hold a line take a service that stands beside it."""
METHODS = (
    (BillingAccount.Method.ACCOUNT_TRANSFER, 0.6),
    (BillingAccount.Method.CARD, 0.2),
    (BillingAccount.Method.BANK_DEPOSIT, 0.1),
    (BillingAccount.Method.CONVENIENCE_STORE, 0.1),
)


@dataclass(frozen=True)
class Catalogue:
    """What may be applied for: base products by who may hold them, beside what, and the options of each document."""

    products: list[Product]
    options: dict[str, list[Product]]

    @classmethod
    def load(cls) -> "Catalogue":
        """The catalogue as the operator offers it."""
        offered = Product.objects.filter(offered=True)
        options: dict[str, list[Product]] = {}
        for product in offered.exclude(kind=Product.Kind.BASE):
            options.setdefault(product.terms_code, []).append(product)
        return cls(list(offered.filter(kind=Product.Kind.BASE)), options)

    def for_holder(self, world: World, kind: str, *, beside: str) -> list[Product]:
        """Products that a subscriber of this kind may hold, standing beside a contract under ``beside`` (or nothing)."""
        return [
            product
            for product in self.products
            if product.beside_terms == beside
            and (not in_a_group(product, world.today) or open_group(product, world.today))
            and (table := pack_for(product.terms_code, world.today, earliest=True).application)
            and kind in table.holders
        ]


def arrive(world: World) -> None:
    """One newcomer registers and applies for a first service; what stands beside it is applied for once that is open."""
    world.tally["newcomers"] += 1
    kind = Subscriber.Kind.CORPORATION if world.chance(0.5) else Subscriber.Kind.PERSON
    apply_for(world, register(world, kind), beside=None)


def register(world: World, kind: str) -> Subscriber:
    """Somebody new of that kind, with a billing account."""
    rng = world.rng
    name: dict[str, Any] = (
        people.corporation(rng) if kind == Subscriber.Kind.CORPORATION else people.person(rng)
    )
    home = places.address(
        rng,
        outside=world.chance(OUTSIDE_THE_AREA),
        building=kind == Subscriber.Kind.PERSON and world.chance(0.4),
    )
    world.tally["subscribers"] += 1
    subscriber = register_subscriber(
        by=world.staff["reception"],
        on=world.today,
        kind=kind,
        **(name | home),
        email=mails.address(world),
        phone=people.phone(rng),
        channel=Subscriber.Channel.LETTER if world.chance(0.04) else Subscriber.Channel.EMAIL,
    )
    method = rng.choices([method for method, _ in METHODS], [weight for _, weight in METHODS])[0]
    bank = (
        banks.bank_account(rng, subscriber.name_kana)
        if method == BillingAccount.Method.ACCOUNT_TRANSFER
        else {}
    )
    open_account(subscriber=subscriber, by=world.staff["billing"], method=method, **bank)
    papers.check(world, subscriber)
    return subscriber


def fill_up(world: World, pack: Pack) -> None:
    """Where few have a contract under a document that can be asked for things, or nobody ever applied with success, somebody applies."""
    if pack.application is None or pack.free_of_charge is not None:
        return
    usable = [Contract.State.APPLIED, Contract.State.ACCEPTED, Contract.State.ACTIVE]
    asked = (f"{pack.code} {kind}" for kind in (Request.Kind.NEW, Request.Kind.CANCELLATION))
    if Contract.objects.filter(terms_code=pack.code, state__in=usable).count() < FEW or world.lacks(
        "request carried out", *asked
    ):
        bring(world, pack)


def bring(world: World, pack: Pack, *, kind: str = "") -> None:
    """Somebody (of that ``kind``) applies under the document: one who holds what it stands beside, or somebody new."""
    offered = Product.objects.filter(terms_code=pack.code, kind=Product.Kind.BASE, offered=True)
    beside = sorted(set(offered.values_list("beside_terms", flat=True)) - {""})
    holders = [each for each in (pack.application.holders if pack.application else ()) if kind in ("", each)]
    if not beside and holders:
        apply_for(world, register(world, world.rng.choice(holders)), beside=None, terms_code=pack.code)
    elif beside and (holder := world.some(beside[0], subscriber__kind__in=holders)):
        apply_for(world, holder.subscriber, beside=holder, terms_code=pack.code)


def apply_for(world: World, subscriber: Subscriber, *, beside: Contract | None, terms_code: str = "") -> None:
    """Apply for a product beside a contract, or for one that stands alone, with options at the subscriber's choice.

    ``terms_code``: under that document; otherwise under any.
    """
    # Read anew each time: products come to their end during the year.
    catalogue = Catalogue.load()
    offered = catalogue.for_holder(world, subscriber.kind, beside=beside.terms_code if beside else "")
    products = [product for product in offered if terms_code in ("", product.terms_code)]
    if not products:
        return
    # First the document, then the product: a document with a long catalogue is not thereby chosen more often.
    codes = sorted({product.terms_code for product in products})
    terms_code = world.scarcest(OPENED, codes) if world.chance(0.5) else world.rng.choice(codes)
    product = _choice(world, [product for product in products if product.terms_code == terms_code])
    options = catalogue.options.get(terms_code, [])
    group = open_group(product, world.today) if in_a_group(product, world.today) else None
    place = group or (beside.line if beside and beside.line else subscriber)
    details = {
        "product": product.code,
        "options": [option.code for option in options if world.chance(0.25)],
        "parent": beside.number if beside else "",
        "cycle_day": world.rng.choice([1, 1, 1, 11, 21, 31]) if product.per != Product.Per.MONTH else 1,
        "terminal_point": "居室内" if subscriber.kind == Subscriber.Kind.PERSON else "EPS",
        **(of_group(group) if group else {}),
        **address_of(place),
        **({} if group or beside else _moved_here(world, terms_code, place)),
    }
    request = send(world, subscriber, terms_code, details)
    if request is not None and world.soon(0.2) and world.lacks("moved", "contract withdraw"):
        take_back(world, request)
    elif request is not None and world.chance(0.02):
        world.within(1, 1, partial(take_back, world, request))


def _moved_here(world: World, terms_code: str, place: Address) -> dict[str, str]:
    """Under a document that knows such moves, the first lines come from NTT and from another provider, with their numbers."""
    if not KINDS[Request.Kind.PROVIDER_CHANGE].terms(pack_for(terms_code, world.today)):
        return {}
    for kind in world.untried(CAME_FROM, LineOrigin.Kind.values, str):
        world.take_up(CAME_FROM, kind)
        changes = kind == LineOrigin.Kind.PROVIDER_CHANGE
        digits = f"{world.today + timedelta(days=9):%m%d}" if changes else f"{world.rng.randint(0, 9999):04d}"
        return {
            "moved_by": kind,
            "approval_number": f"{first_letter(kind, place.prefecture)}{digits}{world.rng.randint(0, 999_999):06d}",
            "provider": "株式会社デモ光コラボ" if changes else "",
        }
    return {}


def _choice(world: World, products: list[Product]) -> Product:
    """By chance, or the one that was chosen least, so that each is held by somebody in the long run."""
    code = world.scarcest(CHOSEN, sorted(product.code for product in products))
    by_chance = world.rng.choice(products)
    chosen = by_chance if world.chance(0.5) else next(each for each in products if each.code == code)
    world.tally[f"{CHOSEN} {chosen.code}"] += 1
    return chosen


def send(world: World, subscriber: Subscriber, terms_code: str, details: Mapping[str, Any]) -> Request | None:
    """Send an application in the form of the document; None where it was turned down at once."""
    table = pack_for(terms_code, world.today).application
    assert table is not None
    try:
        request = receive_request(
            by=world.staff["reception"],
            at=world.at(world.rng.randint(9, 17), world.rng.randint(0, 59)),
            kind=Request.Kind.NEW,
            subscriber=subscriber,
            terms_code=terms_code,
            form=Request.Form.WEB if table.form == "any" else table.form,
            details={key: value for key, value in details.items() if value},
        )
    except Refused as refused:
        world.turned_down("request", refused)
        return None
    world.tally[f"request received: {terms_code} new"] += 1
    return request


def address_of(place: Address) -> dict[str, str]:
    """The address columns, as an application gives them."""
    return {name: getattr(place, name) for name in ("postal_code", "prefecture", "city", "town", "building")}


def of_group(group: LineGroup) -> dict[str, Any]:
    """What an application says of the group of lines that it belongs to."""
    return {"group": group.number, "consents_to_representative": True}


def in_a_group(product: Product, on: date) -> bool:
    """Whether the product is given in groups of lines only."""
    return in_groups_only(pack_for(product.terms_code, on, earliest=True), product.dwelling)


def open_group(product: Product, on: date) -> LineGroup | None:
    """The latest group that a line of the product may join: one that others are in, and is not to fall to its last line."""
    table = pack_for(product.terms_code, on, earliest=True).line_groups
    assert table is not None
    found = LineGroup.objects.filter(
        terms_code=product.terms_code, told_on__isnull=True, members__left_on__isnull=True
    ).distinct()
    emptied = table.plans[0].code
    return (
        found.exclude(plan__in=["", emptied]).first()
        if product.item in table.items
        else found.filter(plan="").first()
    )
