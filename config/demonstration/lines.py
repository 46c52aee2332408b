"""Network: what changes about lines: where they end, their exchange, their number, whether it is shown."""

from datetime import timedelta

from config.demonstration.world import World
from contracts.models import Contract, Line
from contracts.services.change_line import agree_terminal_point, move_to_exchange, withhold_number
from contracts.services.change_number import announce_number_change
from terms.pack import Pack

OFTEN = 0.15
"""How often a week one of these happens under a document, after the first time."""


def change(world: World, pack: Pack) -> None:
    """Whatever the document says of lines, once at least, and now and then again."""
    told = pack.lines
    if told is None:
        return
    for what, article, do in (
        ("terminal point agreed", told.terminal_point, _agree_point),
        ("exchange changed", told.host_exchange, _rehouse),
        ("number change announced", told.number_change, _renumber),
        ("number withheld", told.caller_number, _withhold),
    ):
        name = f"{what}: {pack.code}"
        if article is None or (world.tally[name] and not world.chance(OFTEN)):
            continue
        contract = world.some(pack.code, line__terms_code=pack.code, line__number_changes__isnull=True)
        if contract is not None and contract.line is not None:
            do(world, pack, contract, contract.line)
            world.tally[name] += 1


def _agree_point(world: World, pack: Pack, contract: Contract, line: Line) -> None:
    agree_terminal_point(
        line=line,
        by=world.staff["network"],
        on=world.today,
        point="1階 弱電盤",
        agreed_with=f"{contract.subscriber.name}、現地立会い",
    )


def _rehouse(world: World, pack: Pack, contract: Contract, line: Line) -> None:
    move_to_exchange(
        line=line,
        by=world.staff["network"],
        on=world.today,
        exchange=f"{line.city}第{'三' if line.host_exchange.endswith('第二収容局') else '二'}収容局",
        reason="収容ビルの更改のため",
    )


def _renumber(world: World, pack: Pack, contract: Contract, line: Line) -> None:
    assert pack.lines is not None
    phone = f"03-0{world.rng.randint(100, 999)}-{world.rng.randint(0, 9999):04d}"
    announce_number_change(
        line=line,
        by=world.staff["network"],
        on=world.today,
        effective_on=world.today + timedelta(days=21),
        reason="番号計画の変更のため",
        number=phone if pack.lines.number == "phone" else "",
    )


def _withhold(world: World, pack: Pack, contract: Contract, line: Line) -> None:
    withhold_number(
        line=line, by=world.staff["network"], on=world.today, withheld=True, reason="契約者の申出（書面）"
    )
