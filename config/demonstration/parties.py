"""Contracts pass to others, move to other providers, get other names: and every kind of request comes up in time."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from config.demonstration import arrivals, changes, desk, people, places
from config.demonstration.asking import ask
from config.demonstration.world import World, of_article
from contracts.guards.request import grounds_of
from contracts.kinds import KINDS
from contracts.models import ApprovalNumber, Contract, Product, Request, Subscriber
from contracts.services.switch_provider import switch_provider
from terms.pack import Pack

Details = Mapping[str, object]
PARTIES = (Request.Kind.TRANSFER, Request.Kind.SUCCESSION, Request.Kind.NAME_CHANGE)
TAKEN_BACK = "ownequipment withdraw"
AGAIN = 0.25
"""How often a week one of these comes again, when every kind has come up under a document."""


def take_up_untried(world: World, pack: Pack) -> None:
    """Each week one kind of request that the document knows and that was never carried out yet."""
    known = [kind for kind, what in KINDS.items() if what.terms(pack) or not what.must_be_known]
    untried = [
        kind
        for kind in known
        if world.lacks("request carried out", f"{pack.code} {kind}") or _unrefused(world, pack, kind)
    ]
    if not untried and world.chance(AGAIN):
        untried = [kind for kind in known if kind in PARTIES]
    for kind in world.rng.sample(untried, len(untried)):
        if _ask_for(world, pack, kind):
            break


def _unrefused(world: World, pack: Pack, kind: str) -> bool:
    """Whether it can be refused on grounds that did not come up; what takes effect on its own is not."""
    if KINDS[kind].one_sided:
        return False
    grounds = grounds_of(pack, KINDS[kind].terms(pack))
    return world.lacks("request refused", *map(of_article, grounds))


def _ask_for(world: World, pack: Pack, kind: str) -> bool:
    found = _asking(world, pack, kind)
    if found is None and kind == Request.Kind.RESUME:
        # Somebody must have paused first.
        kind = Request.Kind.PAUSE
        found = _asking(world, pack, kind)
    if found is None and kind == Request.Kind.INITIAL_CANCELLATION:
        # Of a contract that a consumer has just concluded.
        arrivals.bring(world, pack, kind=Subscriber.Kind.PERSON)
    if found is not None and kind == Request.Kind.CANCELLATION:
        return changes.cancel_before_opening(world, found)
    if found is not None and kind == Request.Kind.ENDING:
        changes.end(world, found)
        return True
    details = ASKED[kind](world, found) if found is not None and kind in ASKED else None
    if found is None or details is None or not ask(world, found, kind, details):
        return False
    if kind == Request.Kind.PROVIDER_CHANGE:
        world.within(8, 12, partial(_switch, world, found))
    if kind == Request.Kind.OWN_EQUIPMENT and world.untried("moved", [TAKEN_BACK], str):
        world.take_up("moved", TAKEN_BACK)
        desk.take_back(world, found.requests.filter(kind=kind).latest("pk"))
    return True


def _asking(world: World, pack: Pack, kind: str) -> Contract | None:
    """A contract for which this can be asked."""
    conditions: dict[str, object] = {}
    if kind == Request.Kind.CANCELLATION:
        conditions = {"state": Contract.State.ACCEPTED}
    elif kind == Request.Kind.RESUME:
        conditions = {"state": Contract.State.PAUSED}
    elif kind == Request.Kind.INITIAL_CANCELLATION:
        conditions = {
            "subscriber__kind": Subscriber.Kind.PERSON,
            "formed_on__gte": world.today - timedelta(days=7),
            "state__in": [Contract.State.ACCEPTED, Contract.State.ACTIVE],
        }
    elif kind in (Request.Kind.RELOCATION, Request.Kind.PROVIDER_CHANGE, Request.Kind.INTERCONNECTION):
        conditions = {"line__isnull": False}
    return world.some(pack.code, **conditions)


def _transfer(world: World, contract: Contract) -> Details:
    """What the contract stands beside passes to the same."""
    details = {"transferee": arrivals.register(world, contract.subscriber.kind).number}
    if contract.parent is not None and contract.parent.state == Contract.State.ACTIVE:
        ask(world, contract.parent, Request.Kind.TRANSFER, details)
    return details


def _succession(world: World, contract: Contract) -> Details:
    """A corporation merges into another one; a person's heirs take over, two where the document wants a representative."""
    terms = contract.pack(world.today).succession
    cause = "merger" if contract.subscriber.kind == Subscriber.Kind.CORPORATION else "inheritance"
    if terms is not None and cause not in terms.causes:
        cause = terms.causes[0]
    several = 2 if cause == "inheritance" and terms is not None and terms.representative else 1
    successors = [arrivals.register(world, contract.subscriber.kind).number for _ in range(several)]
    named = {"representative": successors[0]} if several > 1 else {}
    return {"cause": cause, "on": world.today - timedelta(days=12), "successors": successors, **named}


def _name_change(world: World, contract: Contract) -> Details:
    if contract.subscriber.kind == Subscriber.Kind.CORPORATION:
        firm = people.corporation(world.rng)
        return {"name": firm["name"], "name_kana": firm["name_kana"]}
    return dict(people.person(world.rng))


def _new_option(world: World, contract: Contract, kind: str) -> Details | None:
    carried = contract.options.filter(ends_on__isnull=True).values("product")
    offered = Product.objects.filter(terms_code=contract.terms_code, kind=kind, offered=True)
    product = offered.exclude(pk__in=carried).order_by("code").first()
    return {"product": product.code, "action": "add", "on": world.today} if product else None


def _switch(world: World, contract: Contract) -> None:
    """The other provider takes the line over with the number, while it is good."""
    number = ApprovalNumber.objects.filter(
        contract=contract, used_on__isnull=True, voided_on__isnull=True, valid_through__gte=world.today
    ).first()
    contract.refresh_from_db()
    if number is not None and contract.state == Contract.State.ACTIVE:
        switch_provider(number=number, by=world.staff["reception"], on=world.today)
        world.tally["line moved to another provider"] += 1


ASKED: Mapping[str, Callable[[World, Contract], Details | None]] = {
    Request.Kind.TRANSFER: _transfer,
    Request.Kind.SUCCESSION: _succession,
    Request.Kind.NAME_CHANGE: _name_change,
    Request.Kind.PROVIDER_CHANGE: lambda world, contract: {
        "provider": "株式会社デモ光コラボ",
        "give_up_extras": True,
    },
    Request.Kind.INTERCONNECTION: lambda world, contract: {
        "action": "add",
        "circuit": f"他社専用回線 {world.rng.randint(1000, 9999)}",
        "place": "1階 MDF",
        "equipment": "回線接続装置",
        "on": world.today,
    },
    Request.Kind.OWN_FACILITY: lambda world, contract: {
        "equipment": "構内交換設備",
        "place": "1階 MDF",
    },
    Request.Kind.OWN_EQUIPMENT: lambda world, contract: {
        "equipment": "IP電話機",
        "certification": f"D{world.rng.randint(10, 99)}-{world.rng.randint(1000, 9999)}",
    },
    Request.Kind.INITIAL_CANCELLATION: lambda world, contract: {"dispatched_on": world.today},
    Request.Kind.OPTION: partial(_new_option, kind=Product.Kind.OPTION),
    Request.Kind.EQUIPMENT: partial(_new_option, kind=Product.Kind.EQUIPMENT),
    Request.Kind.ITEM_CHANGE: changes.other_item,
    Request.Kind.RELOCATION: lambda world, contract: {
        **places.address(world.rng, outside=False, building=False),
        "on": world.today,
    },
    Request.Kind.DIFFERENT_ROUTE: lambda world, contract: {
        "reason": "災害に備えた二重化のため",
        "on": world.today,
    },
    Request.Kind.OTHER_CHANGE: lambda world, contract: {"terminal_point": "2階 書斎", "on": world.today},
    Request.Kind.PAUSE: lambda world, contract: {"on": world.today},
    Request.Kind.RESUME: lambda world, contract: {"on": world.today},
}
"""What is asked for, by kind; new contracts come from newcomers and endings from whoever goes, often enough."""
