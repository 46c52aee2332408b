"""Card and convenience-store payments: ordered over HTTP, told by signed messages, each taken once."""

import json
import socket
import threading
from datetime import date, timedelta
from http.client import parse_headers

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.utils import ProgrammingError
from django.test import Client

from billing.books.journal import trial_balance, unbalanced
from billing.collector.client import collector
from billing.collector.event import BadEvent
from billing.collector.signature import BadSignature, sign
from billing.models import CollectorEvent, CollectorOrder, Invoice, Payment
from billing.services.agree_collection import agree_collection
from billing.services.make_partner_list import make_partner_list
from billing.services.make_transfer_request import make_transfer_request
from billing.services.open_collector_order import open_collector_order
from billing.services.take_collector_event import take_collector_event
from billing.services.take_transfer_result import take_transfer_result
from billing.zengin import account_transfer as zengin
from contracts.models import Contract, Partner
from tests import collecting, factories
from tests.billing import things

ON = date(2025, 6, 20)
AT = factories.at(ON, 12)

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(settings):
    things.standing()
    with collecting.serving(settings, lambda body, signature: 200) as found:
        yield found


def billed(amount: int = 10000) -> Contract:
    contract = things.contract("hikari-line", amount)
    things.bill(date(2025, 5, 1))
    return contract


def order(contract: Contract, method: str = "card", *, at=AT) -> CollectorOrder:
    company = collector()
    assert company
    return open_collector_order(
        invoice=things.invoice(contract),
        method=method,
        collector=company,
        return_url=lambda made: f"http://127.0.0.1/{made.pk}",
        by=things.people()[0],
        at=at,
    )


def tell(company, made: CollectorOrder, kind: str, *, at=AT, again: int = 1) -> CollectorEvent:
    body, signature = company.event(made.collector_id, kind, at=at)
    found = [
        take_collector_event(body=body, signature=signature, secret=collecting.SECRET, at=at)
        for _ in range(again)
    ]
    made.refresh_from_db()
    return found[-1]


@pytest.mark.parametrize("method", ["card", "convenience_store"])
def test_what_was_ordered_and_paid_settles_the_invoice_and_stands_in_the_books(company, method):
    contract = billed()
    made = order(contract, method)
    assert made.page_url.startswith(company.address)
    assert bool(made.receipt_number) is (method == "convenience_store")
    tell(company, made, "paid")
    assert made.state == CollectorOrder.State.PAID
    assert (made.payment.amount, made.payment.method, made.payment.paid_on) == (11000, method, ON)
    assert things.invoice(contract).state == Invoice.State.SETTLED
    balances = {each.account: each.balance for each in trial_balance(since=ON, until=ON + timedelta(1))}
    assert balances[method] == 11000
    assert unbalanced() == []


def test_a_message_sent_again_is_taken_once(company):
    made = order(billed())
    tell(company, made, "paid", again=3)
    assert (CollectorEvent.objects.count(), Payment.objects.count()) == (1, 1)


def test_a_second_message_about_the_same_payment_records_no_second_one(company):
    made = order(billed())
    tell(company, made, "paid")
    tell(company, made, "paid")
    assert (CollectorEvent.objects.count(), Payment.objects.count()) == (2, 1)


def test_a_forged_changed_or_old_message_is_refused_and_changes_nothing(company):
    made = order(billed())
    body, signature = company.event(made.collector_id, "paid", at=AT)
    forged = sign(body, secret="another", at=AT)
    for sent, header, at in (
        (body, forged, AT),
        (body, "", AT),
        (body.replace(b"11000", b"99000"), signature, AT),
        (body, signature, AT + timedelta(minutes=6)),
    ):
        with pytest.raises(BadSignature):
            take_collector_event(body=sent, signature=header, secret=collecting.SECRET, at=at)
    assert not CollectorEvent.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"type": "payment.guessed"},
        {"at": "yesterday"},
        {"at": "2025-06-20T12:00:00"},
        {"id": ""},
        {"payment": None},
        {"payment": {"id": "pay_x", "order": "x-1", "amount": 11000}},
        {"payment": {"id": "pay_x", "order": "none", "amount": 11000}},
        {"payment": {"id": "pay_x", "order": "x-1", "amount": True}},
    ],
)
def test_a_signed_message_that_cannot_be_understood_is_refused(company, change):
    made = order(billed())
    body, _signature = company.event(made.collector_id, "paid", at=AT)
    changed = json.dumps(json.loads(body) | change).encode()
    with pytest.raises(BadEvent):
        take_collector_event(
            body=changed,
            signature=sign(changed, secret=collecting.SECRET, at=AT),
            secret=collecting.SECRET,
            at=AT,
        )
    assert not Payment.objects.exists()


def test_the_same_order_asked_for_twice_is_one_and_another_sum_is_another(company):
    contract = billed()
    first = order(contract)
    assert order(contract) == first
    things.pay(contract, 1000, ON)
    second = order(contract)
    first.refresh_from_db()
    assert (first.state, second.amount) == (CollectorOrder.State.EXPIRED, 10000)
    # The customer still had the old page open: the money is taken, and what is too much stays on the account.
    tell(company, first, "paid")
    assert first.state == CollectorOrder.State.PAID
    assert (first.payment.unallocated, things.invoice(contract).state) == (1000, Invoice.State.SETTLED)


def test_a_declined_card_or_a_number_that_ran_out_leaves_the_debt(company):
    contract = billed()
    for kind, state in (("failed", "failed"), ("expired", "expired")):
        made = order(contract)
        tell(company, made, kind)
        assert made.state == state
    assert things.invoice(contract).open_amount == 11000


def test_a_payment_that_the_collector_takes_back_is_owed_again(company):
    contract = billed()
    made = order(contract, "convenience_store")
    tell(company, made, "paid")
    tell(company, made, "reversed", again=2)
    assert (made.state, things.invoice(contract).open_amount) == (CollectorOrder.State.REVERSED, 11000)
    assert unbalanced() == []


def test_a_till_takes_no_more_than_its_limit_and_the_order_stays_as_failed(company):
    contract = billed(300_000)
    with pytest.raises(ValidationError, match="300,000"):
        order(contract, "convenience_store")
    assert CollectorOrder.objects.get().state == CollectorOrder.State.FAILED
    assert order(contract, "card").amount == 330_000


def test_a_collector_that_does_not_answer_or_does_not_know_us_is_said_so(company, settings):
    contract = billed()
    settings.COLLECTOR_KEY = "another"
    with pytest.raises(ValidationError, match="unknown_key"):
        order(contract)
    settings.COLLECTOR_URL = "http://127.0.0.1:9"
    with pytest.raises(ValidationError, match="does not answer"):
        order(contract)
    with socket.create_server(("127.0.0.1", 0)) as garbling:
        settings.COLLECTOR_URL = f"http://127.0.0.1:{garbling.getsockname()[1]}"
        talking = threading.Thread(target=_garble, args=[garbling])
        talking.start()
        with pytest.raises(ValidationError, match="does not answer"):
            order(contract)
        talking.join()
    assert set(CollectorOrder.objects.values_list("state", flat=True)) == {"failed"}


def _garble(server):
    connection, _address = server.accept()
    with connection, connection.makefile("rb") as request:
        request.readline()
        request.read(int(parse_headers(request)["Content-Length"]))
        connection.sendall(b"this is no HTTP\r\n\r\n")


def test_a_payment_whose_order_was_never_answered_is_taken_all_the_same(company):
    contract = billed()
    made = order(contract)
    CollectorOrder.objects.update(collector_id="", state="failed")
    body, signature = company.event(made.collector_id, "paid", at=AT)
    take_collector_event(body=body, signature=signature, secret=collecting.SECRET, at=AT)
    assert things.invoice(contract).state == Invoice.State.SETTLED


def test_nothing_is_ordered_for_what_is_paid_or_in_a_way_that_is_none(company):
    contract = billed()
    with pytest.raises(ValidationError, match="card or convenience store"):
        order(contract, "cash")
    things.pay(contract, 11000, ON)
    with pytest.raises(ValidationError, match="Nothing is owed"):
        order(contract)


def test_what_the_collector_told_is_never_changed(company):
    tell(company, order(billed()), "paid")
    with pytest.raises(ProgrammingError), transaction.atomic():
        CollectorEvent.objects.update(body="")


def test_the_address_for_messages_answers_by_status(company, client: Client):
    contract = billed()
    made = order(contract)
    body, signature = company.event(made.collector_id, "paid", at=AT)

    def post(sent: bytes, header: str) -> int:
        return client.post(
            "/collector/events/",
            sent,
            content_type="application/json",
            headers={"X-Collector-Signature": header},
        ).status_code

    with time_machine.travel(AT, tick=False):
        assert [post(body, signature), post(body, signature)] == [200, 200]
        assert post(body, "t=1,v1=" + "0" * 64) == 401
        assert post(b"[]", sign(b"[]", secret=collecting.SECRET, at=AT)) == 422
        assert client.get("/collector/events/").status_code == 405
    assert things.invoice(contract).state == Invoice.State.SETTLED


def test_without_a_collector_there_is_no_such_address(client: Client, settings):
    settings.COLLECTOR_URL = ""
    assert client.post("/collector/events/", b"{}", content_type="application/json").status_code == 404


def test_what_a_bank_was_asked_for_is_paid_here_only_if_the_bank_does_not_debit_it(company):
    contract = billed()
    things.by_transfer(contract)
    request = make_transfer_request(
        account=things.collection_account(), debit_on=date(2025, 6, 27), by=things.people()[0], at=AT
    )
    with pytest.raises(ValidationError, match="The bank was asked to debit"):
        order(contract)
    assert not CollectorOrder.objects.exists()
    asked = zengin.read(bytes(request.content))
    debits = tuple(debit.answered("1") for debit in asked.debits)
    answered = zengin.Transfer(collector=asked.collector, debit_day=asked.debit_day, debits=debits)
    later = factories.at(date(2025, 6, 27), 18)
    take_transfer_result(
        content=zengin.write(answered, line_ends=True), name="x", by=things.people()[0], at=later
    )
    assert order(contract, at=later).state == CollectorOrder.State.OPEN


@pytest.mark.article("hikari-line", "60")
def test_what_a_partner_asks_for_is_not_paid_here_beside_it(company):
    contract = things.contract("hikari-line", 10000)
    carrier = factories.partner(code="east", name="架空東日本", role=Partner.Role.INTERCONNECTED_CARRIER)
    agree_collection(
        contract=contract, partner=carrier, direction="by_partner", requested_on=date(2025, 5, 10), doubtful=False,
        partner_agrees=True, hindrance=False, by=things.people()[0], on=date(2025, 5, 20),
    )  # fmt: skip
    beside = things.contract("hikari-line", 3000, subscriber=contract.subscriber)
    things.bill(date(2025, 5, 1))
    make_partner_list(partner=carrier, by=things.people()[0], at=AT)
    assert order(contract).amount == things.invoice(contract).open_amount - 11000 == 3300
    assert things.invoice(beside) == things.invoice(contract)
    things.pay(contract, 3300, ON)
    with pytest.raises(ValidationError, match="架空東日本 asks for invoice"):
        order(contract)
