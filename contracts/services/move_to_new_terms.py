"""Bring running contracts under the version of the terms that has taken effect."""

from datetime import date

from django.db.models import Exists, OuterRef

from contracts.models import Agreement, Contract, TermsVersion
from contracts.models.contract import LIVE_STATES


def move_to_new_terms(*, on: date) -> int:
    """Note for every live contract formed earlier that it is under the version effective by ``on``; returns how many moved.

    Safe to run twice. A contract that an objection ended with the effective day (isp-access 2-4) is closed by
    carry_out_endings before, and does not move.
    """
    moved = 0
    codes = (
        TermsVersion.objects.filter(effective__lte=on)
        .order_by()
        .values_list("terms_code", flat=True)
        .distinct()
    )
    for code in codes:
        version = TermsVersion.objects.filter(terms_code=code, effective__lte=on).latest("effective")
        under = Agreement.objects.filter(contract=OuterRef("pk"), since__gte=version.effective)
        waiting = (
            Contract.objects.filter(terms_code=code, state__in=LIVE_STATES, formed_on__lt=version.effective)
            .exclude(Exists(under))
            .values_list("pk", flat=True)
        )
        while chunk := list(waiting[:5000]):
            Agreement.objects.bulk_create(
                (Agreement(contract_id=pk, version=version, since=version.effective) for pk in chunk),
                ignore_conflicts=True,
            )
            moved += len(chunk)
    return moved
