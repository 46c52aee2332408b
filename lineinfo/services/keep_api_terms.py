"""Keep API contracts under their version of the terms where a new one was not announced as the document asks."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from contracts.guards.terms_change import each_told
from contracts.models import TermsVersion
from contracts.services.move_to_new_terms import against_all, bound, is_first
from lineinfo.models import ApiContract, KeptApiVersion
from lineinfo.models.api_contract import LIVE_STATES
from terms.calendar import DAY
from terms.pack import Pack
from terms.refusal import Refusal
from terms.registry import pack_for, statute


def keep_api_terms(*, on: date) -> int:
    """Note which live API contracts of before the version in force on ``on`` it does not bind; returns for how many that is new.

    What holds for contracts (contracts.services.move_to_new_terms) holds for them: the version must be posted in time
    (line-info-api 2-2), and each told where the document has each told. One that a later version binds moves to it.
    """
    kept = 0
    live = ApiContract.objects.filter(state__in=LIVE_STATES)
    for code in live.order_by("terms_code").values_list("terms_code", flat=True).distinct():
        pack = pack_for(code, on, earliest=True)
        if pack.effective > on or is_first(pack):
            continue
        version = TermsVersion.objects.filter(terms_code=code, effective=pack.effective).first()
        concerned = ApiContract.objects.filter(
            terms_code=code, state__in=LIVE_STATES, accepted_on__lt=pack.effective
        )
        refusal = against_all(pack, version)
        free = concerned.none()
        if refusal is None and version is not None:
            free = bound(concerned, pack, version)
            law = statute(pack.effective, earliest=True)
            refusal = each_told(pack, law, told=None, beneficial=version.beneficial)
        with transaction.atomic():
            _open(free.values("pk")).update(until=pack.effective - DAY)
            if refusal is not None:
                kept += _keep(concerned.exclude(pk__in=free.values("pk")), pack, refusal)
    return kept


def _open(contracts: Any) -> QuerySet[KeptApiVersion]:
    return KeptApiVersion.objects.filter(contract__in=contracts, until__isnull=True)


def _keep(left: QuerySet[ApiContract], pack: Pack, refusal: Refusal) -> int:
    known = KeptApiVersion.objects.filter(contract=OuterRef("pk"), since=pack.effective)
    versions = {version.effective: version for version in TermsVersion.objects.filter(terms_code=pack.code)}
    rows = [
        KeptApiVersion(
            contract=contract,
            version=version,
            since=pack.effective,
            article=str(refusal.article),
            reason=refusal.reason,
        )
        for contract in left.exclude(Exists(known)).prefetch_related("kept_versions__version")
        if (version := versions.get(contract.pack(pack.effective - DAY).effective))
    ]
    _open([row.contract.pk for row in rows]).update(until=pack.effective - DAY)
    return len(KeptApiVersion.objects.bulk_create(rows))
