"""What billing does with accounts and payments."""

import pytest

from billing.models import (
    BillingAccount,
    Invoice,
    Payment,
    PaymentReturn,
)
from tests import factories
from tests.admin.day import TODAY
from tests.admin.pressing import buttons, done, press
from tests.billing import things

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


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


@pytest.mark.article("hikari-line", "通則7")
def test_the_page_of_a_payment_in_advance_says_its_article_and_how_it_was_asked_for(with_role):
    things.standing()
    account = things.account(things.contract("hikari-line", 6000))
    client = with_role("billing")
    response = press(client, account, "advance", terms_code="hikari-line", amount=1000, paid_on=TODAY,
                     method="cash", reference="A-1", wish="電話で申出")  # fmt: skip
    assert done(response)
    page = client.get(f"/staff/billing/payment/{Payment.objects.get().pk}/change/").content.decode()
    assert ("前受金" in page, "電話で申出" in page) == (True, True)
    PaymentReturn.objects.create(
        payment=Payment.objects.get(), kind="refund", amount=1000, returned_on=TODAY, reason="解約による"
    )
    page = client.get(f"/staff/billing/payment/{Payment.objects.get().pk}/change/").content.decode()
    assert ("解約による" in page, "未充当の入金として" in page) == (True, False)
