"""Network: what is done to use and to lines: restrictions, priority bodies, numbers, exchanges, warnings of malware."""

from datetime import timedelta
from functools import partial

from config.demonstration.world import World, of_article
from contracts.guards.restriction import priority_bodies
from contracts.models import Line, Restriction, Subscriber
from contracts.services.agree_priority import agree_priority
from contracts.services.declare_restriction import declare_restriction
from contracts.services.lift_restriction import lift_restriction
from contracts.services.warn_of_malware import record_assignment, warn_of_malware
from terms.measures import RestrictionGround
from terms.pack import Pack
from terms.registry import statute

AGREED = "priority agreed"
DECLARED = "restriction declared"


def take_up_untried(world: World, pack: Pack) -> None:
    """A priority body, then a ground of restriction that did not come up yet; now and then a warning."""
    _agree(world, pack)
    untried = world.untried(DECLARED, pack.restriction.grounds, of_article) if pack.restriction else []
    for ground in untried[:1]:
        _restrict(world, pack, ground)
    if pack.malware_warning and (world.chance(0.1) or not world.tally[_warned(pack)]):
        _see_malware(world, pack)


def _agree(world: World, pack: Pack) -> None:
    """A public body whose line stays: one kind after the other, wherever some ground spares them."""
    if pack.restriction is None or not any(ground.spares_priority for ground in pack.restriction.grounds):
        return
    contract = world.some(
        pack.code,
        subscriber__kind=Subscriber.Kind.CORPORATION,
        line__terms_code=pack.code,
        line__priority_body="",
    )
    bodies = world.untried(AGREED, priority_bodies(pack, statute(world.today)), lambda body: body.code)
    if contract is None or contract.line is None or not bodies:
        return
    agree_priority(
        line=contract.line,
        by=world.staff["network"],
        on=world.today,
        body=bodies[0].code,
        reason=f"{contract.subscriber.name}との協議により、{bodies[0].label}の回線として定めた",
    )
    world.take_up(AGREED, bodies[0].code)


def _restrict(world: World, pack: Pack, ground: RestrictionGround) -> None:
    """Declared in the morning, in force from noon: until the evening, or until somebody lifts it."""
    contract = world.some(pack.code, line__terms_code=pack.code)
    if contract is None or contract.line is None:
        return
    alone: list[Line] = [contract.line] if ground.one_user else []
    restriction = declare_restriction(
        by=world.staff["network"],
        at=world.at(9),
        terms_code=pack.code,
        ground=ground.code,
        reason=f"{ground.label}に当たる状況のため",
        starts_at=world.at(12),
        ends_at=world.at(19) if world.chance(0.5) else None,
        lines=alone,
        prefecture="" if alone else contract.line.prefecture,
        limit="1回の通信につき3分まで" if ground.measure in ("cut", "limit") else "",
        callers_told_at=world.at(11, 50) if ground.tell_callers else None,
    )
    world.take_up(DECLARED, of_article(ground))
    if restriction.ends_at is None:
        world.within(1, 5, partial(_lift, world, restriction))


def _lift(world: World, restriction: Restriction) -> None:
    lift_restriction(
        restriction=restriction, by=world.staff["network"], at=world.at(10), reason="状況が収まったため"
    )
    world.tally["restriction lifted by hand"] += 1


def _warned(pack: Pack) -> str:
    return f"warned of malware: {pack.code}"


def _see_malware(world: World, pack: Pack) -> None:
    """A trusted source reports an address; the assignment of that moment says whose it was."""
    contract = world.some(pack.code, line__terms_code=pack.code)
    if contract is None or contract.line is None:
        return
    address = f"198.51.100.{world.tally[_warned(pack)] % 254 + 1}"
    record_assignment(line=contract.line, ip_address=address, at=world.at(1) - timedelta(days=1))
    warn_of_malware(
        terms_code=pack.code,
        by=world.staff["network"],
        at=world.at(14),
        source="一般社団法人ICT-ISAC",
        ip_address=address,
        seen_at=world.at(23) - timedelta(days=1),
        weakness="遠隔操作用の通信口（TCP 23）が外部に開いています",
        need="感染した機器が大量の通信を発し、サービスの提供に支障が生じるおそれがあるため",
    )
    world.tally[_warned(pack)] += 1
