"""Recording that all debts fell due, seeing it on the invoice, and giving time again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from billing.models import Invoice
from contracts.models import Acceleration
from tests import factories
from tests.admin.pressing import buttons, done, errors, press, text
from tests.admin.world import TODAY
from tests.billing import things

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def page(client, obj) -> str:
    name = f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change"
    return text(client.get(reverse(name, args=[obj.pk])).content.decode())


def test_credit_control_records_it_and_the_invoice_shows_when_it_is_due_and_why(with_role, clock):
    things.standing()
    client, contract = with_role("credit_control"), things.contract("business-network")
    things.bill((TODAY.replace(day=1) - timedelta(1)).replace(day=1))
    invoice: Invoice = things.invoice(contract)
    assert invoice.due_on is not None
    assert invoice.due_on > TODAY + timedelta(1)
    assert done(
        press(
            client,
            contract,
            "accelerate",
            ground="insolvency",
            reason="申立て",
            since=TODAY,
        )
    )
    clock.shift(timedelta(days=1))
    made = Acceleration.objects.get()
    shown = page(client, invoice)
    assert "business-network 10-2" in shown
    assert "期限超過" in shown or "延滞" in shown
    assert "申立て" in page(client, made)
    overdue = client.get(reverse("admin:billing_invoice_changelist"), {"due": "overdue"})
    assert str(invoice.number) in overdue.content.decode()
    assert done(press(client, made, "withdraw", reason="申立ての取下げ"))
    assert buttons(client, made) == []
    overdue = client.get(reverse("admin:billing_invoice_changelist"), {"due": "overdue"})
    assert str(invoice.number) not in overdue.content.decode()


def test_what_the_document_refuses_stands_at_its_field(with_role):
    client, contract = with_role("credit_control"), factories.contract("business-network")
    ahead = press(
        client, contract, "accelerate", ground="insolvency", reason="申立て", since=TODAY + timedelta(1)
    )
    assert errors(ahead, "since")
    undemanded = press(client, contract, "accelerate", ground="unpaid", reason="未払い", since=TODAY)
    assert errors(undemanded, "ground")
    assert not Acceleration.objects.exists()


def test_the_button_is_there_only_where_the_document_has_it(with_role):
    client = with_role("credit_control")
    assert "accelerate" in buttons(client, factories.contract("business-network"))
    assert "accelerate" not in buttons(client, factories.contract("isp-access"))
