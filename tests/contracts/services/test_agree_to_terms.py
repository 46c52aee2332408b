"""A contract that stays under earlier terms goes over to the version in force because its subscriber agrees."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Agreement, Contract, KeptVersion
from contracts.services.agree_to_terms import agree_to_terms
from contracts.services.move_to_new_terms import Moved, move_to_new_terms
from contracts.services.publish_terms import publish_terms
from tests import factories
from workflow.selectors import clock_user, state_changes_of

pytestmark = pytest.mark.django_db

OLD, NEW, AGREED = date(2022, 7, 1), date(2026, 7, 1), date(2026, 7, 20)
WORDS = {"on": AGREED, "reason": "同意書 第1号"}


def test_one_who_agrees_to_the_new_version_is_under_it_from_that_day(packs):
    contract = factories.contract()
    pack = packs("isp-access", NEW)
    version = publish_terms(pack=pack, by=clock_user(), at=factories.at(date(2026, 6, 1)))
    move_to_new_terms(on=NEW)
    agree_to_terms(kept=KeptVersion.objects.get(), by=factories.staff(), **WORDS)
    contract = Contract.objects.get(pk=contract.pk)
    assert [contract.pack(day).effective for day in (date(2026, 7, 19), AGREED)] == [OLD, NEW]
    assert Agreement.objects.get(contract=contract, since=AGREED).version == version
    change = state_changes_of(contract).last()
    assert (change.transition, change.article, change.reason) == (
        "agree_to_terms",
        "isp-access 2",
        WORDS["reason"],
    )
    assert move_to_new_terms(on=date(2026, 7, 21)) == Moved(0, 0)
    with pytest.raises(ValidationError, match="旧約款のまま|earlier terms"):
        agree_to_terms(kept=KeptVersion.objects.get(), by=factories.staff(), **WORDS)


def test_nobody_agrees_to_a_version_that_was_not_published(packs):
    factories.contract()
    packs("isp-access", NEW)
    move_to_new_terms(on=NEW)
    kept = KeptVersion.objects.get()
    with pytest.raises(ValidationError, match="2026-07-01"):
        agree_to_terms(kept=kept, by=factories.staff(), **WORDS)
    kept.refresh_from_db()
    assert kept.until is None
