"""What billing does with runs, drafts that are held, shadow runs and forecasts."""

from datetime import date

import pytest

from billing.models import (
    BillingAccount,
    BillingRun,
    HeldInvoice,
    Invoice,
    ParkedContract,
    ReviewPolicy,
)
from billing.services.rate_run import rate_run
from notices.models import Notice
from tests import factories
from tests.admin.day import AUGUST, NOW, TERMS
from tests.admin.pressing import buttons, done, errors, press, text
from tests.admin.world import member
from tests.billing import things

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.mark.django_db(transaction=True)
def test_a_run_goes_from_preparation_to_issue_by_two_people(with_role, root, monkeypatch):
    from billing.services import rate_run as rating

    things.standing()
    contract = things.contract(TERMS)
    client = with_role("billing")
    assert done(press(client, BillingRun, "prepare", month="2025-08"))
    run = BillingRun.objects.get()
    assert (run.month, run.state) == (AUGUST, BillingRun.State.PREPARED)
    assert set(buttons(client, run)) == {"rate", "abandon"}
    # The workers of a running house take the parts; here this process does.
    assert done(press(client, run, "rate"))
    assert set(buttons(client, run)) == {"resume", "abandon"}
    assert done(press(client, run, "resume"))
    rating.rate_run(run=run, by=member("billing"), at=NOW, here=True)
    run.refresh_from_db()
    assert run.state == BillingRun.State.IN_REVIEW
    assert set(buttons(client, run)) == {"abandon"}
    assert press(client, run, "approve").status_code == 403
    page = root.get(f"/staff/billing/billingrun/{run.pk}/change/")
    assert "前月との比較" in page.content.decode()
    assert set(buttons(root, run)) == {"approve", "abandon"}
    assert done(press(root, run, "approve"))
    assert done(press(client, run, "issue"))
    assert things.invoice(contract).state == Invoice.State.ISSUED
    assert Notice.objects.filter(about_id=things.invoice(contract).pk, occasion="invoice_issued").exists()


def test_a_month_that_has_a_run_is_refused_at_its_field(with_role, billed):
    response = press(with_role("billing"), BillingRun, "prepare", month="2025-08")
    assert "すでにあります" in errors(response, "month")
    assert BillingRun.objects.count() == 1


def test_the_page_of_a_run_says_nothing_of_its_result_before_it_is_rated_and_asks_anew_meanwhile(with_role):
    things.standing()
    things.contract(TERMS)
    client = with_role("billing")
    press(client, BillingRun, "prepare", month="2025-08")
    run = BillingRun.objects.get()

    def page() -> tuple[str, str | None]:
        response = client.get(f"/staff/billing/billingrun/{run.pk}/change/")
        return response.content.decode(), response.headers.get("Refresh")

    said, refresh = page()
    assert ("前月との比較" in said, "すべての契約を計算できました" in said, refresh) == (False, False, None)
    press(client, run, "rate")
    said, refresh = page()
    assert ("前月との比較" in said, "まだ一区分も終わっていません" in said, refresh) == (False, True, "5")
    rate_run(run=run, by=member("billing"), at=NOW, here=True)
    said, refresh = page()
    assert ("前月との比較" in said, "すべての契約を計算できました" in said, refresh) == (True, True, None)
    run.refresh_from_db()
    assert run.contracts == run.rated == 1


def test_a_month_that_is_not_over_is_refused(with_role):
    response = press(with_role("billing"), BillingRun, "prepare", month="2025-10")
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not BillingRun.objects.exists()


def reviewed() -> BillingRun:
    """A run of August that waits for a second person, with one parked contract."""
    from billing.services.prepare_run import prepare_run
    from billing.services.rate_run import rate_run

    things.standing()
    things.contract(TERMS)
    parked = factories.contract(TERMS)
    BillingAccount.objects.create(subscriber=parked.subscriber)
    preparer, _approver = things.people()
    run = prepare_run(month=AUGUST, by=preparer, at=NOW)
    rate_run(run=run, by=preparer, at=NOW, here=True)
    run.refresh_from_db()
    return run


def test_parked_contracts_are_rated_again_once_their_trouble_is_gone(with_role):
    run = reviewed()
    client = with_role("billing")
    parked = ParkedContract.objects.get()
    assert "retry" in buttons(client, run)
    things.tariff(parked.contract.product, 5000)
    assert done(press(client, run, "retry"))
    assert not ParkedContract.objects.filter(resolved_in__isnull=True).exists()
    assert "retry" not in buttons(client, run)


def test_a_run_is_dropped_with_its_reason(with_role):
    run = reviewed()
    assert errors(press(with_role("billing"), run, "abandon", reason=""), "reason")
    assert done(press(with_role("billing"), run, "abandon", reason="料金の誤り"))
    run.refresh_from_db()
    assert run.state == BillingRun.State.ABANDONED
    assert not Invoice.objects.exists()


def test_credit_control_runs_no_billing(with_role):
    run = reviewed()
    client = with_role("credit_control")
    assert buttons(client, run) == []
    for button in ("rate", "retry", "approve", "issue", "abandon"):
        assert press(client, run, button, reason="x").status_code == 403
    assert press(client, BillingRun, "prepare", month="2025-09").status_code == 403


def test_a_held_draft_is_released_or_left_out_on_its_page(with_role):
    ReviewPolicy.objects.create(
        terms_code=TERMS, valid_from=date(2022, 1, 1), ceiling=1000, times=3, difference=1000
    )
    run = reviewed()
    client = with_role("billing")
    held = HeldInvoice.objects.get()
    page = client.get(f"/staff/billing/billingrun/{run.pk}/change/")
    assert "上限を超える" in page.content.decode()
    assert set(buttons(client, held)) == {"release", "leave-out"}
    assert errors(press(client, held, "release", reason=""), "reason")
    assert done(press(client, held, "release", reason="正しい"))
    assert buttons(client, held) == []
    assert press(with_role("reception"), held, "leave-out", reason="x").status_code == 403


def test_a_held_draft_that_is_left_out_parks_its_contract(with_role):
    ReviewPolicy.objects.create(
        terms_code=TERMS, valid_from=date(2022, 1, 1), ceiling=1000, times=3, difference=1000
    )
    run = reviewed()
    assert done(press(with_role("billing"), HeldInvoice.objects.get(), "leave-out", reason="単価の誤り"))
    assert run.parked.filter(reason="単価の誤り").exists()
    assert not HeldInvoice.objects.exists()


def test_a_shadow_run_answers_above_the_list_and_writes_nothing(with_role):
    run = reviewed()
    response = press(with_role("billing"), BillingRun, "shadow", month="2025-12", accounts=100)
    page = text(response.content.decode())
    assert "6,000" in page
    assert "料金がありません" in page
    assert list(BillingRun.objects.all()) == [run]


def test_the_page_of_a_contract_foretells_its_charges_and_writes_nothing(with_role):
    things.standing()
    contract = things.contract(TERMS, 6000)
    client = with_role("billing")
    assert "forecast" in buttons(client, contract)
    response = press(client, contract, "forecast", first="2025-09", months=2)
    page = text(response.content.decode())
    assert "6,000" in page
    assert "2025-09" in page
    assert "2025-10" in page
    assert "まだ何も行われていません" not in page
    assert not contract.charges.exists()
    assert errors(press(client, contract, "forecast", first="2025-09", months=13), "months")
