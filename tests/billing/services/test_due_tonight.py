"""The accounts that the database names each night are all on which the rule decides on a step."""

import random
from datetime import date, timedelta

import pytest

from billing.arrears_facts import cases
from billing.due_tonight import accounts_due
from billing.models import Invoice
from billing.selectors import open_invoices
from billing.services.open_dispute import open_dispute
from billing.services.run_arrears import run_arrears
from contracts.services.carry_out_endings import carry_out_endings
from tests.billing import things

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def steps(found) -> set[tuple]:
    return {(case.account_id, case.key, case.step.kind) for case in found if case.step.kind != "nothing"}


@pytest.mark.parametrize("seed", [1, 2])
def test_no_step_is_missed_in_a_season_of_payments_disputes_and_silence(seed):
    chance = random.Random(seed)
    contracts = [things.contract(code, chance.choice([900, 5000])) for code in things.CODES for _ in range(2)]
    second = contracts[0].subscriber
    things.contract("hikari-phone", 1000, subscriber=second)
    for month in (4, 5):
        things.bill(date(2025, month, 1))
    seen = set()
    for day in range(0, 110, 2):
        on = date(2025, 5, 28) + timedelta(day)
        if on.day <= 2 and not Invoice.objects.filter(month=date(2025, on.month - 1, 1)).exists():
            things.bill(date(2025, on.month - 1, 1))
        for invoice in open_invoices():
            what = chance.random()
            if what < 0.02:
                contract = invoice.charges.exclude(contract=None).first().contract
                things.pay(contract, chance.choice([100, invoice.open_amount]), on)
            elif what < 0.025 and not invoice.disputes.exists():
                open_dispute(invoice=invoice, by=things.people()[0], on=on, reason="料金が違う")
        every = steps(cases(on=on))
        named = steps(case for batch in accounts_due(on=on) for case in cases(on=on, accounts=batch))
        assert named == every, on
        seen |= {kind for *_, kind in every}
        run_arrears(on=on)
        carry_out_endings(on=on)
        if chance.random() < 0.8:
            things.send_everything(on)
    assert seen >= {"reminder", "suspension_notice", "suspend", "ending_notice"}
