"""Restrictions, breaches and what else the operator does to lines, for the staff side's world."""

from datetime import date, timedelta

from contracts.models import Contract, MalwareReport
from contracts.services.declare_restriction import declare_restriction
from contracts.services.plan_discontinuation import plan_discontinuation
from contracts.services.record_partner_fault import record_partner_fault
from contracts.services.record_violation import record_violation
from contracts.services.warn_of_malware import warn_of_malware
from tests import factories
from workflow.models import User

TERMS = "hikari-line"


def make(root: User, contract: Contract, on: date) -> None:
    """One of each, for ``contract``; pressing again makes another of each."""
    now = factories.at(on)
    declare_restriction(
        by=root,
        at=now,
        terms_code=TERMS,
        ground="emergency",
        reason="台風による全面的な障害のため",
        starts_at=now + timedelta(hours=1),
    )
    record_violation(
        contract=contract,
        by=root,
        on=on,
        duty="no_obstruction",
        happened_on=on,
        reported_by="監視担当",
        evidence="監視記録のとおり",
    )
    record_partner_fault(
        partner=factories.partner(),
        by=root,
        at=now,
        began=now,
        known=now,
        what="局側装置の故障",
        lines=[factories.line()],
    )
    plan_discontinuation(
        by=root,
        on=on,
        terms_code=TERMS,
        products=[contract.product],
        last_day=date(2026, 9, 30),
        reason="老朽化",
    )
    warn_of_malware(
        terms_code="isp-access",
        by=root,
        at=now,
        source="ICT-ISAC",
        ip_address=f"203.0.113.{MalwareReport.objects.count() + 1}",
        seen_at=now - timedelta(days=1),
        weakness="初期パスワードのままの機器",
        need="大量の通信で設備に支障が出る",
    )
