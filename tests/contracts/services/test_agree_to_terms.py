"""A contract that stays under earlier terms goes over to the version in force because its subscriber agrees."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Agreement, Contract, KeptVersion
from contracts.services.agree_to_terms import agree_to_terms
from contracts.services.move_to_new_terms import Moved, move_to_new_terms
from contracts.services.publish_terms import publish_terms
from tests import factories
from workflow.errors import Refused
from workflow.selectors import clock_user, state_changes_of

pytestmark = pytest.mark.django_db

OLD, NEW, AGREED = date(2022, 7, 1), date(2026, 7, 1), date(2026, 7, 20)
WORDS = {"on": AGREED, "form": "written", "reason": "同意書 第1号"}


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


@pytest.mark.article("business-network", "4")
def test_who_agrees_in_writing_is_bound_by_a_version_that_was_posted_too_late_for_the_others(packs):
    contract, other = factories.contract("business-network"), factories.contract("business-network")
    pack = packs("business-network", NEW)
    late = {"pack": pack, "by": clock_user(), "at": factories.at(date(2026, 6, 25))}
    with pytest.raises(Refused):
        publish_terms(**late)
    version = publish_terms(**late, for_who_agrees=True)
    assert "個別にご同意いただいた方に適用します" in version.posting.body
    assert move_to_new_terms(on=NEW) == Moved(0, 2)
    kept = KeptVersion.objects.get(contract=contract)
    with pytest.raises(Refused) as refused:
        agree_to_terms(kept=kept, by=factories.staff(), **(WORDS | {"form": "phone"}))
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (
        "wrong_form",
        "business-network 4",
    )
    kept.refresh_from_db()
    assert kept.until is None
    agree_to_terms(kept=kept, by=factories.staff(), **WORDS)
    first = date(2023, 9, 10)
    contract, other = Contract.objects.get(pk=contract.pk), Contract.objects.get(pk=other.pk)
    assert [each.pack(AGREED).effective for each in (contract, other)] == [NEW, first]
    assert move_to_new_terms(on=date(2026, 7, 21)) == Moved(0, 0)


def test_a_version_whose_day_has_passed_is_posted_from_the_day_of_its_posting(packs):
    factories.contract("hikari-line")
    pack = packs("hikari-line", NEW)
    version = publish_terms(
        pack=pack, by=clock_user(), at=factories.at(date(2026, 7, 5)), for_who_agrees=True
    )
    assert "2026年7月5日から適用" in version.posting.body
    assert move_to_new_terms(on=date(2026, 7, 6)) == Moved(0, 1)
