"""What billing and credit control do with invoices and debts, and with those who collect for each other."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from billing.models import (
    CreditProposal,
    Dispute,
    ExtraBill,
    InstalmentPlan,
    Invoice,
    LumpPayment,
    PartnerClaim,
    Relief,
    Supplement,
)
from billing.services.bill_at_once import foresee_bill
from billing.services.run_arrears import run_arrears
from contracts.models import Contract, Partner, Request, Suspension, Work
from contracts.services.receive_request import receive_request
from contracts.services.record_consents import record_consents
from contracts.services.record_outage import record_outage
from tests import factories
from tests.admin.day import AUGUST, NOW, TODAY
from tests.admin.pressing import address, ask, buttons, done, errors, press, text
from tests.admin.world import member
from tests.billing import things

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_an_invoice_explains_each_line_in_both_languages(billed, signed_in, chief):
    invoice = things.invoice(billed)
    for language, words in (("ja", "2025年8月1日から2025年8月31日まで"), ("en", "2025-08-01 to 2025-08-31")):
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
    nothing = press(signed_in(proposer), invoice, "credit", reason="誤り")
    assert nothing.context["form"].non_field_errors() == ["どの明細をいくら減額するか入力してください。"]
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


def test_a_promise_is_recorded_with_its_writing_and_shown_on_the_invoice(with_role, billed):
    invoice, client = things.invoice(billed), with_role("credit_control")
    wrong = press(client, invoice, "promise", pay_by=invoice.due_on, writing="電子メール")
    assert "支払期限より後の日" in errors(wrong, "pay_by")
    day = TODAY + timedelta(days=30)
    assert done(press(client, invoice, "promise", pay_by=day, writing="電子メール"))
    assert invoice.promises.get().pay_by == day
    assert "電子メール" in client.get(f"/staff/billing/invoice/{invoice.pk}/change/").content.decode()
    assert press(with_role("reception"), invoice, "promise", pay_by=day, writing="x").status_code == 403


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


def test_a_contract_is_billed_at_once_by_two_people(with_role, signed_in, billed: Contract, clock):
    client = with_role("billing")
    yesterday = TODAY - timedelta(days=1)
    assert "すでに終わった日" in errors(
        press(client, billed, "bill-at-once", through=TODAY, reason="解約"), "through"
    )
    asked = {"through": yesterday, "reason": "長期不在の申出"}
    foreseen = foresee_bill(contract=billed, through=yesterday, at=NOW)
    yen = f"税込{foreseen.total:,}円"
    assert yen in text(press(client, billed, "bill-at-once", **asked, _preview="1").content.decode())
    assert not ExtraBill.objects.exists()
    assert done(press(client, billed, "bill-at-once", **asked))
    bill = ExtraBill.objects.get()
    page = f"/staff/billing/extrabill/{bill.pk}/change/"
    assert yen in text(client.get(page).content.decode())
    assert (bill.contract, bill.through) == (billed, yesterday)
    assert press(client, bill, "approve").status_code == 403
    second = factories.staff("second")
    second.groups.set(member("billing").groups.all())
    assert done(press(signed_in(second), bill, "approve"))
    invoice = bill.invoices.get()
    assert invoice.state == "issued"
    assert invoice.total == foreseen.total
    assert invoice.number in client.get(page).content.decode()
    told = text(client.get(f"/staff/billing/invoice/{invoice.pk}/change/").content.decode())
    assert "随時請求" in told
    assert "請求処理:" not in told
    assert press(with_role("network"), billed, "bill-at-once").status_code == 403


def test_an_invoice_is_computed_again_on_its_page(with_role, billed: Contract):
    page = text(press(with_role("billing"), things.invoice(billed), "recompute").content.decode())
    assert "再計算した合計" in page
    assert "はい" in page


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
    charge = {"partner": partner.pk, "basis": "agency", "reference": "A-1", "name": "通話料", "amount": 3300}
    days = {"since": TODAY - timedelta(days=30), "until": TODAY}
    assert "59" in errors(press(client, billed, "partner-charge", **charge, **days), "basis")
    assert done(press(client, billed, "agree-collection", **asked, partner_agrees=True))
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
    for day in (TODAY + timedelta(days=1), invoice.issued_on - timedelta(days=1)):
        assert errors(press(client, invoice, "assign", partner=partner.pk, on=day), "on")
    address = f"/staff/billing/invoice/{invoice.pk}/change/"
    assert partner.name not in client.get(address).content.decode()
    assert done(press(client, invoice, "assign", partner=partner.pk, on=TODAY))
    assert partner.name in client.get(address).content.decode()
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
