"""Terms change: each document gets one new version, which is posted, told and objected to in time.

The documents are those of real operators, so the demonstration changes nothing in them but the day: its versions say that they are
made up (config.made_up_terms).
"""

from datetime import date, timedelta
from functools import partial

from django.conf import settings

from config import made_up_terms
from config.demonstration.world import World
from contracts.models import TermsVersion
from contracts.pack_files import pack_file
from contracts.services.publish_terms import publish_terms
from contracts.services.record_objection import record_objection
from contracts.services.tell_terms_change import tell_terms_change
from terms.pack import Pack
from terms.registry import pack_version
from terms.rules.terms_objection import TermsObjection
from workflow.selectors import clock_user

SETTLED = 70
"""Days after which an operator has somebody to tell of new terms."""
LEAD, AGAIN, OBJECTED = timedelta(days=40), timedelta(days=5), timedelta(days=12)
"""How long before its day a version is posted and told, told to those who came since, and objected to."""
CHANGES = ("デモ事業者の架空の改定です。条文の内容に変更はありません。",)


def renew(world: World, pack: Pack) -> None:
    """Publish the next version of the document, once."""
    name = f"new version published: {pack.code}"
    if world.tally[name] or (world.today - max(world.began, pack.effective)).days < SETTLED:
        return
    new = _written(pack, world.today + LEAD)
    version = publish_terms(pack=new, by=clock_user(), at=world.at(9), changes=CHANGES)
    world.tally[name] += 1
    _tell(world, version)
    world.on(new.effective - AGAIN, partial(_tell, world, version))
    if new.has(TermsObjection) and new.rule(TermsObjection).ends_contract:
        world.on(new.effective - OBJECTED, partial(_object, world, version))


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
    contract = world.some(version.terms_code, linked__isnull=True)
    if contract is not None:
        record_objection(
            contract=contract,
            version=version,
            by=world.staff["reception"],
            received_at=world.at(13),
            form="written",
        )
        world.tally["objection to new terms"] += 1
