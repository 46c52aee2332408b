"""A breach of a duty is put on record, with its evidence."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Violation
from contracts.services.close_violation import cure_violation
from notices.models import Notice
from tests import factories
from tests.contracts.breaches import DAY, breach, suspend
from workflow.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("terms_code", ["hikari-line", "hikari-phone", "isp-access", "business-network"])
def test_a_duty_that_the_document_does_not_lay_on_anybody_is_no_breach(terms_code):
    with pytest.raises(Refused) as refused:
        breach(terms_code, "no_whistling")
    assert refused.value.refusal.code == "no_such_duty"
    assert not Violation.objects.exists()


def test_dates_and_contracts_that_cannot_be_are_refused():
    with pytest.raises(ValidationError):
        breach("isp-access", "entry", happened_on=DAY + timedelta(days=1))
    with pytest.raises(ValidationError):
        breach("isp-access", "entry", contract=factories.contract("isp-access", state=Contract.State.ENDED))
    assert not Violation.objects.exists()


@pytest.mark.article("business-network", "17")
def test_a_claim_is_passed_on_to_the_customer_who_settles_it():
    violation = breach("business-network", "infringing_intellectual_property", claimant="株式会社権利者")
    notice = Notice.objects.get(occasion="claim_passed_on")
    assert (notice.recipient, notice.article) == (violation.contract.subscriber, "business-network 17-2")
    assert "費用負担" in notice.body
    cure_violation(violation=violation, by=factories.staff(), on=DAY, reason="当事者間で和解した")
    assert violation.outcome == "当事者間で和解した"


@pytest.mark.article("business-network", "15")
def test_whatever_is_done_with_an_id_counts_as_the_customers():
    violation = breach("business-network", "unsolicited_mail", other_user="ID vpn-7 の使用者", due_care=True)
    assert (violation.other_user, violation.answers_article) == ("ID vpn-7 の使用者", "business-network 15")


@pytest.mark.article("isp-access", "43")
def test_the_subscriber_answers_for_other_users_unless_due_care_was_taken():
    violation = breach("isp-access", "no_unlawful_use", other_user="同居の家族")
    assert violation.answers_article == "isp-access 43"
    assert suspend(violation).contract == violation.contract
    with pytest.raises(Refused) as refused:
        breach("isp-access", "no_unlawful_use", other_user="同居の家族", due_care=True)
    assert refused.value.refusal.code == "due_care"
    with pytest.raises(Refused) as refused:
        breach("hikari-line", "no_obstruction", other_user="来客")
    assert refused.value.refusal.code == "not_answerable"
