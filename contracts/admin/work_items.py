"""The parts of which a work may consist. Their prices are billing's, so billing says here what there is."""

from collections.abc import Callable, Iterable

from contracts.models import Work
from workflow.staff.panels import Panel

Items = Callable[[str], Iterable[tuple[str, str]]]
Costs = Callable[[Callable[[], Work]], Iterable[Panel]]

_sources: list[Items] = []
_costs: list[Costs] = []


def offer_work_items(items: Items) -> None:
    """Offer these parts as well: ``items`` takes a terms code and gives (code, name)."""
    _sources.append(items)


def work_items(terms_code: str) -> list[tuple[str, str]]:
    """The parts on offer under a document."""
    return [item for items in _sources for item in items(terms_code)]


def ask_for_costs(costs: Costs) -> None:
    """Ask ``costs``, too: it takes what plans a work and gives tables."""
    _costs.append(costs)


def costs_of_work(plan: Callable[[], Work]) -> list[Panel]:
    """What the work that ``plan`` plans would cost. Errors as in plan_work; changes nothing."""
    return [shown for costs in _costs for shown in costs(plan)]
