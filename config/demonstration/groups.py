"""Buildings whose lines are given in groups: one of each plan that a document has, and one that falls to its last line."""

from datetime import timedelta
from functools import partial

from config.demonstration import arrivals, changes, places
from config.demonstration.world import World
from contracts.models import Contract, LineGroup, Product, Subscriber
from contracts.services.form_group import form_group
from contracts.services.join_group import name_representative
from terms.pack import Pack

WITHOUT_PLAN = 2
"""How many lines a group of no plan begins with; the document sets no least size."""
SINGLE, ALONE = "single_line", timedelta(days=150)
"""The charge of a line left alone in its group, and how long it takes until one is left, told and billed."""
SPARE = 2
"""How many lines more than the plan asks for: one that is turned down must not bring down the others."""


def take_up_untried(world: World, pack: Pack) -> None:
    """Each week the first plan of which there is no group: the owner of a building applies for its lines."""
    table = pack.line_groups
    if table is None:
        return
    sizes = {plan.code: plan.lines for plan in table.plans} | {"": WITHOUT_PLAN}
    plan = next((code for code in sizes if not world.tally[_name(code)]), None)
    if plan is None and world.untried("charge", [SINGLE], str):
        # Too many of the first were given up, or too few.
        plan = table.plans[0].code
    offered = Product.objects.filter(
        terms_code=pack.code, kind=Product.Kind.BASE, dwelling=table.dwelling, offered=True
    )
    products = [one for one in offered.order_by("code") if (one.item in table.items) == bool(plan)]
    if plan is None or not products:
        return
    address = places.address(world.rng) | {"building": world.rng.choice(places.BUILDINGS)}
    fitting = [grade.code for grade in table.grades if {one.item for one in products} <= set(grade.items)]
    group = form_group(
        by=world.staff["reception"],
        on=world.today,
        terms_code=pack.code,
        plan=plan,
        grade=fitting[0] if fitting else "",
        address=address,
    )
    owner = arrivals.register(world, Subscriber.Kind.CORPORATION)
    asked = {"product": world.rng.choice(products).code, **arrivals.of_group(group), **address}
    *_others, last = [arrivals.send(world, owner, pack.code, asked) for _line in range(sizes[plan] + SPARE)]
    wanted = table.plan(plan)
    if last is not None and last.contract is not None and wanted is not None and wanted.representative:
        name_representative(group=group, contract=last.contract, by=world.staff["reception"], on=world.today)
    world.tally[_name(plan)] += 1
    if plan == table.plans[0].code:
        world.take_up("charge", SINGLE, patience=ALONE)
        world.within(45, 60, partial(_empty, world, group))


def _empty(world: World, group: LineGroup) -> None:
    """All lines of the building but one in use are given up."""
    members = group.members.filter(left_on__isnull=True).select_related("contract").order_by("pk")
    contracts = [member.contract for member in members]
    stays = next((one for one in contracts if one.state == Contract.State.ACTIVE), None)
    for contract in contracts:
        if contract != stays and not changes.cancel_before_opening(world, contract):
            changes.end(world, contract)
    world.tally["group emptied but for one line"] += 1


def _name(plan: str) -> str:
    return f"group formed: {plan or 'no plan'}"
