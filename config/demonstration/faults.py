"""The fault desk: what subscribers report, the test, the visit, and whose fault it was."""

from collections.abc import Callable, Mapping
from functools import partial

from config.demonstration.world import World
from contracts.models import Contract, RepairTicket
from contracts.services.close_ticket import close_ticket
from contracts.services.confirm_own_check import confirm_own_check
from contracts.services.dispatch_repair import dispatch_repair
from contracts.services.report_fault import report_fault
from contracts.services.run_line_test import run_line_test
from terms.pack import Pack
from workflow.services.perform import perform

REPORTED = "fault reported"
CHECK = "ONUの電源と配線を確認し、別の端末でも試した"


def report(world: World, pack: Pack) -> None:
    """Somebody under the document reports a fault: each course of it once at least, and now and then again."""
    name = f"{REPORTED}: {pack.code}"
    course = world.scarcest(name, list(_COURSES))
    if world.tally[f"{name} {course}"] and not world.chance(0.15):
        return
    contract = world.some(pack.code, line__isnull=False, line__outages__isnull=True)
    if contract is not None:
        world.tally[f"{name} {course}"] += 1
        _COURSES[course](world, contract)


def _ours(world: World, contract: Contract) -> None:
    """The line is down by the operator's fault: tested, mended, and the outage gives money back."""
    ticket = report_fault(
        contract=contract,
        by=world.staff["network"],
        at=world.at(8),
        symptom="終日つながらない",
        own_check=CHECK,
        down=world.at(7, 30),
    )
    run_line_test(ticket=ticket, by=world.staff["network"], at=world.at(9), clear=False)
    dispatch_repair(ticket=ticket, by=world.staff["network"], at=world.at(10), requested=False)
    days = 3 if world.lacks("charge", "outage_credit") else world.rng.choice([0, 1, 3])
    mended = partial(
        _close, world, ticket, RepairTicket.Cause.OPERATOR, "屋外の光ケーブルの断線を修理した", hour=19
    )
    if days:
        world.within(days, days, mended)
    else:
        mended()


def _theirs(world: World, contract: Contract) -> None:
    """The subscriber's own equipment, after a clear test, visited at the subscriber's wish: the visit is charged."""
    ticket = _visited(world, contract)
    _close(world, ticket, RepairTicket.Cause.OWN_EQUIPMENT, "お客さまのルーターの故障", hour=15)


def _maintained(world: World, contract: Contract) -> None:
    """The same, with equipment that the operator maintains."""
    ticket = _visited(world, contract)
    _close(
        world,
        ticket,
        RepairTicket.Cause.OWN_EQUIPMENT,
        "保守契約のあるルーターの故障",
        hour=15,
        maintained=True,
    )


def _nothing(world: World, contract: Contract) -> None:
    ticket = _checked(world, contract)
    _close(world, ticket, RepairTicket.Cause.NOT_FOUND, "試験の結果、異常なし", hour=14)


def _taken_back(world: World, contract: Contract) -> None:
    ticket = report_fault(contract=contract, by=world.staff["network"], at=world.at(10), symptom="時々切れる")
    perform(ticket, "withdraw", by=world.staff["network"], on=world.today, reason="再起動で直ったとの連絡")


def _checked(world: World, contract: Contract) -> RepairTicket:
    network = world.staff["network"]
    ticket = report_fault(contract=contract, by=network, at=world.at(9), symptom="速度が出ない")
    confirm_own_check(ticket=ticket, by=network, at=world.at(9, 30), own_check=CHECK)
    return run_line_test(ticket=ticket, by=network, at=world.at(10), clear=True)


def _visited(world: World, contract: Contract) -> RepairTicket:
    ticket = _checked(world, contract)
    return dispatch_repair(ticket=ticket, by=world.staff["network"], at=world.at(13), requested=True)


def _close(
    world: World, ticket: RepairTicket, cause: str, findings: str, *, hour: int, maintained: bool = False
) -> None:
    close_ticket(
        ticket=ticket,
        by=world.staff["network"],
        at=world.at(hour),
        cause=cause,
        findings=findings,
        maintained=maintained,
    )


_COURSES: Mapping[str, Callable[[World, Contract], None]] = {
    "ours": _ours,
    "theirs": _theirs,
    "theirs, maintained by us": _maintained,
    "nothing found": _nothing,
    "taken back": _taken_back,
}
