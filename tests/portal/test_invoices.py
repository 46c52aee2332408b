"""Invoices, and why each yen is on them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from billing.models import Invoice
from billing.services.issue_credit_note import issue_credit_note
from billing.services.open_dispute import open_dispute
from billing.services.record_promise import record_promise
from contracts.services.accelerate_debts import accelerate_debts
from tests import factories
from tests.billing import things
from tests.portal.customers import Customer
from workflow.selectors import clock_user


def test_the_list_shows_state_amount_and_what_is_open(aoba: Customer) -> None:
    page = aoba.see("/invoices/")
    assert str(aoba.invoice.number) in page
    assert "お支払い予定" in page
    things.pay(aoba.contract, 610, date(2025, 11, 19))
    page = aoba.see("/invoices/", "en")
    assert "Partly paid" in page
    assert '<td data-label="Still open" class="amount"><span class="yen">¥5,000</span></td>' in page


def test_a_draft_is_not_shown(aoba: Customer) -> None:
    things.bill(date(2025, 11, 1))
    draft = Invoice.objects.filter(account__subscriber=aoba.subscriber).latest("id")
    assert draft.number is not None
    # As it stood before its run was issued.
    assert str(draft.number) in aoba.see("/invoices/")
    other = Invoice.objects.create(
        account=draft.account,
        terms_code="hikari-phone",
        run=draft.run,
        month=date(2025, 12, 1),
        recipient="x",
        address="x",
        registration_number="T7010705000725",
        total=1,
        number="draft-1",
    )
    assert "draft-1" not in aoba.see("/invoices/")
    assert aoba.client.get(f"/invoices/{other.number}/").status_code == 404


def test_the_page_is_a_qualified_invoice(aoba: Customer) -> None:
    page = aoba.see(f"/invoices/{aoba.invoice.number}/")
    for printed in (
        str(aoba.invoice.number),
        aoba.invoice.recipient,
        aoba.invoice.registration_number,
        "10%対象",
        "消費税(10%)",
        "5,100",
        "510",
        "5,610",
        aoba.contract.number,
    ):
        assert printed in page


@pytest.mark.article("isp-access", "29")
def test_every_line_says_why_it_is_that_many_yen(aoba: Customer) -> None:
    line = aoba.invoice.charges.get()
    address = reverse("portal:invoice_line", args=[aoba.invoice.number, line.pk])
    assert f'hx-get="{address}"' in aoba.see(f"/invoices/{aoba.invoice.number}/")

    whole = aoba.see(address)
    part = aoba.client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    for told in (whole, part):
        assert "2025年10月1日から2025年10月31日まで" in told
        assert "1円未満は切り捨てます。" in told
        assert 'href="/terms/isp-access/29/?on=2025-10-01"' in told
        assert "2010年1月1日から" in told  # the version of the price


def test_the_explanation_reads_in_english_too(aoba: Customer) -> None:
    line = aoba.invoice.charges.get()
    told = aoba.see(reverse("portal:invoice_line", args=[aoba.invoice.number, line.pk]), "en")
    assert "1 Oct 2025 to 31 Oct 2025" in told
    assert "Fractions of a yen are dropped." in told


def test_payments_show_what_they_were_set_against(aoba: Customer) -> None:
    things.pay(aoba.contract, 6000, date(2025, 11, 19))
    page = aoba.see("/payments/")
    assert f'href="/invoices/{aoba.invoice.number}/"' in page
    assert '390<span class="unit">円</span></span>は未充当' in page
    assert "お支払い済み" in aoba.see(f"/invoices/{aoba.invoice.number}/")


def test_a_dispute_is_shown_while_it_is_open(aoba: Customer) -> None:
    open_dispute(invoice=aoba.invoice, by=aoba.user, on=date(2025, 11, 18), reason="二重の請求")
    assert "異議を確認しています" in aoba.see(f"/invoices/{aoba.invoice.number}/")


def test_the_paper_and_the_explanation_are_the_subscribers_own(aoba: Customer, midori: Customer) -> None:
    number = aoba.invoice.number
    pdf = aoba.client.get(f"/invoices/{number}/invoice.pdf")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert aoba.client.get(f"/invoices/{number}/invoice.pdf").content == pdf.content
    told = aoba.client.get(f"/invoices/{number}/explain.json").json()
    assert (told["number"], told["lines"][0]["article"]["citation"]) == (
        number,
        aoba.invoice.charges.first().article,
    )
    for name in ("invoice.pdf", "explain.json"):
        assert midori.client.get(f"/invoices/{number}/{name}").status_code == 404


def test_a_promise_to_pay_is_shown_while_it_matters(aoba: Customer) -> None:
    assert aoba.invoice.due_on is not None
    agreed = aoba.invoice.due_on + timedelta(days=1)
    record_promise(
        invoice=aoba.invoice,
        pay_by=agreed + timedelta(days=10),
        writing="電子メール",
        by=things.people()[0],
        on=agreed,
    )
    assert "お支払いのお約束" in aoba.see(f"/invoices/{aoba.invoice.number}/")
    things.pay(aoba.contract, aoba.invoice.total, agreed)
    assert "お支払いのお約束" not in aoba.see(f"/invoices/{aoba.invoice.number}/")


def test_what_was_given_back_is_shown_with_its_paper_to_its_subscriber_alone(
    aoba: Customer, midori: Customer
) -> None:
    note = issue_credit_note(
        invoice=aoba.invoice,
        amounts={aoba.charge.pk: 100},
        by=things.people()[0],
        at=factories.at(date(2025, 11, 19)),
        reason="お詫び",
    )
    page = aoba.see(f"/invoices/{aoba.invoice.number}/")
    assert note.number in page
    assert "お詫び" in page
    paper = f"/invoices/{aoba.invoice.number}/credit/{note.number}.pdf"
    answer = aoba.client.get(paper)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert midori.client.get(paper).status_code == 404
    assert midori.client.get(f"/invoices/{midori.invoice.number}/credit/{note.number}.pdf").status_code == 404


@pytest.mark.article("business-network", "10")
def test_an_invoice_due_before_its_day_says_since_when_and_why(aoba: Customer) -> None:
    contract = things.contract("business-network", subscriber=aoba.subscriber)
    things.bill(date(2025, 11, 1))
    invoice = things.invoice(contract, date(2025, 11, 1))
    accelerate_debts(
        contract=contract,
        by=clock_user(),
        on=date(2025, 12, 3),
        ground="insolvency",
        since=date(2025, 12, 3),
        reason="破産手続開始の申立て",
    )
    page = aoba.see(f"/invoices/{invoice.number}/", "en")
    assert "Due before its day" in page
    assert "破産手続開始の申立て" in page
    assert "late interest runs from the day after" in page
    assert "2025年12月3日" in aoba.see("/invoices/")
