"""The collector of `make run`, over real HTTP on both sides."""

import json
import socket
import threading
import urllib.error
import urllib.request
from datetime import UTC, datetime
from wsgiref.simple_server import make_server

import pytest

from billing.collector.client import collector
from billing.collector.signature import check_signature
from config.collector import by_http
from tests import collecting


@pytest.fixture
def told():
    """A server of ours: its address, and the messages that it was told."""
    found = []

    def application(environ, start_response):
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        found.append((body, environ["HTTP_X_COLLECTOR_SIGNATURE"]))
        start_response("200 OK" if len(found) == 1 else "401 Unauthorized", [])
        return [b"{}"]

    with make_server("127.0.0.1", 0, application) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/collector/events/", found
        server.shutdown()


def ordered(amount=5610, method="card", expires_on="2999-12-04"):
    company = collector()
    return company.open_payment(
        order="202510-000001-1",
        amount=amount,
        method=method,
        description="2025年10月分 <請求>",
        expires_on=expires_on,
        return_url="http://127.0.0.1/back/",
    )


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *arguments):
        return None


def test_the_button_on_its_page_tells_our_server_and_sends_the_customer_back(settings, told):
    address, messages = told
    with collecting.serving(settings, by_http(address)):
        opened = ordered()
        with urllib.request.urlopen(opened.page_url) as page:
            shown = page.read().decode()
        assert "5,610円" in shown
        assert "&lt;請求&gt;" in shown
        with pytest.raises(urllib.error.HTTPError) as sent_back:
            urllib.request.build_opener(Stay).open(opened.page_url, data=b"")
        assert sent_back.value.headers["Location"] == "http://127.0.0.1/back/"
        sent_back.value.close()
        with urllib.request.urlopen(opened.page_url) as page:
            assert "お支払い済み" in page.read().decode()
    [(body, signature)] = messages
    check_signature(body, signature, secret=collecting.SECRET, at=datetime.now(UTC))
    assert json.loads(body)["payment"] == {"id": opened.id, "order": "202510-000001-1", "amount": 5610}


def press(opened, kind: str) -> None:
    """Press a button of its page, and stay there."""
    with pytest.raises(urllib.error.HTTPError) as sent_back:
        urllib.request.build_opener(Stay).open(opened.page_url, data=f"kind={kind}".encode())
    sent_back.value.close()
    assert sent_back.value.code == 303


def shown(opened) -> str:
    with urllib.request.urlopen(opened.page_url) as page:
        return page.read().decode()


def test_its_buttons_decline_a_card_let_a_number_run_out_and_take_a_payment_back(settings):
    bodies = []
    with collecting.serving(settings, lambda body, signature: bodies.append(body) or 200):
        card = ordered()
        press(card, "failed")
        assert "このカードは使えませんでした" in shown(card)
        assert "<button" not in shown(card)
        # The page that was left open changes nothing any more.
        with urllib.request.urlopen(card.page_url, data=b"kind=paid") as page:
            assert page.status == 200
    with collecting.serving(settings, lambda body, signature: bodies.append(body) or 200):
        store = ordered(method="convenience_store")
        assert "期限が切れたことにする" in shown(store)
        press(store, "paid")
        press(store, "reversed")
        assert "取り消されました" in shown(store)
    kinds = [json.loads(body)["type"] for body in bodies]
    assert kinds == ["payment.failed", "payment.paid", "payment.reversed"]


def test_after_its_last_day_a_payment_can_only_run_out(settings):
    bodies = []
    with collecting.serving(settings, lambda body, signature: bodies.append(body) or 200):
        late = ordered(method="convenience_store", expires_on="2025-12-04")
        press(late, "paid")
        assert "期限が切れました" in shown(late)
    assert [json.loads(body)["type"] for body in bodies] == ["payment.expired"]


def test_the_status_of_the_answer_comes_back(settings, told):
    address, _messages = told
    with collecting.serving(settings, by_http(address)) as company:
        opened = ordered(method="convenience_store")
        assert opened.receipt_number == "00000000001"
        assert ordered(method="convenience_store") == opened
        statuses = [company.tell(opened.id, "paid", at=datetime.now(UTC)) for _ in range(2)]
    assert statuses == [200, 401]


def asked(company, **headers):
    """The order of a caller that does not go through our client: the status and the answer."""
    body = {"order": "A-1", "amount": 5610, "currency": "JPY", "method": "card"}
    request = urllib.request.Request(
        f"{company.address}/v1/payments",
        data=json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {collecting.KEY}", **headers},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["id"]


def test_only_the_same_key_gives_the_same_order_again(settings):
    with collecting.serving(settings, lambda body, signature: 200) as company:
        without = [asked(company) for _ in range(2)]
        keyed = [asked(company, **{"Idempotency-Key": key}) for key in ("A-1", "A-1", "A-2")]
    assert keyed[0] == keyed[1]
    assert len({*without, *keyed}) == 4


def test_a_payment_of_which_our_server_cannot_be_told_is_said_so_and_can_be_made_again(settings, told):
    address, messages = told
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
        with collecting.serving(settings, by_http(closed)) as company:
            opened = ordered()
            with pytest.raises(urllib.error.HTTPError) as problem:
                urllib.request.urlopen(opened.page_url, data=b"")
            with problem.value as answer:
                page = answer.read().decode()
            assert answer.code == 502
            assert closed in page
            assert "このカードで支払う" in page, "it is not paid, so it can be"
            company.deliver = by_http(address)
            with pytest.raises(urllib.error.HTTPError) as sent_back:
                urllib.request.build_opener(Stay).open(opened.page_url, data=b"")
            sent_back.value.close()
    assert sent_back.value.code == 303
    assert len(messages) == 1


def test_what_was_ordered_can_still_be_paid_after_it_was_started_again(settings, tmp_path):
    bodies, file = [], tmp_path / "collector.json"
    with collecting.serving(settings, lambda body, signature: 200, kept_in=file):
        opened, other = ordered(), ordered(method="convenience_store")
        press(other, "paid")
    with collecting.serving(
        settings, lambda body, signature: bodies.append(body) or 200, kept_in=file
    ) as again:
        assert {order.id: order.state for order in again.orders.values()} == {
            opened.id: "open",
            other.id: "paid",
        }
        assert ordered().id == opened.id, "the same order asked for again is the same payment"
        assert again.tell(opened.id, "paid", at=datetime.now(UTC)) == 200
    assert json.loads(bodies[0])["payment"]["id"] == opened.id


def test_a_message_that_our_server_refuses_is_said_so_and_nothing_has_happened(settings):
    with collecting.serving(settings, lambda body, signature: 401) as company:
        opened = ordered()
        with pytest.raises(urllib.error.HTTPError) as problem:
            urllib.request.urlopen(opened.page_url, data=b"kind=paid")
        with problem.value as answer:
            assert "（401）" in answer.read().decode()
        assert (answer.code, company.orders[opened.id].state) == (502, "open")
