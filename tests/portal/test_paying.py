"""Customers pay an invoice at once, by card or at a till, and choose how they pay from now on."""

from datetime import date

import time_machine
from django.utils.html import strip_tags

from billing.models import CollectionAgency, CollectorOrder, Invoice, LumpPayment, PaymentReturn
from billing.services.make_partner_list import make_partner_list
from billing.services.make_transfer_request import make_transfer_request
from billing.services.open_account import open_account
from billing.services.record_payment import record_payment
from contracts.models import Partner
from tests import collecting, factories
from tests.billing import things
from tests.portal.customers import TODAY, Customer

NOON = factories.at(TODAY, 12)


def pay(who: Customer, method: str, invoice: Invoice | None = None):
    number = (invoice or who.invoice).number
    return who.client.post(f"/invoices/{number}/pay/{method}/")


def test_an_invoice_is_paid_at_a_till(aoba: Customer, settings) -> None:
    def deliver(body: bytes, signature: str) -> int:
        return aoba.client.post(
            "/collector/events/",
            body,
            content_type="application/json",
            headers={"X-Collector-Signature": signature},
        ).status_code

    with collecting.serving(settings, deliver) as company, time_machine.travel(NOON, tick=False):
        assert "コンビニエンスストアで支払う" in aoba.see(f"/invoices/{aoba.invoice.number}/")
        page = pay(aoba, "convenience_store")["Location"]
        order = CollectorOrder.objects.get()
        assert order.receipt_number in aoba.see(page)
        assert company.tell(order.collector_id, "paid", at=NOON) == 200
        assert "お支払いを確認しました" in aoba.see(page)
    aoba.invoice.refresh_from_db()
    assert aoba.invoice.state == Invoice.State.SETTLED


def test_nobody_pays_or_sees_another_ones(aoba: Customer, midori: Customer, settings) -> None:
    with collecting.serving(settings, lambda body, signature: 200):
        assert pay(midori, "card", aoba.invoice).status_code == 404
        page = pay(aoba, "card")["Location"]
    assert midori.client.get(page).status_code == 404


def test_what_the_collector_does_not_take_is_said_on_the_page(aoba: Customer, settings) -> None:
    with collecting.serving(settings, lambda body, signature: 200):
        settings.COLLECTOR_KEY = "another"
        answer = pay(aoba, "card")
    assert answer.status_code == 409
    assert "unknown_key" in answer.content.decode()


def test_without_a_collector_nothing_of_it_is_offered(aoba: Customer, settings) -> None:
    settings.COLLECTOR_URL = ""
    assert f"/invoices/{aoba.invoice.number}/pay/" not in aoba.see(f"/invoices/{aoba.invoice.number}/")
    assert pay(aoba, "card")["Location"] == f"/invoices/{aoba.invoice.number}/"
    assert not CollectorOrder.objects.exists()


def test_a_customer_chooses_how_to_pay_from_now_on(aoba: Customer) -> None:
    account = things.account(aoba.contract)
    assert "account_transfer" not in aoba.see("/profile/payment/")
    assert aoba.client.post("/profile/payment/", {"method": "account_transfer"}).status_code == 200
    assert aoba.client.post("/profile/payment/", {"method": "card"})["Location"] == "/profile/"
    account.refresh_from_db()
    assert account.method == "card"
    things.by_transfer(aoba.contract)
    open_account(subscriber=aoba.subscriber, by=aoba.user, method="card")
    # The bank account is on file, so it can be gone back to.
    assert aoba.client.post("/profile/payment/", {"method": "account_transfer"})["Location"] == "/profile/"


def test_a_customer_has_invoices_sent_by_post_and_reads_what_that_costs(aoba: Customer) -> None:
    things.tariff(
        None, 200, terms_code=aoba.contract.terms_code, kind="handling", occasion="invoice_letter",
        name="請求書発行手数料", article=f"{aoba.contract.terms_code} 39",
    )  # fmt: skip
    assert "電子メール" in aoba.see("/profile/")
    page = aoba.see("/profile/invoices/")
    assert "請求書発行手数料" in page
    assert "200円" in page
    assert aoba.client.post("/profile/invoices/", {"way": "pigeon"}).status_code == 200
    for _ in range(2):  # the same wish once more changes nothing
        assert aoba.client.post("/profile/invoices/", {"way": "post"})["Location"] == "/profile/"
    choice = things.account(aoba.contract).invoice_choices.get()
    assert choice.until is None
    assert aoba.client.post("/profile/invoices/", {"way": "email"})["Location"] == "/profile/"
    choice.refresh_from_db()
    assert choice.until is not None


def test_a_customer_reads_what_account_transfer_costs_before_choosing_it(aoba: Customer) -> None:
    things.tariff(
        None, 100, terms_code=aoba.contract.terms_code, kind="handling", occasion="account_transfer",
        name="口座振替手数料", article=f"{aoba.contract.terms_code} 39",
    )  # fmt: skip
    assert "口座振替手数料" not in aoba.see("/profile/payment/")
    things.by_transfer(aoba.contract)
    assert "口座振替手数料100円" in aoba.see("/profile/payment/")


def test_an_invoice_that_the_bank_was_asked_for_is_not_offered_to_be_paid_twice(
    aoba: Customer, settings
) -> None:
    things.by_transfer(aoba.contract)
    with collecting.serving(settings, lambda body, signature: 200):
        assert "クレジットカードで支払う" in aoba.see(f"/invoices/{aoba.invoice.number}/")
        make_transfer_request(
            account=things.collection_account(),
            debit_on=aoba.invoice.due_on,
            by=factories.staff(),
            at=factories.at(aoba.invoice.issued_on, 12),
        )
        page = aoba.see(f"/invoices/{aoba.invoice.number}/")
        assert "クレジットカードで支払う" not in page
        assert "口座振替の手続き中" in page
        assert pay(aoba, "card").status_code == 409


def test_what_a_partner_asks_for_is_said_with_its_name_and_not_offered_to_be_paid_twice(
    aoba: Customer, settings
) -> None:
    carrier = factories.partner(code="east", name="架空東日本", role=Partner.Role.INTERCONNECTED_CARRIER)
    agency = CollectionAgency.objects.create(
        contract=aoba.contract, partner=carrier, direction="by_partner", requested_on=aoba.invoice.issued_on,
        agreed_on=aoba.invoice.issued_on, article="hikari-line 60-1",
    )  # fmt: skip
    with collecting.serving(settings, lambda body, signature: 200):
        make_partner_list(partner=carrier, by=factories.staff(), at=NOON)
        page = aoba.see(f"/invoices/{aoba.invoice.number}/")
        assert "クレジットカードで支払う" not in page
        assert "このうち架空東日本が" in page
        assert pay(aoba, "card").status_code == 409
    assert agency.partner == carrier


def test_months_that_are_paid_together_are_named_while_they_wait_and_on_their_invoice(aoba: Customer) -> None:
    def agreed(month: date) -> None:
        LumpPayment.objects.create(
            account=things.account(aoba.contract), terms_code=aoba.contract.terms_code, first_month=date(2025, 9, 1),
            last_month=month, reason="移行", consented_on=date(2025, 9, 3), evidence="同意書", article="hikari-line 通則6",
        )  # fmt: skip

    number = f"/invoices/{aoba.invoice.number}/"
    assert "まとめて" not in aoba.see("/invoices/") + aoba.see(number)
    agreed(date(2026, 3, 1))
    assert "2025年9月分から2026年3月分までは" in aoba.see("/invoices/")
    assert "まとめて" not in aoba.see(number)
    agreed(aoba.invoice.month)
    assert "2025年9月分から2025年10月分までをまとめて" in aoba.see(number)


def test_a_payment_in_advance_says_that_it_bears_no_interest_and_what_went_back_of_it(aoba: Customer) -> None:
    things.pay(aoba.contract, aoba.invoice.open_amount, TODAY)
    payment = record_payment(
        account=things.account(aoba.contract), amount=5000, paid_on=TODAY, method="cash", reference="A-1",
        by=factories.staff(), at=NOON, advance_under="hikari-line 通則7",
    )  # fmt: skip
    page = strip_tags(aoba.see("/payments/"))
    assert ("前受金（利息は付きません）" in page, "5,000円は未充当" in page) == (True, True)
    PaymentReturn.objects.create(
        payment=payment, kind="refund", amount=4000, returned_on=TODAY, reason="残額"
    )
    page = strip_tags(aoba.see("/payments/"))
    assert ("4,000円を2025年11月20日に返金" in page, "1,000円は未充当" in page) == (True, True)
