"""End what stood beside a contract that ends, such as the phone on its line."""

from datetime import date, timedelta

from contracts.guards.ending import PARENT_ENDED, needs_notice_first, operator_ground
from contracts.models import Contract, Ending
from terms.article import ArticleRef
from terms.pack import Pack
from workflow.selectors import clock_user

_FOLLOWS = frozenset(
    {
        Contract.State.ACCEPTED,
        Contract.State.ACTIVE,
        Contract.State.PAUSED,
        Contract.State.SUSPENDED,
        Contract.State.HALTED,
    }
)


def follow_ending(*, ending: Ending, on: date) -> list[Ending]:
    """Declare the endings of the contracts beside ``ending.contract``, each on its own document's article.

    By itself where the document ties it to the line (linked_endings); by the operator where the line's end is a ground
    of ending (hikari-phone 20-4(1)), with the notice that it asks for. A document silent on both lets its contract go on.
    """
    # Here and not above: declare_ending calls this function.
    from contracts.services.declare_ending import declare_ending

    followed = []
    for contract in ending.contract.linked.filter(state__in=_FOLLOWS).select_related("product", "subscriber"):
        pack = contract.pack(on)
        how = _how(pack, on=on, parent_ends=ending.ends_on)
        if how is None:
            continue
        ended_by, ground, article, ends_on = how
        followed.append(
            declare_ending(
                contract=contract,
                by=clock_user(),
                on=on,
                ended_by=ended_by,
                ground=ground,
                reason=f"契約 {ending.contract.number} の終了に伴うものです。",
                ends_on=ends_on,
                article=article,
                follows=ending,
            )
        )
    return followed


def _how(pack: Pack, *, on: date, parent_ends: date) -> tuple[str, str, ArticleRef, date] | None:
    """Ended by whom, on which ground and article, with which last day; None where the document lets the contract go on."""
    if pack.linked_endings is not None and pack.linked_endings.with_ == "parent_line":
        return Ending.By.AUTOMATIC, "", pack.linked_endings.article, parent_ends
    ground = operator_ground(pack, PARENT_ENDED)
    if ground is None:
        return None
    first = needs_notice_first(pack.operator_ending, ground, urgent=False)
    return (
        Ending.By.OPERATOR,
        PARENT_ENDED,
        ground.article,
        max(parent_ends, on + timedelta(days=1)) if first else parent_ends,
    )
