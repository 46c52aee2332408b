"""What fails by e-mail for good goes out once more as a letter, linked to the first."""

from datetime import date, timedelta

import pytest

from contracts.due_notices import due_notices
from contracts.models import Contract, Suspension
from contracts.services.approve_suspension import approve_suspension
from contracts.services.enforce_suspension import enforce_suspension
from contracts.services.give_suspension_notice import give_suspension_notice
from contracts.services.propose_suspension import propose_suspension
from notices.models import Notice, PrintBatch
from notices.selectors import as_dispatched, undelivered
from notices.services.dispatch_notice import dispatch_notice
from notices.services.print_letters import print_letters
from notices.services.second_channel import send_by_second_channel
from tests import factories
from workflow.errors import Refused

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]

DAY = date(2025, 8, 1)
FIRST = date(2025, 8, 20)


def suspension() -> Suspension:
    contract = factories.contract("isp-access")
    made = propose_suspension(
        contract=contract,
        by=factories.staff("one", is_superuser=True),
        at=factories.at(DAY),
        ground="breach_of_duties",
        reason="約款の義務に違反したため",
        starts_on=FIRST,
        through=FIRST + timedelta(days=20),
    )
    approve_suspension(suspension=made, by=factories.staff("two", is_superuser=True), at=factories.at(DAY))
    give_suspension_notice(
        suspension=made, by=factories.staff("three", is_superuser=True), at=factories.at(DAY)
    )
    return made


@pytest.mark.article("isp-access", "23")
def test_a_suspension_notice_that_failed_is_repeated_by_letter_and_the_letter_is_the_evidence(smtp):
    made = suspension()
    assert made.notice is not None
    smtp.refusing = "550 no such user"
    assert dispatch_notice(made.notice.pk, at=factories.at(DAY)).failed == 1
    failed = Notice.objects.get(pk=made.notice.pk)
    letter = Notice.objects.get(follows=failed)
    assert not undelivered().exists(), "somebody else has nothing to do about it"
    assert (failed.state, letter.channel, letter.state) == ("failed", "letter", "queued")
    assert (letter.body, letter.article, letter.facts) == (failed.body, failed.article, failed.facts)
    assert letter.address == made.contract.subscriber.full_address
    assert send_by_second_channel(notice=failed, at=factories.at(DAY)) is None, "once is enough"
    boss = factories.staff("boss", is_superuser=True)
    to_print = (PrintBatch, DAY + timedelta(days=1))
    assert [(due.about, due.by) for due in due_notices(date(2025, 8, 15))] == [
        to_print,
        (made, date(2025, 8, 19)),
    ]
    assert [(due.about, due.by) for due in due_notices(DAY)] == [to_print], "the suspension not yet this week"
    with pytest.raises(Refused) as refused:
        enforce_suspension(suspension=made, by=boss, on=FIRST, still_holds=True)
    assert refused.value.refusal.code == "no_notice"
    assert print_letters(at=factories.at(date(2025, 8, 4))) is not None
    letter.refresh_from_db()
    assert as_dispatched(failed) == letter
    assert due_notices(date(2025, 8, 15)) == []
    enforce_suspension(suspension=made, by=boss, on=FIRST, still_holds=True)
    made.contract.refresh_from_db()
    assert made.contract.state == Contract.State.SUSPENDED
