"""Terms change: each document gets one new version, which is posted, told and objected to in time.

The documents are those of real operators, so the demonstration changes nothing in them but the day: its versions say that they are
made up (config.made_up_terms).
"""

from datetime import date, timedelta
from functools import partial

from django.conf import settings

from config import made_up_terms
from config.demonstration import arrivals
from config.demonstration.staff import administrator
from config.demonstration.world import PATIENCE, World
from contracts.guards.terms_change import each_told
from contracts.models import ReferenceVersion, TermsVersion
from contracts.pack_files import pack_file
from contracts.services.publish_terms import publish_terms
from contracts.services.record_objection import record_objection
from contracts.services.record_reference_version import record_reference_version
from contracts.services.tell_terms_change import tell_terms_change
from terms.pack import Pack
from terms.registry import pack_version, statute
from terms.rules.terms_objection import TermsObjection
from workflow.errors import Refused

SETTLED = 70
"""Days after which an operator has somebody to tell of new terms."""
LEAD, AGAIN, OBJECTED = timedelta(days=40), timedelta(days=5), timedelta(days=12)
"""How long before its day a version is posted and told, told to those who came since, and objected to."""
PUBLISHED, OBJECTED_TO = "new version published", "ended by an objection to new terms"
KEPT = "keptversion"
NEWCOMERS = 3
"""How many come, when those who came since are forgotten; some are turned down."""
CHANGES = ("デモ事業者の架空の改定です。条文の内容に変更はありません。",)


def renew(world: World, pack: Pack) -> None:
    """Publish a version of the document; one more where nobody objected to it, or all were told of every one in time. Before that,
    the versions of the documents beside it are noted."""
    _note_others(pack)
    if (world.today - max(world.began, pack.effective)).days < SETTLED:
        return
    wanted = [(PUBLISHED, pack.code)]
    if each_told(pack, statute(world.today), told=None) is not None:
        wanted.append(("recorded", KEPT))
    if pack.has(TermsObjection) and pack.rule(TermsObjection).ends_contract and pack.free_of_charge is None:
        wanted.append((OBJECTED_TO, pack.code))
    wanted = [(title, name) for title, name in wanted if world.untried(title, [name], str)]
    if not wanted:
        return
    new = _written(pack, world.today + LEAD)
    version = publish_terms(pack=new, by=administrator(), at=world.at(9), changes=CHANGES)
    for title, name in wanted:
        world.take_up(title, name, patience=LEAD + PATIENCE)
    _tell(world, version)
    # Once those who came since are forgotten, and the version does not come to bind them.
    if ("recorded", KEPT) in wanted:
        for _newcomer in range(NEWCOMERS):
            world.within(5, 15, partial(arrivals.bring, world, pack))
    else:
        world.on(new.effective - AGAIN, partial(_tell, world, version))
    if (OBJECTED_TO, pack.code) in wanted:
        world.on(new.effective - OBJECTED, partial(_object, world, version))


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
    path.write_text(
        text.replace(f"effective = {pack.effective}", f"effective = {effective}", 1), encoding="utf-8"
    )
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
