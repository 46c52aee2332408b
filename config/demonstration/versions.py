"""Terms change: each document gets one new version, which is posted, told and objected to in time.

The documents are those of real operators, so the demonstration changes nothing in them but the day: its versions say that they are
made up (config.made_up_terms).
"""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.conf import settings

from config import made_up_terms
from config.demonstration import arrivals
from config.demonstration.staff import administrator
from config.demonstration.world import PATIENCE, World
from contracts.guards.terms_change import each_told, terms_notice_of
from contracts.models import KeptVersion, ReferenceVersion, TermsVersion
from contracts.pack_files import pack_file
from contracts.services.agree_to_terms import agree_to_terms
from contracts.services.correct_file import correct_file
from contracts.services.publish_terms import publish_terms
from contracts.services.record_objection import record_objection
from contracts.services.record_reference_version import record_reference_version
from contracts.services.tell_terms_change import tell_terms_change
from lineinfo.models import ApiContract, KeptApiVersion
from lineinfo.services.agree_to_api_terms import agree_to_api_terms
from terms.pack import Pack
from terms.registry import pack_version, statute
from terms.rules.terms_objection import TermsObjection
from workflow.errors import Refused

SETTLED = 70
"""Days after which an operator has somebody to tell of new terms."""
LEAD, AGAIN, OBJECTED = timedelta(days=40), timedelta(days=5), timedelta(days=12)
"""How long before its day a version is posted and told, told to those who came since, and objected to."""
PUBLISHED, OBJECTED_TO = "new version published", "ended by an objection to new terms"
KEPT, KEPT_API, CORRECTED = "keptversion", "keptapiversion", "filecorrection"
CONSIDERED = timedelta(days=10)
"""How long somebody thinks about a version before agreeing to it."""
REMARK = "\n# 作業用の注記：デモ事業者の架空の版\n"
NEWCOMERS = 3
"""How many come, when those who came since are forgotten; some are turned down."""
CHANGES = ("デモ事業者の架空の改定です。条文の内容に変更はありません。",)


def renew(world: World, pack: Pack) -> None:
    """Publish a version of the document; one more where nobody objected to it, or all were told of every one in time. Before that,
    the versions of the documents beside it are noted, and somebody agrees to the version that does not bind them."""
    _note_others(pack)
    _agree(world, pack)
    if (world.today - max(world.began, pack.effective)).days < SETTLED:
        return
    wanted = [(PUBLISHED, pack.code)]
    if each_told(pack, statute(world.today), told=None) is not None:
        wanted.append(("recorded", KEPT))
    if pack.has(TermsObjection) and pack.rule(TermsObjection).ends_contract and pack.free_of_charge is None:
        wanted.append((OBJECTED_TO, pack.code))
    wanted = [(title, name) for title, name in wanted if world.untried(title, [name], str)]
    if not wanted:
        _publish_late(world, pack)
        return
    new = _written(pack, world.today + LEAD)
    version = publish_terms(pack=new, by=administrator(), at=world.at(9), changes=CHANGES)
    for title, name in wanted:
        world.take_up(title, name, patience=LEAD + PATIENCE)
    _tell(world, version)
    if world.untried("recorded", [CORRECTED], str):
        world.take_up("recorded", CORRECTED)
        world.within(2, 5, partial(_correct, world, new))
    # Once those who came since are forgotten, and the version does not come to bind them.
    if ("recorded", KEPT) in wanted:
        for _newcomer in range(NEWCOMERS):
            world.within(5, 15, partial(arrivals.bring, world, pack))
    else:
        world.on(new.effective - AGAIN, partial(_tell, world, version))
    if (OBJECTED_TO, pack.code) in wanted:
        world.on(new.effective - OBJECTED, partial(_object, world, version))


def _publish_late(world: World, pack: Pack) -> None:
    """Once the API gets a version that is posted too late for those who have a contract, and is meant for newcomers and who agrees."""
    there = ApiContract.objects.filter(terms_code=pack.code, state=ApiContract.State.ACTIVE)
    if pack.free_of_charge is None or not there.exists() or not world.untried("recorded", [KEPT_API], str):
        return
    new = _written(pack, world.today + timedelta(days=1))
    publish_terms(pack=new, by=administrator(), at=world.at(9), changes=CHANGES, for_who_agrees=True)
    world.take_up("recorded", KEPT_API)


def _correct(world: World, pack: Pack) -> None:
    """The file had a remark of somebody's in it, which is taken out: it says the same."""
    file = pack_file(pack)
    file.write_text(file.read_text(encoding="utf-8").removesuffix(REMARK), encoding="utf-8")
    made_up_terms.know(settings.RUN_FOLDER)
    reason = "ファイルに残っていた作業用の注記を取り除いたため。条文の内容に変更はない"
    correct_file(
        pack=pack_version(pack.code, pack.effective), reason=reason, by=administrator(), at=world.at(9)
    )


def _agree(world: World, pack: Pack) -> None:
    """Somebody who stays under earlier terms hands in a paper: under each document once."""
    name = f"agreed to new terms: {pack.code}"
    if world.tally[name]:
        return
    form = terms_notice_of(pack, statute(world.today)).agreement_form
    said: dict[str, Any] = {
        "by": world.staff["reception"],
        "on": world.today,
        "form": "written" if form == "any" else form,
        "reason": "同意書の提出を受けた",
    }
    stays: dict[str, Any] = {"contract__terms_code": pack.code, "contract__state": "active", "until": None}
    before = world.today - CONSIDERED
    if kept := KeptVersion.objects.filter(**stays, since__lte=before).first():
        agree_to_terms(kept=kept, **said)
        world.tally[name] += 1
    elif api := KeptApiVersion.objects.filter(**stays, since__lte=before).first():
        agree_to_api_terms(kept=api, **said)
        world.tally[name] += 1


def _note_others(pack: Pack) -> None:
    for other in pack.references:
        if not ReferenceVersion.objects.filter(terms_code=pack.code, reference=other.code).exists():
            record_reference_version(
                pack=pack,
                reference=other.code,
                effective=pack.effective,
                title=other.label,
                kept_at="受付の約款綴り（デモ事業者の架空の所在）",
                by=administrator(),
            )


def _written(pack: Pack, effective: date) -> Pack:
    text = pack_file(pack).read_text(encoding="utf-8")
    path = made_up_terms.folder(settings.RUN_FOLDER) / pack.code / f"{effective}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    new = text.removesuffix(REMARK).replace(f"effective = {pack.effective}", f"effective = {effective}", 1)
    path.write_text(new + REMARK, encoding="utf-8")
    made_up_terms.know(settings.RUN_FOLDER)
    return pack_version(pack.code, effective)


def _tell(world: World, version: TermsVersion) -> None:
    world.tally["subscribers told of new terms"] += tell_terms_change(
        version=version, at=world.at(10), changes=CHANGES
    )


def _object(world: World, version: TermsVersion) -> None:
    """One subscriber does not accept it: the contract ends with the day of the version."""
    if world.today >= version.effective:
        return
    contract = world.some(version.terms_code, linked__isnull=True)
    try:
        if contract is not None:
            record_objection(
                contract=contract,
                version=version,
                by=world.staff["reception"],
                received_at=world.at(13),
                form="written",
            )
            world.tally["objection to new terms"] += 1
            return
    except Refused as refused:
        world.turned_down("objection to new terms", refused)
    world.within(1, 1, partial(_object, world, version))
