"""Bring running contracts under the version of the terms that has taken effect, if it was announced as the document asks."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet

from contracts.guards.terms_change import each_told, posted_in_time
from contracts.models import Agreement, Contract, KeptVersion, Subscriber, TermsVersion
from contracts.models.contract import LIVE_STATES
from contracts.moments import japan_date, start_of
from notices.models import Notice
from terms.calendar import DAY
from terms.pack import Pack
from terms.refusal import Refusal
from terms.registry import pack_for, registry, statute

CHUNK = 5000

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Moved:
    """How many contracts came under a new version, and how many stay under the one before."""

    moved: int
    kept: int


def move_to_new_terms(*, on: date) -> Moved:
    """Note for every live contract formed earlier that it is under the version effective by ``on``.

    A version that was not posted in time, or of which the subscriber was not told where the document has each told, does not
    bind the contract: it stays under its version, with the reason, until a later one binds it. Safe to run twice. A contract
    that an objection ended with the effective day (isp-access 2-4) is closed by carry_out_endings before, and does not move.
    """
    moved = kept = 0
    for code in registry().codes():
        pack = pack_for(code, on, earliest=True)
        if pack.effective > on:
            continue
        version = TermsVersion.objects.filter(terms_code=code, effective=pack.effective).first()
        waiting = _waiting(pack)
        refusal = None if is_first(pack) else against_all(pack, version)
        if refusal is None and version is not None:
            moved += _move(waiting if is_first(pack) else bound(waiting, pack, version), version)
            law = statute(pack.effective, earliest=True)
            refusal = each_told(pack, law, told=None, beneficial=version.beneficial)
        if refusal is not None:
            kept += _keep(waiting, pack, refusal)
    return Moved(moved=moved, kept=kept)


def untold(version: TermsVersion) -> QuerySet[Contract]:
    """The contracts of before ``version`` whose subscriber was not told of it, where the document has each told; none elsewhere."""
    waiting = _waiting(version.pack)
    law = statute(version.effective, earliest=True)
    if version.in_force_before or each_told(version.pack, law, told=None) is None:
        return waiting.none()
    return waiting.exclude(Exists(_notices(version)))


def _waiting(pack: Pack) -> QuerySet[Contract]:
    under = Agreement.objects.filter(contract=OuterRef("pk"), since__gte=pack.effective)
    return Contract.objects.filter(
        terms_code=pack.code, state__in=LIVE_STATES, formed_on__lt=pack.effective
    ).exclude(Exists(under))


def is_first(pack: Pack) -> bool:
    """The first version of a document changes nothing for anybody."""
    return registry().versions(pack.code)[0] is pack


def against_all(pack: Pack, version: TermsVersion | None) -> Refusal | None:
    """What keeps the version from binding any contract made before it."""
    if version is not None and version.in_force_before:
        return None
    posting = version.posting if version else None
    return posted_in_time(
        pack,
        statute(pack.effective, earliest=True),
        posted=japan_date(posting.posted_from) if posting else None,
        beneficial=version is not None and version.beneficial,
        without_waiting=version is not None and bool(version.without_waiting),
    )


def _notices(version: TermsVersion) -> QuerySet[Notice]:
    """The notices of the version that left the house, to the subscriber of a contract."""
    types = ContentType.objects
    return Notice.objects.filter(
        recipient_type=types.get_for_model(Subscriber),
        recipient_id=OuterRef("subscriber_id"),
        about_type=types.get_for_model(TermsVersion),
        about_id=version.pk,
        occasion="terms_changed",
        dispatched_at__isnull=False,
    )


def bound(waiting: QuerySet[M], pack: Pack, version: TermsVersion) -> QuerySet[M]:
    """Those whom the version binds: everybody, or who was told before its day where the document has each told.

    ``waiting``: contracts, of whatever kind, with a ``subscriber``.
    """
    law = statute(pack.effective, earliest=True)
    if version.in_force_before or each_told(pack, law, told=None, beneficial=version.beneficial) is None:
        return waiting
    return waiting.filter(Exists(_notices(version).filter(dispatched_at__lt=start_of(pack.effective))))


def _move(bound: QuerySet[Contract], version: TermsVersion) -> int:
    moved = 0
    while chunk := list(bound.values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            Agreement.objects.bulk_create(
                (Agreement(contract_id=pk, version=version, since=version.effective) for pk in chunk),
                ignore_conflicts=True,
            )
            KeptVersion.objects.filter(contract__in=chunk, until__isnull=True).update(
                until=version.effective - DAY
            )
        moved += len(chunk)
    return moved


def _keep(waiting: QuerySet[Contract], pack: Pack, refusal: Refusal) -> int:
    """Note for those that are left that they stay under the version they are under; returns for how many it is new."""
    kept = 0
    known = KeptVersion.objects.filter(contract=OuterRef("pk"), since=pack.effective)
    latest = Agreement.objects.filter(contract=OuterRef("pk")).order_by("-since").values("version")[:1]
    left = waiting.exclude(Exists(known)).filter(Exists(Agreement.objects.filter(contract=OuterRef("pk"))))
    while chunk := list(left.annotate(under=latest).values_list("pk", "under")[:CHUNK]):
        with transaction.atomic():
            ids = [pk for pk, _under in chunk]
            KeptVersion.objects.filter(contract__in=ids, until__isnull=True).update(
                until=pack.effective - DAY
            )
            KeptVersion.objects.bulk_create(
                KeptVersion(
                    contract_id=pk,
                    version_id=under,
                    since=pack.effective,
                    article=str(refusal.article),
                    reason=refusal.reason,
                )
                for pk, under in chunk
            )
            Contract.objects.filter(pk__in=ids).update(individual=True)
        kept += len(chunk)
    return kept
