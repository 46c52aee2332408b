"""Buildings whose lines are given in groups: one of each plan that a document has, and one that falls to its last line."""

from datetime import timedelta
from functools import partial

from config.demonstration import arrivals, changes, places
from config.demonstration.world import World
from contracts.models import Contract, LineGroup, Product, Request, Subscriber
from contracts.services.apply_for_group import NewLine, apply_for_group
from contracts.services.ask_for_group import ask_for_group
from contracts.services.form_group import form_group
from contracts.services.join_group import name_representative
from terms.line_groups import LineGroups
from terms.pack import Pack

WITHOUT_PLAN = 2
"""How many lines a group of no plan begins with; the document sets no least size."""
SINGLE = "single_line"
"""The charge of a line left alone in its group."""
REPRESENTED = "asked by the representative"
TENANTS = 2
"""How many lines of a group that one applies for at once become those of others."""
SPARE = 2
"""How many lines more than the plan asks for: one that is turned down must not bring down the others."""


def take_up_untried(world: World, pack: Pack) -> None:
    """Each week the first plan of which there is no group: the owner of a building applies for its lines."""
    table = pack.line_groups
    if table is None:
        return
    _ask_at_once(world, pack, table)
    sizes = {plan.code: plan.lines for plan in table.plans} | {"": WITHOUT_PLAN}
    plan = next((code for code in sizes if not world.tally[_name(code)]), None)
    if plan is None:
        plan = _wanted_anew(world, pack, table)
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
    owner, product = arrivals.register(world, Subscriber.Kind.CORPORATION), world.rng.choice(products)
    wanted, lines = table.plan(plan), sizes[plan] + SPARE
    if wanted is not None and wanted.representative:
        _apply_at_once(world, pack, group, product, owner, lines)
    else:
        asked = {"product": product.code, **arrivals.of_group(group), **address}
        for _line in range(lines):
            arrivals.send(world, owner, pack.code, asked)
    world.tally[_name(plan)] += 1
    if plan == table.plans[0].code:
        world.within(45, 60, partial(_empty, world, group))


def _wanted_anew(world: World, pack: Pack, table: LineGroups) -> str | None:
    """A plan that is still wanted, although all lines of its groups are gone: turned down, or given up too soon."""
    there = set(
        LineGroup.objects.filter(terms_code=pack.code, members__left_on__isnull=True).values_list(
            "plan", flat=True
        )
    )
    wanted = [table.plans[0].code] if world.lacks("charge", SINGLE) else []
    if world.lacks(REPRESENTED, _item_change(pack)):
        wanted += [plan.code for plan in table.plans if plan.representative]
    return next((code for code in wanted if code not in there), None)


def _apply_at_once(
    world: World, pack: Pack, group: LineGroup, product: Product, owner: Subscriber, lines: int
) -> None:
    """The owner applies for its own lines and those of some tenants, who consented."""
    tenants = [arrivals.register(world, Subscriber.Kind.PERSON) for _tenant in range(TENANTS)]
    whose = [*[owner] * (lines - TENANTS), *tenants]
    made = apply_for_group(
        group=group,
        product=product,
        lines=[
            NewLine(subscriber=subscriber, building=f"{group.building}{101 + number}号室")
            for number, subscriber in enumerate(whose)
        ],
        form=_form(pack),
        by=world.staff["reception"],
        at=world.at(10),
    )
    world.tally[f"request received: {pack.code} new"] += len(made)


def _ask_at_once(world: World, pack: Pack, table: LineGroups) -> None:
    """The representative asks for another item for all the lines; where its own is gone, another member is named first."""
    name = _item_change(pack)
    plans = [plan.code for plan in table.plans if plan.representative]
    group = LineGroup.objects.filter(terms_code=pack.code, plan__in=plans).first()
    if group is None or not world.untried(REPRESENTED, [name], str):
        return
    members = group.members.filter(
        left_on__isnull=True,
        contract__state=Contract.State.ACTIVE,
        contract__service_start__lt=world.today - timedelta(days=30),
    )
    member = members.select_related("contract").order_by("pk").first()
    if member is None:
        return
    if group.representative is None:
        group = name_representative(
            group=group, contract=member.contract, by=world.staff["reception"], on=world.today
        )
    offered = Product.objects.filter(terms_code=pack.code, kind=Product.Kind.BASE, offered=True)
    same = offered.filter(dwelling=table.dwelling, item__in=table.items)
    other = same.exclude(pk=member.contract.product_id).order_by("code").last()
    if other is not None:
        made = ask_for_group(
            group=group,
            product=other,
            wished_on=world.today,
            form=_form(pack),
            by=world.staff["reception"],
            at=world.at(10),
        )
        world.tally[f"request received: {name}"] += len(made)
        world.take_up(REPRESENTED, name)


def _item_change(pack: Pack) -> str:
    return f"{pack.code} {Request.Kind.ITEM_CHANGE}"


def _form(pack: Pack) -> str:
    form = pack.application.form if pack.application else "any"
    return Request.Form.WRITTEN if form == "any" else form


def _empty(world: World, group: LineGroup) -> None:
    """All lines of the building but one in use are given up; later those that were paused or suspended then."""
    members = group.members.filter(left_on__isnull=True).select_related("contract").order_by("pk")
    contracts = [member.contract for member in members]
    stays = next((one for one in contracts if one.state == Contract.State.ACTIVE), None)
    for contract in contracts:
        if contract != stays and not changes.cancel_before_opening(world, contract):
            changes.end(world, contract)
    if len(contracts) > 1:
        world.within(25, 35, partial(_empty, world, group))
    world.tally["group emptied but for one line"] += 1


def _name(plan: str) -> str:
    return f"group formed: {plan or 'no plan'}"
