"""What befalls API contracts: refusals, sanctions, endings, stolen credentials, windows in which the API is out of use."""

from datetime import timedelta
from functools import partial

from config.demonstration import sanctions
from config.demonstration.staff import administrator
from config.demonstration.world import World, of_article
from contracts.guards.ending import operator_grounds
from contracts.models import Contract
from lineinfo.guards import TARGETS_ENDED, TARGETS_SUSPENDED
from lineinfo.models import ApiContract, ApiSuspension, Credential, EndedPart
from lineinfo.parts import Part
from lineinfo.rights import target_contracts
from lineinfo.services.announce_api_interruption import announce_api_interruption
from lineinfo.services.change_api_user import change_api_user
from lineinfo.services.delete_api_user import delete_api_user
from lineinfo.services.end_api_contract import end_by_contractor, end_by_operator
from lineinfo.services.end_api_part import end_api_part
from lineinfo.services.instruct_incident import instruct_incident
from lineinfo.services.lift_api_suspension import lift_api_suspension
from lineinfo.services.refuse_api_contract import refuse_api_contract
from lineinfo.services.report_theft import report_theft
from lineinfo.services.rotate_credential import rotate_credential
from lineinfo.services.suspend_api_contract import suspend_api_contract
from lineinfo.services.withdraw_api_application import withdraw_api_application
from terms.document import EndingGround
from terms.pack import Pack

REFUSED, SUSPENDED = "API application refused", "API contract suspended"
ENDED, INTERRUPTED = "API contract ended", "interruption announced"
A_YEAR = timedelta(days=365)
IN_PART, UNCURED = "closes a part, and is lifted", "ends the contract"
COURSES = ("expires", "is lifted", IN_PART, "is withdrawn", UNCURED, "is urgent")
"""What becomes of a suspension."""


def answer(world: World, api: ApiContract) -> bool:
    """Whether the application goes on: some are refused, on each ground once, and some taken back."""
    pack = api.pack(world.today)
    grounds = pack.application.refusal_grounds if pack.application else ()
    untried = world.untried(REFUSED, grounds, of_article)
    if untried and world.soon(0.5):
        refuse_api_contract(
            contract=api,
            by=world.staff["reception"],
            at=world.at(11),
            ground=untried[0].code,
            reason=f"{untried[0].label}に当たるため",
        )
        world.take_up(REFUSED, of_article(untried[0]))
        return False
    if not world.tally["API application withdrawn"]:
        withdraw_api_application(
            contract=api, by=world.staff["reception"], on=world.today, reason="申込内容の誤り"
        )
        world.tally["API application withdrawn"] += 1
        return False
    return True


def befall(world: World, pack: Pack) -> None:
    """Each week something of each sort that did not come up yet under an API's document."""
    if not ApiContract.objects.filter(terms_code=pack.code).exists():
        return
    for do in (_interrupt, _suspend, _end, _end_a_part, _lose_credential, _keep_users):
        world.attempt(partial(do, world, pack))


def some(world: World, pack: Pack) -> ApiContract | None:
    """One of the earliest API contracts in use under the document, by chance."""
    found = ApiContract.objects.filter(terms_code=pack.code, state=ApiContract.State.ACTIVE).select_related(
        "subscriber"
    )
    choice = list(found.order_by("pk")[:40])
    return world.rng.choice(choice) if choice else None


def _interrupt(world: World, pack: Pack) -> None:
    grounds = pack.interruption.grounds if pack.interruption else ()
    untried = world.untried(INTERRUPTED, grounds, of_article)
    if not untried and not world.chance(0.05):
        return
    ground = untried[0] if untried else world.rarest(INTERRUPTED, grounds)
    urgent = bool(pack.interruption and pack.interruption.urgent_exception) and world.chance(0.4)
    starts_at = world.at(11) if urgent else world.at(1) + timedelta(days=8)
    announce_api_interruption(
        terms_code=pack.code,
        by=world.staff["network"],
        at=world.at(10),
        ground=ground.code,
        title="回線情報APIの利用中止",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        urgent_reason="APIへの攻撃を受けているため" if urgent else "",
    )
    world.take_up(INTERRUPTED, of_article(ground))


def _suspend(world: World, pack: Pack) -> None:
    """On each ground, and with each end that a suspension can have."""
    grounds = pack.suspension.grounds if pack.suspension else ()
    course = world.scarcest("API suspension", COURSES)
    untried = world.untried(SUSPENDED, grounds, of_article)
    api = some(world, pack)
    if api is None or (not untried and world.tally[f"API suspension {course}"]):
        return
    ground = untried[0] if untried else world.rarest(SUSPENDED, grounds)
    starts_on = world.today + timedelta(days=7)
    urgent = course == "is urgent" and bool(pack.suspension and pack.suspension.urgent_exception)
    suspension = suspend_api_contract(
        contract=api,
        by=world.staff["credit"],
        at=world.at(11),
        ground=ground.code,
        reason=f"{ground.label}に当たる事実を確認したため",
        starts_on=starts_on,
        through=starts_on + timedelta(days=60 if course == UNCURED else 10),
        urgent_reason="他の契約者の情報が閲覧されるおそれ" if urgent else "",
        parts=[Part.MEASUREMENTS] if course == IN_PART else [],
    )
    world.take_up(SUSPENDED, of_article(ground))
    world.tally[f"API suspension {course}"] += 1
    if course in ("is lifted", IN_PART, "is withdrawn"):
        days = 4 if course == "is withdrawn" else 11
        world.within(days, days, partial(_lift, world, suspension, course))
    if course == UNCURED:
        world.within(12, 12, partial(_end_uncured, world, pack, suspension))
    world.within(35, 35, partial(_look_back, world, suspension, course))


def _end_uncured(world: World, pack: Pack, suspension: ApiSuspension) -> None:
    """Nothing was put right, so the contract is ended while it is suspended, where the document has such a ground."""
    suspension.refresh_from_db()
    grounds = [ground for ground in operator_grounds(pack) if ground.after_suspension]
    if grounds and suspension.state == ApiSuspension.State.IN_FORCE:
        _end_on(world, suspension.api_contract, grounds[0])


def _look_back(world: World, suspension: ApiSuspension, course: str) -> None:
    """What came out otherwise, because the contract ended meanwhile, is to come once more."""
    suspension.refresh_from_db()
    wanted = {"expires": "expired", UNCURED: "ended_contract"}.get(course)
    if wanted and suspension.state != wanted:
        world.tally[f"API suspension {course}"] -= 1


def _lift(world: World, suspension: ApiSuspension, course: str) -> None:
    suspension.refresh_from_db()
    if suspension.state not in (ApiSuspension.State.ANNOUNCED, ApiSuspension.State.IN_FORCE):
        world.tally[f"API suspension {course}"] -= 1
        return
    lift_api_suspension(
        suspension=suspension, by=world.staff["credit"], at=world.at(12), reason="是正を確認したため"
    )


def _end(world: World, pack: Pack) -> None:
    """On every ground but the end of the targets, which the clock sees itself; one a week."""
    grounds = [each for each in operator_grounds(pack) if each.code != TARGETS_ENDED]
    for ground in world.untried(ENDED, grounds, of_article):
        api = _for_ground(world, pack, ground)
        if api is not None:
            _end_on(world, api, ground)
            return
    api_or_none = some(world, pack)
    if api_or_none and not world.tally["API contract ended by the contractor"]:
        end_by_contractor(
            contract=api_or_none,
            by=world.staff["reception"],
            at=world.at(15),
            form="written",
            ends_on=world.today + timedelta(days=30),
            reason="利用しなくなったため",
        )
        world.tally["API contract ended by the contractor"] += 1


def _end_a_part(world: World, pack: Pack) -> None:
    """A part of the function is to end, a year from now, so that systems can be changed in time; once."""
    table = pack.discontinuation_notice
    if table is None or not table.in_part or EndedPart.objects.exists() or not world.surely:
        return
    end_api_part(
        terms_code=pack.code,
        by=administrator(),
        at=world.at(10),
        part=Part.EVENTS,
        ends_on=world.today + A_YEAR,
        reason="工事・故障・利用中止の情報は、契約者向けページの掲示に一本化するため",
    )
    world.tally["end of a part of the API announced"] += 1


def _for_ground(world: World, pack: Pack, ground: EndingGround) -> ApiContract | None:
    """One that was suspended long enough, whose targets are suspended, or any."""
    if ground.after_suspension:
        found = ApiContract.objects.filter(
            terms_code=pack.code, suspensions__state="in_force", suspensions__starts_on__lt=world.today
        )
        return found.order_by("pk").first()
    if ground.code != TARGETS_SUSPENDED:
        return some(world, pack)
    for api in ApiContract.objects.filter(terms_code=pack.code, state="active").order_by("pk"):
        targets = target_contracts(subscriber=api.subscriber, terms_code=pack.code, on=world.today)
        states = list(targets.values_list("state", flat=True))
        if states and set(states) == {Contract.State.SUSPENDED}:
            return api
        if len(states) == 1 and world.soon(0.5):
            world.attempt(partial(sanctions.propose, world, targets[0]))
    return None


def _end_on(world: World, api: ApiContract, ground: EndingGround) -> None:
    end_by_operator(
        contract=api,
        by=world.staff["credit"],
        at=world.at(14),
        ground=ground.code,
        ends_on=world.today + timedelta(days=15),
        reason=f"{ground.label}に当たるため",
    )
    world.take_up(ENDED, of_article(ground))


def _lose_credential(world: World, pack: Pack) -> None:
    """Stolen: blocked first, then the contractor is told what to do. Others are exchanged in time."""
    found = Credential.objects.filter(
        state=Credential.State.ACTIVE,
        api_user__api_contract__terms_code=pack.code,
        api_user__api_contract__state=ApiContract.State.ACTIVE,
    ).select_related("api_user__api_contract__subscriber")
    credentials = list(found.order_by("pk")[:20])
    if not credentials:
        return
    credential = world.rng.choice(credentials)
    if world.tally["credential rotated"] and (not world.tally["credential stolen"] or world.chance(0.02)):
        incident = report_theft(
            credential=credential,
            by=world.staff["reception"],
            at=world.at(9),
            happened="ID等が委託先から漏えいした疑い",
        )
        instruct_incident(
            incident=incident,
            by=world.staff["network"],
            at=world.at(11),
            instruction="委託先の端末を調査し、結果を7日以内に報告してください。",
        )
        world.tally["credential stolen"] += 1
    elif not world.tally["credential rotated"] or world.chance(0.05):
        rotate_credential(
            credential=credential, by=world.staff["reception"], at=world.at(13), reason="定期の交換"
        )
        world.tally["credential rotated"] += 1


def _keep_users(world: World, pack: Pack) -> None:
    api = some(world, pack)
    user = api and api.api_users.filter(deleted_on__isnull=True).order_by("-pk").first()
    if not user:
        return
    if not world.tally["API user changed"]:
        change_api_user(
            api_user=user,
            on=world.today,
            name=user.name,
            organisation=f"{user.organisation} 情報システム部",
            email=user.email,
            lines=None,
        )
        world.tally["API user changed"] += 1
    elif not world.tally["API user deleted"]:
        delete_api_user(api_user=user, by=world.staff["reception"], at=world.at(16), reason="退職のため")
        world.tally["API user deleted"] += 1
