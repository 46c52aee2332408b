"""A breach is sanctioned on the ground that the document ties to its duty."""

import pytest

from contracts.models import Contract, Ending, Suspension, Violation
from contracts.services.approve_ending import approve_ending
from contracts.services.approve_suspension import approve_suspension
from contracts.services.enforce_suspension import enforce_suspension
from contracts.services.give_suspension_notice import give_suspension_notice
from contracts.services.sanction_violation import end_for_violation
from terms.registry import registry
from tests import factories
from tests.contracts.breaches import DAY, NOW, breach, suspend
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

BREACHES = [
    ("hikari-line", "no_obstruction", "54-1(2)"),
    ("hikari-phone", "no_mass_uncompleted_calls", "52-1(2)"),
    ("hikari-phone", "no_callback_polling", "55"),
    ("hikari-phone", "no_answer_suppression", "55"),
    ("isp-access", "no_unlawful_use", "42-8"),
]


@pytest.mark.article("hikari-line", "54")
@pytest.mark.article("hikari-phone", "52")
@pytest.mark.article("hikari-phone", "55")
@pytest.mark.article("isp-access", "42")
@pytest.mark.parametrize(("terms_code", "duty", "article"), BREACHES)
def test_a_breach_leads_to_the_suspension_that_sanctions_this_duty(terms_code, duty, article):
    violation = breach(terms_code, duty)
    assert violation.article == f"{terms_code} {article}"
    suspension = suspend(violation)
    assert violation.state == Violation.State.ACTED_ON
    assert violation.suspension == suspension
    assert suspension.state == Suspension.State.PROPOSED
    approve_suspension(suspension=suspension, by=factories.staff(), at=NOW)
    give_suspension_notice(suspension=suspension, by=factories.staff(), at=NOW)
    factories.dispatched(suspension.notice, DAY)
    starts = suspension.starts_on
    enforce_suspension(suspension=suspension, by=factories.staff(), on=starts, still_holds=True)
    assert Contract.objects.get(pk=violation.contract_id).state == Contract.State.SUSPENDED


def test_a_ground_that_does_not_sanction_the_duty_is_refused():
    violation = breach("hikari-phone", "report_name_change")
    with pytest.raises(Refused) as refused:
        suspend(violation)
    assert refused.value.refusal.code == "no_such_ground"
    violation.refresh_from_db()
    assert violation.state == Violation.State.OPEN
    assert suspend(violation, ground="name_not_reported").article == "hikari-phone 27-1(6)"


@pytest.mark.article("business-network", "16")
def test_each_of_the_24_prohibited_acts_ends_a_contract_at_once_under_article_10():
    duties = [duty for duty in registry().latest("business-network").duties if duty.article.head == "16"]
    assert [str(duty.article) for duty in duties] == [f"business-network 16-1({n})" for n in range(1, 25)]
    for duty in duties:
        violation = breach("business-network", duty.code)
        proposal = end_for_violation(
            violation=violation,
            by=factories.staff(),
            at=factories.at(DAY),
            ground="prohibited_act",
            reason="第三者の通知により判明した",
            ends_on=DAY,
        )
        ending = approve_ending(proposal=proposal, by=factories.staff(), at=NOW)
        assert (ending.article, ending.by) == ("business-network 10-1(9)", Ending.By.OPERATOR)
        assert not ending.notice_first
