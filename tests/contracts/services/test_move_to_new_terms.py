"""A new version binds the contracts of before it only if it was announced as its document asks."""

from datetime import date, timedelta
from typing import Any

import pytest

from billing.chunks.book import load_book
from contracts.models import Agreement, Contract, KeptVersion, TermsVersion
from contracts.services.move_to_new_terms import Moved, move_to_new_terms
from contracts.services.publish_terms import publish_terms
from contracts.services.tell_terms_change import tell_terms_change
from notices.models import Notice
from terms.pack import Pack
from tests import factories
from tests.contracts.under import under
from workflow.errors import Refused
from workflow.selectors import clock_user

pytestmark = pytest.mark.django_db

POSTED = date(2026, 6, 1)

NEW = date(2026, 7, 1)

OLD = {
    "isp-access": date(2022, 7, 1),
    "hikari-line": date(2024, 3, 1),
    "hikari-phone": date(2024, 4, 1),
    "business-network": date(2023, 9, 10),
}


def publish(pack: Pack, day: date = POSTED, **fields: Any) -> TermsVersion:
    return publish_terms(pack=pack, by=clock_user(), at=factories.at(day), **fields)


def tell(version: TermsVersion, day: date = POSTED, *, sent: date | None = None) -> None:
    tell_terms_change(version=version, at=factories.at(day), changes=["料金を改定します。"])
    for notice in Notice.objects.filter(dispatched_at__isnull=True):
        factories.dispatched(notice, sent or day)


def version_on(contract: Contract, day: date) -> date:
    return Contract.objects.get(pk=contract.pk).pack(day).effective


@pytest.mark.article("isp-access", "2")
def test_who_was_told_in_time_moves_to_the_version_that_has_taken_effect(packs):
    contract = factories.contract()
    ended = factories.contract(state="ended")
    version = publish(packs("isp-access", NEW))
    tell(version)
    assert move_to_new_terms(on=date(2026, 6, 30)) == Moved(0, 0)
    assert move_to_new_terms(on=date(2026, 7, 2)) == Moved(1, 0)
    latest = Agreement.objects.filter(contract=contract).latest("since")
    assert (latest.version, latest.since) == (version, NEW)
    assert ended.agreements.count() == 1
    assert move_to_new_terms(on=date(2026, 7, 2)) == Moved(0, 0)
    assert version_on(contract, NEW) == NEW


@pytest.mark.article("isp-access", "2")
@pytest.mark.parametrize("sent", [None, NEW])
def test_who_was_not_told_or_told_on_the_day_stays_under_the_old_version_with_the_reason(packs, sent):
    contract = factories.contract()
    version = publish(packs("isp-access", NEW))
    if sent:
        tell(version, sent=sent)
    assert move_to_new_terms(on=NEW) == Moved(0, 1)
    assert move_to_new_terms(on=NEW) == Moved(0, 0)
    kept = KeptVersion.objects.get()
    assert (kept.contract, kept.article, kept.until) == (contract, "isp-access 2", None)
    assert "2026-07-01" in kept.reason
    assert [version_on(contract, NEW - timedelta(1)), version_on(contract, NEW)] == [OLD["isp-access"]] * 2
    assert not contract.agreements.filter(since=NEW).exists()


@pytest.mark.article("isp-access", "2")
def test_one_who_was_told_moves_while_the_other_stays(packs):
    told, untold = factories.contract(), factories.contract()
    version = publish(packs("isp-access", NEW))
    tell_terms_change(version=version, at=factories.at(POSTED), changes=["料金を改定します。"])
    factories.dispatched(Notice.objects.get(recipient_id=told.subscriber_id), POSTED)
    assert move_to_new_terms(on=NEW) == Moved(1, 1)
    assert (version_on(told, NEW), version_on(untold, NEW)) == (NEW, OLD["isp-access"])


@pytest.mark.article("isp-access", "2")
def test_a_change_to_the_subscribers_benefit_binds_before_they_are_told(packs):
    contract = factories.contract()
    publish(packs("isp-access", NEW), NEW, beneficial=True)
    assert move_to_new_terms(on=NEW) == Moved(1, 0)
    assert version_on(contract, NEW) == NEW


@pytest.mark.article("statute", "民法548の4")
@pytest.mark.article("hikari-line", "2")
def test_where_the_document_is_silent_the_law_asks_for_an_announcement_before_the_day(packs):
    factories.contract("hikari-line")
    pack = packs("hikari-line", NEW)
    with pytest.raises(Refused) as refused:
        publish(pack, NEW)
    assert str(refused.value.refusal.article) == "statute 民法548の4"
    assert publish(pack, NEW - timedelta(1)).posting.article == "statute 民法548の4"
    assert move_to_new_terms(on=NEW) == Moved(1, 0)


@pytest.mark.article("hikari-phone", "3")
def test_hikari_phone_changes_with_its_posting_and_nobody_is_told_one_by_one(packs):
    contract = factories.contract("hikari-phone")
    publish(packs("hikari-phone", NEW), NEW)
    assert move_to_new_terms(on=NEW) == Moved(1, 0)
    assert version_on(contract, NEW) == NEW


@pytest.mark.article("line-info-api", "2")
@pytest.mark.article("hikari-phone", "3")
@pytest.mark.article("business-network", "4")
@pytest.mark.parametrize("code", ["line-info-api", "hikari-phone", "business-network"])
def test_where_every_change_is_announced_first_a_benefit_is_no_reason_to_be_quicker(packs, code):
    factories.publish_all()
    with pytest.raises(Refused, match=code) as refused:
        publish(packs(code, NEW), beneficial=True)
    assert refused.value.refusal.code == "not_quicker"


@pytest.mark.article("hikari-line", "2")
@under(isp_access="2", hikari_line="statute 民法548の4", hikari_phone="3", business_network="4")
def test_a_file_that_nobody_published_binds_no_contract(packs, code, article):
    contract = factories.contract(code)
    packs(code, NEW)
    assert version_on(contract, NEW) == NEW
    assert move_to_new_terms(on=NEW) == Moved(0, 1)
    assert KeptVersion.objects.get().article == article
    assert version_on(contract, NEW) == OLD[code]


def test_a_later_version_that_was_told_binds_who_stayed_under_the_old_one(packs):
    contract = factories.contract()
    publish(packs("isp-access", NEW))
    move_to_new_terms(on=NEW)
    later = date(2026, 10, 1)
    tell(publish(packs("isp-access", later), date(2026, 9, 1)), date(2026, 9, 1))
    assert move_to_new_terms(on=later) == Moved(1, 0)
    assert KeptVersion.objects.get().until == date(2026, 9, 30)
    days = [date(2026, 6, 30), NEW, date(2026, 9, 30), later]
    assert [version_on(contract, day) for day in days] == [OLD["isp-access"]] * 3 + [later]


def test_bills_are_made_under_the_version_that_the_contract_stays_under(packs):
    contract = factories.contract()
    publish(packs("isp-access", NEW))
    move_to_new_terms(on=NEW)
    contract.refresh_from_db()
    book = load_book()
    own = book.under([each.agreed for each in contract.kept_versions.all()])
    assert (book.pack("isp-access", NEW).effective, own.pack("isp-access", NEW).effective) == (
        NEW,
        OLD["isp-access"],
    )
