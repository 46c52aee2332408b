"""Network: equipment lent and given back, lost, broken or never seen again; the subscribers' own, and its inspections."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from django.db.models import Exists, OuterRef

from config.demonstration import sanctions
from config.demonstration.world import World, of_article
from contracts.models import Contract, ContractOption, Inspection, LentEquipment, OwnEquipment, Product
from contracts.services.ask_equipment_back import ask_equipment_back
from contracts.services.lend_equipment import lend_equipment
from contracts.services.own_equipment import (
    accept_connection,
    ask_inspection,
    carry_out_inspection,
    connect_own_equipment,
    decline_inspection,
    put_right,
    refuse_connection,
    report_removal,
    suspension_ground,
)
from contracts.services.propose_suspension import propose_suspension
from contracts.services.report_equipment_loss import report_equipment_loss
from contracts.services.take_equipment_back import take_equipment_back
from terms import own_equipment as tables
from terms.pack import Pack

RETURNED = 0.4
"""How many of those who were asked bring their equipment back in a week."""
LOST = "equipment lost or damaged"
INSPECTED, REFUSED = "own equipment inspected", "own equipment refused"


def look_after(world: World, pack: Pack) -> None:
    """Hand out what was ordered, take back what is no longer used; now and then a unit is lost or broken."""
    _hand_out(world, pack)
    _take_back(world, pack)
    _ask_abolished_back(world, pack)
    events = [LentEquipment.State.LOST.value, LentEquipment.State.DAMAGED.value]
    event = world.scarcest(f"{LOST}: {pack.code}", events)
    if not world.tally[f"{LOST}: {pack.code} {event}"] or world.chance(0.02):
        _lose(world, pack, event)


def _hand_out(world: World, pack: Pack) -> None:
    there = LentEquipment.objects.filter(
        contract=OuterRef("contract"), product=OuterRef("product"), state__in=["lent", "to_return"]
    )
    ordered = ContractOption.objects.filter(
        ~Exists(there),
        contract__terms_code=pack.code,
        contract__state=Contract.State.ACTIVE,
        product__kind=Product.Kind.EQUIPMENT,
        starts_on__lte=world.today,
        ends_on__isnull=True,
    ).select_related("contract__line", "contract__subscriber", "product")
    for option in ordered.order_by("pk"):
        world.tally["equipment lent"] += 1
        lend_equipment(
            contract=option.contract,
            product=option.product,
            serial_number=f"SN{world.tally['equipment lent']:06d}",
            by=world.staff["network"],
            on=world.today,
        )


def _take_back(world: World, pack: Pack) -> None:
    """Where a document has somebody pay for what never comes back, the first unit never does."""
    units = LentEquipment.objects.filter(contract__terms_code=pack.code).order_by("pk")
    awaited = list(units.filter(state="to_return").select_related("contract__subscriber", "product"))
    table = pack.lent_equipment
    if table and "not_returned" in table.damages_for and not units.filter(state="not_returned").exists():
        awaited = awaited[1:]
    # A document that names no return is silent; people bring it back all the same.
    over = units.filter(state="lent", contract__state=Contract.State.ENDED)
    kept = [] if table and table.return_on else list(over.select_related("contract__subscriber", "product"))
    for unit in [*awaited, *kept]:
        if world.chance(RETURNED):
            take_equipment_back(unit=unit, by=world.staff["network"], on=world.today)
            world.tally["equipment given back"] += 1


def _ask_abolished_back(world: World, pack: Pack) -> None:
    table, name = pack.lent_equipment, f"equipment abolished: {pack.code}"
    unit = _lent(world, pack)
    if table and "abolished" in table.return_on and unit and not world.tally[name]:
        ask_equipment_back(
            unit=unit, by=world.staff["network"], on=world.today, why=LentEquipment.Why.ABOLISHED
        )
        world.tally[name] += 1


def _lose(world: World, pack: Pack, event: str) -> None:
    """In breach of a duty where the document makes its cost due then, otherwise by misfortune."""
    unit = _lent(world, pack)
    if unit is None:
        return
    duties = pack.lent_equipment.reparation_duties if pack.lent_equipment else ()
    duty = world.rng.choice(duties) if duties and world.chance(0.3) else ""
    report_equipment_loss(
        unit=unit,
        by=world.staff["network"],
        on=world.today,
        event=event,
        reason="契約者からの届出による",
        duty=duty,
        cost=world.rng.choice([4_000, 9_800]) if duty else None,
    )
    world.tally[f"{LOST}: {pack.code} {event}"] += 1


def _lent(world: World, pack: Pack) -> LentEquipment | None:
    found = LentEquipment.objects.filter(
        state="lent", contract__terms_code=pack.code, contract__state=Contract.State.ACTIVE
    ).select_related("contract__subscriber", "contract__product", "product")
    units = list(found.order_by("pk")[:40])
    return world.rng.choice(units) if units else None


def inspect(world: World, pack: Pack) -> None:
    """Somebody connects equipment of their own, as the document has it; each kind is inspected on each occasion."""
    for clause in pack.own_equipment:
        of = f"{pack.code} {clause.kind} ".__add__
        untried = world.untried(INSPECTED, clause.occasions, of)
        if not untried and not world.lacks("moved", *_MOVED) and not world.chance(0.02):
            continue
        occasion = untried[0] if untried else world.rng.choice(clause.occasions)
        contract = world.some(pack.code, line__terms_code=pack.code)
        if contract is not None and _connect(world, contract, clause, occasion):
            world.take_up(INSPECTED, of(occasion))


def _connect(world: World, contract: Contract, clause: tables.OwnEquipment, occasion: str) -> bool:
    """False where it is refused, so that it is asked for once more."""
    by, on = world.staff["network"], world.today
    unit = connect_own_equipment(
        contract=contract,
        by=by,
        on=on,
        kind=clause.kind,
        name="VPNルーター" if clause.kind == "terminal" else "構内交換設備",
        form="written",
        place="1階 MDF",
        certification="" if occasion == "connection" else "D26-0001",
    )
    table = clause.connection
    if table is not None and occasion == "connection":
        refusal = world.rarest(REFUSED, table.refusal_grounds)
        name = f"{REFUSED}: {of_article(refusal)}"
        if not world.tally[name]:
            refuse_connection(unit=unit, by=by, on=on, ground=refusal.code)
            world.tally[name] += 1
            return False
    if table is not None and (occasion == "connection" or not table.certified_exempt):
        _pass(world, ask_inspection(unit=unit, by=by, on=on, occasion="connection"))
    if table is not None:
        accept_connection(unit=unit, by=by, on=on)
    if occasion != "connection" or table is None:
        world.within(5, 20, partial(_inspect_in_use, world, unit, occasion))
    return True


def inspect_first(world: World, unit: OwnEquipment) -> None:
    """Where the document wants it seen before it is connected, it is, and found in order."""
    clauses = unit.contract.pack(world.today).own_equipment
    table = next((each.connection for each in clauses if each.kind == unit.kind), None)
    if table is not None and not (unit.certification and table.certified_exempt):
        _pass(
            world, ask_inspection(unit=unit, by=world.staff["network"], on=world.today, occasion="connection")
        )


def _inspect_in_use(world: World, unit: OwnEquipment, occasion: str) -> None:
    unit.refresh_from_db()
    inspection = ask_inspection(unit=unit, by=world.staff["network"], on=world.today, occasion=occasion)
    came_out = next(iter(world.untried("moved", list(_COMES_OUT), str)), None)
    if came_out is None and world.lacks("moved", *_MOVED):
        came_out = _FAILED
    came_out = came_out or world.scarcest("moved:", list(_COMES_OUT))
    world.take_up("moved", came_out)
    world.within(2, 5, partial(_COMES_OUT[came_out], world, inspection))


def _pass(world: World, inspection: Inspection) -> None:
    _carry_out(world, inspection, passed=True, findings="")


def _fail(world: World, inspection: Inspection) -> None:
    _carry_out(world, inspection, passed=False, findings="信号出力が技術基準を超えている")
    unit = inspection.equipment
    world.within(3, 14, partial(_mend, world, unit))


def _carry_out(world: World, inspection: Inspection, *, passed: bool, findings: str) -> None:
    carry_out_inspection(
        inspection=inspection,
        by=world.staff["network"],
        on=world.today,
        inspector="渡辺 健一",
        certificate="検査員証 第12号",
        passed=passed,
        findings=findings,
    )


def _mend(world: World, unit: OwnEquipment) -> None:
    """Put right where the document lets it be, else taken off."""
    unit.refresh_from_db()
    clause = next(each for each in unit.contract.pack(world.today).own_equipment if each.kind == unit.kind)
    do = put_right if clause.remedy == "correction" else report_removal
    do(unit=unit, by=world.staff["network"], on=world.today)


def _excuse(world: World, inspection: Inspection) -> None:
    decline_inspection(
        inspection=inspection,
        by=world.staff["network"],
        on=world.today,
        good_reason=True,
        reason="入院中のため日程の変更を希望",
    )


def _decline(world: World, inspection: Inspection) -> None:
    """Refused without good reason: where the document says so, the line may be suspended."""
    decline_inspection(
        inspection=inspection,
        by=world.staff["network"],
        on=world.today,
        good_reason=False,
        reason="理由なく拒否",
    )
    contract, day = inspection.equipment.contract, world.today + timedelta(days=10)
    ground = suspension_ground(unit=inspection.equipment, on=world.today)
    table = contract.pack(world.today).suspension
    listed = table.ground(ground) if table else None
    if listed is None or contract.state != Contract.State.ACTIVE:
        return
    suspension = propose_suspension(
        contract=contract,
        by=world.staff["credit"],
        at=world.at(10),
        ground=ground,
        reason="正当な理由なく検査を拒んだため",
        starts_on=day,
        through=day + timedelta(days=13),
    )
    world.take_up(sanctions.ENFORCED, of_article(listed))
    world.within(1, 2, partial(sanctions.approve, world, suspension))


_FAILED = "inspection failed"
_COMES_OUT: Mapping[str, Callable[[World, Inspection], None]] = {
    "inspection passed": _pass,
    _FAILED: _fail,
    "inspection excuse": _excuse,
    "inspection decline": _decline,
}
_MOVED = (*_COMES_OUT, "ownequipment fail", "ownequipment remove")
