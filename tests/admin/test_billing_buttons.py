"""What billing and credit control do with accounts, tariffs, runs, invoices and debts."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from billing.models import (
    BillingAccount,
    BillingRun,
    CreditProposal,
    Dispute,
    HeldInvoice,
    InstalmentPlan,
    Invoice,
    LumpPayment,
    MovedFirstDay,
    ParkedContract,
    PartnerClaim,
    Payment,
    Relief,
    ReviewPolicy,
    Supplement,
    Tariff,
    TariffPrice,
    Usage,
)
from billing.services.run_arrears import run_arrears
from contracts.models import Contract, Partner, Request, Suspension, Work
from contracts.services.receive_request import receive_request
from contracts.services.record_consents import record_consents
from contracts.services.record_outage import record_outage
from notices.models import Notice
from tests import factories
from tests.admin.pressing import address, ask, buttons, done, errors, press, text
from tests.admin.world import NOW, TERMS, TODAY, member
from tests.billing import things

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

AUGUST = date(2025, 8, 1)


@pytest.fixture
def billed(clock: object) -> Contract:
    """A contract whose August was invoiced and is unpaid."""
    things.standing()
    contract = things.contract(TERMS)
    things.bill(AUGUST)
    return contract


# --- Accounts and payments ---------------------------------------------------------------------


def test_a_payment_settles_the_invoice_and_shows_what_it_was_set_against(with_role, billed):
    invoice = things.invoice(billed)
    client = with_role("billing")
    response = press(
        client,
        things.account(billed),
        "pay",
        amount=invoice.total,
        paid_on=TODAY,
        method="bank_deposit",
        reference="A-1",
    )
    assert done(response)
    invoice.refresh_from_db()
    assert invoice.state == Invoice.State.SETTLED
    assert invoice.number in client.get(response["Location"]).content.decode()


def test_the_same_reference_twice_is_refused(with_role, billed):
    client, account = with_role("billing"), things.account(billed)
    data = {"amount": 100, "paid_on": TODAY, "method": "bank_deposit", "reference": "A-1"}
    assert done(press(client, account, "pay", **data))
    response = press(client, account, "pay", **data)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert Payment.objects.count() == 1


def test_reception_records_no_payments(with_role, billed):
    client, account = with_role("reception"), things.account(billed)
    assert buttons(client, account) == ["means", "letters"]
    assert (
        press(client, account, "pay", amount=1, paid_on=TODAY, method="cash", reference="A").status_code
        == 403
    )


def test_account_transfer_without_a_bank_account_is_refused(with_role, billed):
    client, account = with_role("billing"), things.account(billed)
    response = press(client, account, "means", method="account_transfer", account_type="1")
    assert response.status_code == 200
    assert response.context["form"].errors
    bank = {
        "bank_code": "0001",
        "branch_code": "001",
        "account_type": "1",
        "account_number": "1234567",
        "holder_kana": "ヤマダタロウ",
    }
    assert done(press(client, account, "means", method="account_transfer", **bank))
    account.refresh_from_db()
    assert (account.method, account.bank_code) == ("account_transfer", "0001")


def test_the_list_shows_no_whole_account_number(with_role, billed):
    account = things.account(billed)
    BillingAccount.objects.filter(pk=account.pk).update(
        bank_code="0001", branch_code="001", account_number="1234567"
    )
    page = with_role("billing").get(f"/staff/billing/billingaccount/{account.pk}/change/").content.decode()
    assert "***567" in page
    assert "1234567" not in page


def test_a_subscriber_gets_a_billing_account(with_role):
    subscriber = factories.subscriber()
    assert done(
        press(with_role("billing"), subscriber, "open-account", method="bank_deposit", account_type="1")
    )
    assert BillingAccount.objects.get().subscriber == subscriber
    assert "open-account" not in buttons(with_role("billing"), subscriber)


# --- Tariffs -----------------------------------------------------------------------------------


def test_a_price_is_planned_for_a_day_and_shown_as_planned(with_role):
    tariff = things.tariff(factories.product(TERMS), 6000)
    client = with_role("billing")
    assert done(press(client, tariff, "set-price", amount=6500, valid_from=date(2026, 4, 1), note="改定"))
    assert TariffPrice.objects.filter(tariff=tariff, amount=6500).exists()
    page = client.get(f"/staff/billing/tariff/{tariff.pk}/change/").content.decode()
    assert page.index("6,500") < page.index("予定") < page.index("6,000") < page.index("適用中")


def test_a_higher_price_is_posted_and_refused_at_its_day_where_there_is_no_time_for_that(with_role):
    tariff, client = things.tariff(factories.product("business-network"), 6000), with_role("billing")
    assert "business-network 4" in text(ask(client, tariff, "set-price").content.decode())
    refused = press(client, tariff, "set-price", amount=6500, valid_from=TODAY)
    assert "business-network 4" in errors(refused, "valid_from")
    assert done(press(client, tariff, "set-price", amount=6500, valid_from=TODAY, required_by_law="on"))
    assert TariffPrice.objects.get(amount=6500).posting.title in text(
        client.get(f"/staff/billing/tariff/{tariff.pk}/change/").content.decode()
    )


def test_a_price_in_a_month_that_is_billed_is_refused(with_role, billed):
    tariff = Tariff.objects.get(product=billed.product)
    response = press(with_role("billing"), tariff, "set-price", amount=1, valid_from=AUGUST)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert TariffPrice.objects.count() == 1


def test_code_and_document_of_a_tariff_are_not_edited(with_role):
    tariff = things.tariff(factories.product(TERMS), 6000)
    client = with_role("billing")
    client.post(
        f"/staff/billing/tariff/{tariff.pk}/change/",
        {
            "code": "other",
            "terms_code": "isp-access",
            "name": "新しい名",
            "tax_category": "standard",
            "source": "operator",
        },
    )
    tariff.refresh_from_db()
    assert (tariff.code != "other", tariff.terms_code, tariff.name) == (True, TERMS, "新しい名")


def test_reception_sets_no_prices(with_role):
    tariff = things.tariff(factories.product(TERMS), 6000)
    assert (
        press(with_role("reception"), tariff, "set-price", amount=1, valid_from=date(2026, 4, 1)).status_code
        == 403
    )


# --- Runs --------------------------------------------------------------------------------------


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
    assert response.status_code == 200
    assert response.context["form"].errors
    assert BillingRun.objects.count() == 1


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


# --- Invoices and debts ------------------------------------------------------------------------


def test_an_invoice_explains_each_line_in_both_languages(billed, signed_in, chief):
    invoice = things.invoice(billed)
    for language, words in (("ja", "2025-08-01から2025-08-31まで"), ("en", "2025-08-01 to 2025-08-31")):
        page = signed_in(chief, language).get(f"/staff/billing/invoice/{invoice.pk}/change/").content.decode()
        assert words in page
        assert "/staff/articles/" in page


def test_a_dispute_is_recorded_once_and_closed_with_an_outcome(with_role, billed):
    invoice = things.invoice(billed)
    client = with_role("credit_control")
    assert done(press(client, invoice, "dispute", on=TODAY, reason="金額が違う"))
    assert "dispute" not in buttons(client, invoice)
    dispute = Dispute.objects.get()
    assert errors(press(client, dispute, "close", on=TODAY, outcome=""), "outcome")
    assert done(press(client, dispute, "close", on=TODAY, outcome="誤解であった"))
    dispute.refresh_from_db()
    assert dispute.closed_on == TODAY
    assert buttons(client, dispute) == []


def test_an_unpaid_line_is_suspended_only_while_the_debt_is_there(with_role, billed, clock):
    client = with_role("credit_control")
    for day in range(30, 45):
        clock.move_to(factories.at(date(2025, 9, 27) + timedelta(days=day - 25)))
        run_arrears(on=date(2025, 9, 27) + timedelta(days=day - 25))
        things.send_everything(date(2025, 9, 27) + timedelta(days=day - 25))
    suspension = Suspension.objects.get()
    assert suspension.state == Suspension.State.NOTICED
    assert {"enforce-unpaid"} == set(buttons(client, suspension)) - {"withdraw"}
    first = suspension.starts_on
    clock.move_to(factories.at(first))
    assert suspension.article in errors(
        press(client, suspension, "enforce-unpaid", on=first - timedelta(days=1)), "on"
    )
    things.pay(billed, things.invoice(billed).total, first)
    suspension.refresh_from_db()
    assert suspension.state == Suspension.State.WITHDRAWN
    billed.refresh_from_db()
    assert billed.state == Contract.State.ACTIVE


def test_what_an_applicant_owes_elsewhere_is_said_in_the_review(with_role, billed):
    clock_day = date(2025, 12, 1)
    with time_machine.travel(factories.at(clock_day), tick=False):
        factories.serve("isp-access")
        factories.publish_all()
        request = receive_request(
            by=factories.staff(),
            at=factories.at(clock_day),
            kind=Request.Kind.NEW,
            subscriber=billed.subscriber,
            terms_code="isp-access",
            form=factories.asked_form("isp-access"),
            details=factories.new_details(factories.product("isp-access")),
        )
        client = with_role("reception")
        response = client.post(address(request, "review"), follow=True)
    assert "isp-access 9-3(2)" in response.content.decode()


def test_instalments_are_agreed_for_a_work_that_is_done(root, clock):
    # What the document knows of instalments it says itself; where it knows none, the form says so.
    contract = things.contract("isp-access")
    work = Work.objects.create(
        contract=contract, kind=Work.Kind.OPENING, planned_at=NOW, instalments=True, state="done", done_at=NOW
    )
    assert "instalments" in buttons(root, work)
    response = press(root, work, "instalments", requested=TODAY, dwelling="detached", first_month="2025-11")
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not InstalmentPlan.objects.exists()
    assert ask(root, work, "instalments").status_code == 200


def test_the_page_of_an_invoice_leads_to_its_paper_and_its_explanation(
    billed: Contract, roles, signed_in
) -> None:
    invoice = things.invoice(billed)
    browser = signed_in(member("audit"))
    paper, told = (
        reverse(f"admin:billing_invoice_{name}", args=[invoice.pk]) for name in ("paper", "explained")
    )
    page = browser.get(reverse("admin:billing_invoice_change", args=[invoice.pk])).content.decode()
    assert paper in page
    assert told in page
    assert browser.get(paper).content.startswith(b"%PDF-")
    assert browser.get(told).json()["total"] == invoice.total
    assert signed_in(member("network")).get(paper).status_code == 404


def test_a_part_is_given_back_once_a_second_person_agrees(billed: Contract, signed_in) -> None:
    invoice = things.invoice(billed)
    line = invoice.charges.get()
    proposer, other = factories.staff(is_superuser=True), factories.staff(is_superuser=True)
    over = press(
        signed_in(proposer), invoice, "credit", **{"reason": "誤り", f"line_{line.pk}": line.amount + 1}
    )
    assert errors(over, f"line_{line.pk}")
    done(press(signed_in(proposer), invoice, "credit", **{"reason": "誤り", f"line_{line.pk}": 100}))
    proposal = CreditProposal.objects.get()
    assert "approve" not in buttons(signed_in(proposer), proposal)
    done(press(signed_in(other), proposal, "approve"))
    assert proposal.invoice.credit_notes.get().total == 110
    done(press(signed_in(proposer), invoice, "void", reason="全部"))
    done(press(signed_in(other), CreditProposal.objects.latest("id"), "reject", reason="不要"))
    assert things.invoice(billed).state == Invoice.State.ISSUED


@pytest.mark.article("statute", "電子帳簿保存法7")
def test_records_are_found_by_date_amount_and_counterparty_together(billed: Contract, signed_in) -> None:
    invoice = things.invoice(billed)
    things.pay(billed, 777, TODAY)
    browser = signed_in(factories.staff(is_superuser=True))
    name = billed.subscriber.number

    def found(model: str, date_field: str, amount_field: str, day: date, least: int, who: str) -> bool:
        page = browser.get(
            reverse(f"admin:billing_{model}_changelist"),
            {
                f"{date_field}_from": day.isoformat(),
                f"{date_field}_to": day.isoformat(),
                f"{amount_field}_from": least,
                f"{amount_field}_to": least + 10,
                "q": who,
            },
        )
        return page.context["cl"].result_count == 1

    for model, dated, amounted, day, amount in (
        ("invoice", "issued_on", "total", invoice.issued_on, invoice.total),
        ("payment", "paid_on", "amount", TODAY, 777),
    ):
        assert found(model, dated, amounted, day, amount, name)
        assert not found(model, dated, amounted, day + timedelta(1), amount, name)
        assert not found(model, dated, amounted, day, amount + 1, name)
        assert not found(model, dated, amounted, day, amount, "S99999999")


def test_files_of_measured_use_and_of_prices_are_uploaded_and_their_bad_rows_named(with_role, clock):
    client = with_role("billing")
    for model, button, content in (
        (Usage, "import", "回線番号,利用月,金額\nL0,2025-09,1\n"),
        (Tariff, "import-prices", "料金コード,適用開始日,金額\nnone,2025-11-01,1\n"),
    ):
        file = SimpleUploadedFile("file.csv", content.encode())
        response = client.post(address(model, button), {"content": file})
        assert content.split(",")[0] in errors(response, "content")


# --- Promises to pay ---------------------------------------------------------------------------


def test_a_promise_is_recorded_with_its_writing_and_shown_on_the_invoice(with_role, billed):
    invoice, client = things.invoice(billed), with_role("credit_control")
    wrong = press(client, invoice, "promise", pay_by=invoice.due_on, writing="電子メール")
    assert "支払期限より後の日" in errors(wrong, "pay_by")
    day = TODAY + timedelta(days=30)
    assert done(press(client, invoice, "promise", pay_by=day, writing="電子メール"))
    assert invoice.promises.get().pay_by == day
    assert "電子メール" in client.get(f"/staff/billing/invoice/{invoice.pk}/change/").content.decode()
    assert press(with_role("reception"), invoice, "promise", pay_by=day, writing="x").status_code == 403


def test_the_first_day_of_the_tariff_month_is_moved_by_two(with_role, signed_in, chief):
    client = with_role("billing")
    wrong = press(client, MovedFirstDay, "propose-hikari-line", since=date(2027, 1, 1), reason="分散")
    assert "現在も" in errors(wrong, "since")
    assert done(press(client, MovedFirstDay, "propose-hikari-line", since=date(2027, 1, 11), reason="分散"))
    move = MovedFirstDay.objects.get()
    assert press(client, move, "approve").status_code == 403
    assert done(press(signed_in(chief), move, "approve"))
    move.refresh_from_db()
    assert move.decided_on


def test_relief_supplement_lump_and_advance_go_through_their_buttons(with_role, billed: Contract, clock):
    client = with_role("billing")
    account = things.account(billed)
    assert done(
        press(client, Relief, "propose-hikari-line", when="disaster", covers=["charges"], percent=50,
              since=date(2027, 1, 1), through=date(2027, 1, 31), reason="豪雨", prefecture="", city="")
    )  # fmt: skip
    assert Relief.objects.get().percent == 50
    charge = billed.charges.first()
    assert done(press(client, charge, "supplement", amount=100, name="", reason="登録誤り"))
    assert Supplement.objects.get().of == charge
    lump = {"terms_code": "hikari-line", "first_month": "2027-01", "months": 2, "reason": "移行",
            "consented_on": date(2025, 1, 1)}  # fmt: skip
    assert errors(
        press(
            client, account, "lump", evidence="同意書", **lump | {"consented_on": NOW.date() + timedelta(9)}
        ),
        "evidence",
    )
    assert done(press(client, account, "lump", evidence="同意書", **lump))
    assert LumpPayment.objects.get().account == account
    assert errors(
        press(client, account, "advance", terms_code="hikari-line", amount=1000, paid_on=date(2025, 1, 1),
              method="cash", reference="A-1", wish="電話"),
        "amount",
    )  # fmt: skip


def test_an_invoice_is_computed_again_on_its_page(with_role, billed: Contract):
    page = text(press(with_role("billing"), things.invoice(billed), "recompute").content.decode())
    assert "再計算した合計" in page
    assert "はい" in page


# --- Collections with partners -----------------------------------------------------------------


def test_a_collection_is_agreed_its_charge_entered_and_abolished_by_button(with_role, billed):
    client, partner = (
        with_role("billing"),
        Partner.objects.create(
            code="east", name="架空東日本", role=Partner.Role.INTERCONNECTED_CARRIER, email="east@example.jp"
        ),
    )
    things.pay(billed, things.invoice(billed).total, TODAY)
    asked = {"partner": partner.pk, "direction": "for_partner", "requested_on": TODAY}
    assert "承諾" in errors(press(client, billed, "agree-collection", **asked), "partner_agrees")
    assert done(press(client, billed, "agree-collection", **asked, partner_agrees=True))
    charge = {"partner": partner.pk, "basis": "agency", "reference": "A-1", "name": "通話料", "amount": 3300}
    days = {"since": TODAY - timedelta(days=30), "until": TODAY}
    assert done(press(client, billed, "partner-charge", **charge, **days))
    claim = PartnerClaim.objects.get()
    assert "未払いがありません" in errors(press(client, claim, "tell"))
    assert done(press(client, claim.agency, "abolish", reason="契約者の申出"))
    assert press(with_role("network"), billed, "partner-charge").status_code == 403


def test_a_claim_is_assigned_with_what_its_assignee_needs_and_its_word_recorded(with_role, clock):
    things.standing()
    contract, partner = things.contract("hikari-line"), factories.partner()
    things.bill(AUGUST)
    invoice, client = things.invoice(contract), with_role("credit_control")
    assert "hikari-line 57-3" in text(ask(client, invoice, "assign").content.decode())
    assert "hikari-line 57-3" in errors(press(client, invoice, "assign", partner=partner.pk, on=TODAY))
    record_consents(contract=contract, by=factories.staff(), at=NOW, form=Request.Form.WRITTEN)
    assert "assignee-paid" not in buttons(client, invoice)
    assert done(press(client, invoice, "assign", partner=partner.pk, on=TODAY))
    message = {"amount": invoice.open_amount, "paid_on": TODAY, "reference": "入金連絡1"}
    assert errors(press(client, invoice, "assignee-paid", **(message | {"amount": 10**6})), "amount")
    assert done(press(client, invoice, "assignee-paid", **message))
    assert "assignee-paid" not in buttons(client, invoice)
    assert set(contract.disclosures.values_list("answer", flat=True)) == {"given", "received"}


def test_the_page_of_an_outage_says_what_the_operator_owes_at_most(root):
    things.standing()
    contract = things.contract("isp-access", 6200)
    things.bill(AUGUST)
    down = factories.at(date(2025, 8, 10), 10)
    outage = record_outage(
        line=contract.line, by=factories.staff(), down=down, known=down, restored=down + timedelta(hours=48),
        operator_fault=True,
    )  # fmt: skip
    page = text(root.get(f"/staff/contracts/outage/{outage.pk}/change/").content.decode())
    assert "損害賠償の限度額" in page
    assert "400" in page[page.index("損害賠償の限度額") :]
    assert "isp-access 39" in page
