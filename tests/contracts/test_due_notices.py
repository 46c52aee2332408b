"""What must be sent this week: with its last day, and what is late already."""

from datetime import date, timedelta

import pytest

from contracts.due_notices import due_notices
from contracts.models import Contract, TermsVersion
from contracts.services.plan_discontinuation import plan_discontinuation
from contracts.services.publish_terms import publish_terms
from contracts.services.tell_terms_change import tell_terms_change
from notices.models import Notice, PrintBatch
from notices.services.send_notice import send_notice
from tests import factories
from workflow.selectors import clock_user

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)


@pytest.mark.article("business-network", "28")
def test_a_service_is_announced_so_long_before_its_end_as_the_document_asks():
    factories.contract("business-network")
    last_day = date(2026, 12, 5)
    planned = plan_discontinuation(
        by=factories.staff(), on=DAY, terms_code="business-network", last_day=last_day, reason="老朽化"
    )
    (due,) = due_notices(DAY)
    assert (due.about, due.article) == (planned, "business-network 28-1")
    assert due.by == date(2026, 6, 4)
    assert due_notices(date(2026, 5, 1)) == []
    assert due_notices(date(2026, 6, 20))[0].by == due.by, "still there when it is late"


@pytest.mark.article("business-network", "7")
def test_base_terms_that_go_on_unless_declined_are_counted_by_their_last_day():
    end = date(2026, 7, 4)
    for start, months in ((date(2025, 7, 5), 12), (date(2023, 7, 5), 24), (date(2025, 7, 20), 12)):
        factories.contract("business-network", start=start, term_start=start, term_months=months)
    (due,) = due_notices(DAY)
    assert (due.about, due.article, due.count) == (Contract, "business-network 7", 2)
    assert due.by == date(2026, 6, 4) < end


@pytest.mark.article("isp-access", "2")
def test_subscribers_who_were_not_told_of_new_terms_are_counted_until_all_are(packs):
    first = factories.contract()
    factories.contract()
    version = publish_terms(
        pack=packs("isp-access", date(2026, 6, 20)), by=clock_user(), at=factories.at(DAY)
    )
    assert [(due.about, due.by, due.count) for due in due_notices(DAY)] == [(version, date(2026, 6, 19), 2)]
    tell_terms_change(version=version, at=factories.at(DAY), changes=["料金を改定します。"])
    factories.dispatched(Notice.objects.get(recipient_id=first.subscriber_id), DAY)
    assert [due.count for due in due_notices(DAY)] == [1]
    assert [due.by for due in due_notices(date(2026, 6, 25))] == [date(2026, 6, 19)], "late"


@pytest.mark.article("business-network", "4")
def test_a_version_that_nobody_published_must_be_posted_in_the_documents_time(packs):
    factories.publish_all()
    packs("business-network", date(2026, 7, 5))
    (due,) = due_notices(DAY)
    assert (due.about, due.article, due.by) == (TermsVersion, "business-network 4", date(2026, 6, 5))


def test_letters_wait_for_the_print_batch_by_the_day_after_the_first_was_written():
    contract = factories.contract(subscriber=factories.subscriber(channel="letter"))
    for day in (DAY, DAY + timedelta(1)):
        send_notice(
            occasion="pause_ended",
            recipient=contract.subscriber,
            about=contract,
            article=contract.pack(DAY).article("12"),
            facts={"contract_number": contract.number, "product": "商品", "resumed_on": day},
            at=factories.at(day),
        )
    (due,) = due_notices(DAY)
    assert (due.about, due.by, due.count) == (PrintBatch, DAY + timedelta(1), 2)
