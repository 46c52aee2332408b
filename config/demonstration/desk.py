"""Reception: answers requests in order of arrival, on the grounds that each document lists."""

from datetime import datetime, time, timedelta
from functools import partial

from django.core.exceptions import ValidationError

from billing.models import Tariff
from billing.services.hand_over_documents import fees_of
from config.demonstration import agreements, equipment, papers
from config.demonstration.changes import cancel_before_opening
from config.demonstration.site import build, work_on_site
from config.demonstration.world import TOKYO, World, of_article
from contracts.guards.request import grounds_of
from contracts.kinds import KINDS
from contracts.models import Contract, Explanation, Request, Subscriber, Work
from contracts.moments import start_of
from contracts.papers import missing_papers
from contracts.services.accept_request import accept_request
from contracts.services.defer_request import defer_request
from contracts.services.explain_request import duty_of, explain_request
from contracts.services.plan_work import plan_work
from contracts.services.refuse_request import refuse_request
from contracts.services.review_request import review_request
from contracts.services.withdraw_request import withdraw_request
from terms.registry import pack_for
from workflow.errors import WrongState

REFUSED = "request refused"
UNTRIED = 0.35
JUDGEMENT = 0.02
"""How often a reviewer finds a ground that no rule can see, such as technical difficulty: one that did not come up yet, and any."""


def answer_requests(world: World) -> None:
    """Answer every request that waits, the earliest first."""
    waiting = Request.objects.filter(state__in=[Request.State.RECEIVED, Request.State.IN_REVIEW]).order_by(
        "received_at", "id"
    )
    for request in waiting.select_related("contract__product", "contract__subscriber", "contract__line"):
        # Who forgot the papers is waited for.
        if not missing_papers(request):
            world.attempt(partial(_answer_or_drop, world, request))


def _answer_or_drop(world: World, request: Request) -> None:
    """What was asked for may have come about meanwhile, or cannot any more: then it is taken back."""
    try:
        _answer(world, request)
    except (WrongState, ValidationError):
        take_back(world, request)


def _answer(world: World, request: Request) -> None:
    reception = world.staff["reception"]
    against = review_request(request=request, by=reception, on=world.today)
    pack = pack_for(request.terms_code, world.today)
    table, grounds = pack.application, grounds_of(pack, KINDS[request.kind].terms(pack))
    if against:
        # What speaks against a transferee as an applicant is a reason not to approve the transfer, by its own ground.
        codes = [ground.code for ground in grounds]
        on = next((each.code for each in against if each.code in codes), codes[0] if codes else "")
        _refuse(world, request, on, against[0].reason)
        return
    # A ground that nobody found yet is found soon.
    untried = world.untried(REFUSED, grounds, of_article)
    if (untried and world.soon(UNTRIED)) or (grounds and world.chance(JUDGEMENT)):
        ground = untried[0] if untried else world.rarest(REFUSED, grounds)
        _refuse(world, request, ground.code, f"審査の結果、{ground.label}に当たると認められたため")
        return
    if (
        request.kind == Request.Kind.NEW
        and table
        and table.may_defer
        and world.chance(_deferred(world, request))
    ):
        defer_request(request=request, by=reception, on=world.today, reason="設備の余裕を確認中")
        world.tally[f"request deferred: {request.terms_code}"] += 1
        world.within(3, 7, partial(_answer_deferred, world, request))
        return
    _accept(world, request)


def _deferred(world: World, request: Request) -> float:
    return 0.01 if world.tally[f"request deferred: {request.terms_code}"] else 0.2


def _answer_deferred(world: World, request: Request) -> None:
    review_request(request=request, by=world.staff["reception"], on=world.today)
    _accept(world, request)


def _accept(world: World, request: Request) -> None:
    if request.kind in (Request.Kind.OWN_EQUIPMENT, Request.Kind.OWN_FACILITY):
        equipment.inspect_first(world, request.own_equipment)
    explain(world, request)
    accept_request(
        request=request,
        by=world.staff["reception"],
        on=world.today,
        order_reason="書類の到着又は設備の確認を待っていた申込みへの回答",
    )
    world.tally[f"request accepted: {request.terms_code} {request.kind}"] += 1
    contract = request.contract
    if request.kind == Request.Kind.NEW and contract is not None:
        papers.sign(world, contract)
        if world.chance(0.02):
            world.within(1, 3, partial(cancel_before_opening, world, contract))
        else:
            _plan_opening(world, request, contract)
    elif contract is not None and KINDS[request.kind].works:
        _plan_change(world, request, contract)


def explain(world: World, request: Request) -> None:
    """Tell a consumer the conditions before saying yes (電気通信事業法26)."""
    if duty_of(request, world.today):
        assert request.contract is not None
        by_mail = request.subscriber.channel == Subscriber.Channel.EMAIL
        method = Explanation.Method.ELECTRONIC if by_mail else Explanation.Method.PAPER
        explain_request(
            request=request,
            by=world.staff["reception"],
            at=start_of(world.today),
            method=method,
            prices=fees_of(request.contract, world.today),
        )
        world.tally[f"explanation given: {method}"] += 1


def _refuse(world: World, request: Request, ground: str, reason: str) -> None:
    refuse_request(
        request=request,
        by=world.staff["reception"],
        on=world.today,
        ground=ground,
        reason=reason,
        order_reason="先の申込みは書類の到着を待っているため",
    )
    world.take_up(REFUSED, f"{request.article} {ground}")


def take_back(world: World, request: Request) -> None:
    """The applicant changes their mind before the answer."""
    request.refresh_from_db()
    if request.state in (Request.State.RECEIVED, Request.State.IN_REVIEW):
        withdraw_request(request=request, by=world.staff["reception"], on=world.today)
        world.tally[f"request withdrawn: {request.terms_code}"] += 1


def _plan_opening(world: World, request: Request, contract: Contract) -> None:
    """Appoint the opening work one to three weeks ahead, mostly in working hours, now and then in the evening or at night."""
    parts = list(
        Tariff.objects.filter(terms_code=request.terms_code, kind=Tariff.Kind.CONSTRUCTION).order_by("code")
    )
    day = world.today + timedelta(days=world.rng.randint(6, 20))
    hour = world.rng.choices([10, 13, 15, 18, 23], [40, 30, 20, 8, 2])[0]
    work = plan_work(
        contract=contract,
        request=request,
        by=world.staff["network"],
        kind=Work.Kind.OPENING,
        planned_at=datetime.combine(day, time(hour), TOKYO),
        items=[world.rng.choice(parts).code] if parts else [],
        appointed=world.chance(0.15),
        **agreements.ask_for_instalments(world, contract.pack(world.today)),
        on=world.today,
    )
    if not _is_never_built(world, contract, work):
        world.on(day, partial(build, world, work))


def _plan_change(world: World, request: Request, contract: Contract) -> None:
    """The work that a relocation or another route needs; the request is carried out when it is done."""
    parts = list(
        Tariff.objects.filter(terms_code=request.terms_code, kind=Tariff.Kind.CONSTRUCTION).order_by("code")
    )
    day = world.today + timedelta(days=world.rng.randint(5, 15))
    work = plan_work(
        contract=contract,
        request=request,
        by=world.staff["network"],
        kind=Work.Kind.RELOCATION if request.kind == Request.Kind.RELOCATION else Work.Kind.ITEM_CHANGE,
        planned_at=datetime.combine(day, time(10), TOKYO),
        items=[world.rng.choice(parts).code] if parts else [],
        on=world.today,
    )
    world.on(day, partial(work_on_site, world, work))


def _is_never_built(world: World, contract: Contract, work: Work) -> bool:
    """Now and then a work cannot be done by the day set, and the document leaves no choice but to end the contract."""
    table = contract.pack(world.today).operator_ending
    must_end = table is not None and any(ground.mandatory for ground in table.grounds)
    never = f"opening work that is never done: {contract.terms_code}"
    if not must_end or (world.tally[never] and not world.chance(0.03)):
        return False
    work.due_on = world.today + timedelta(days=25)
    work.save(update_fields=["due_on"])
    world.tally[never] += 1
    return True
