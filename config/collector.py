"""A payment collector that collects nothing, but speaks as one does (docs/payment-collector.md): for the demonstration and the tests.

``python -m config.collector`` listens on 127.0.0.1, port COLLECTOR_PORT, until it is told to end, and tells the web
server on WEB_PORT what its pages' buttons say: a card that was charged, a till at which somebody paid.
"""

import json
import signal
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from html import escape
from http.client import HTTPException
from pathlib import Path
from secrets import token_hex
from types import FrameType
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from billing.collector.signature import sign
from config.embedded.paths import run_folder

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_JAPAN = timezone(timedelta(hours=9))

STORE_LIMIT = 300_000
"""Yen that a till takes at most."""

_SAID = {
    "paid": "お支払い済みです。",
    "failed": "このカードは使えませんでした。",
    "expired": "お支払いの期限が切れました。",
    "reversed": "お支払いは取り消されました。",
}
"""What its page says of a payment that is over."""

_BUTTONS = {
    ("card", "open"): {"paid": "このカードで支払う", "failed": "カードが使えなかったことにする"},
    ("convenience_store", "open"): {"paid": "レジで支払ったことにする", "expired": "期限が切れたことにする"},
    ("card", "paid"): {"reversed": "支払いを取り消したことにする"},
    ("convenience_store", "paid"): {"reversed": "支払いを取り消したことにする"},
}
"""What can be made to happen on its page, by method and state: the event, and the button's words."""

Deliver = Callable[[bytes, str], int]
"""Gives an event (body, signature) to whom it concerns; the HTTP status of the answer. NotTold where nobody answers."""


class NotTold(Exception):
    """Whom an event concerns could not be reached, so nothing has happened; the message can be shown."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """One payment that was asked for."""

    id: str
    number: int
    order: str
    amount: int
    method: str
    description: str
    return_url: str
    expires_on: str = ""
    state: str = "open"

    @property
    def buttons(self) -> dict[str, str]:
        """The events that can follow, each with the words of its button."""
        return _BUTTONS.get((self.method, self.state), {})

    def is_over(self, at: datetime) -> bool:
        """Whether its last day has passed unpaid, on the Japanese clock."""
        today = at.astimezone(_JAPAN).date().isoformat()
        return self.state == "open" and bool(self.expires_on) and self.expires_on < today

    @property
    def receipt_number(self) -> str:
        """What the customer says at the till."""
        return f"{self.number:011d}" if self.method == "convenience_store" else ""


class Collector:
    """The collector as a WSGI application. Its orders live as long as it does, or as long as the file that keeps them."""

    def __init__(
        self, *, key: str, secret: str, deliver: Deliver, name: str = "", kept_in: Path | None = None
    ) -> None:
        """``name`` tells its payments from those of another; by chance where it is left out. ``kept_in``: the file in which
        another one's orders were kept, which this one continues."""
        self.name = name or token_hex(4)
        self.key = key
        self.secret = secret
        self.deliver = deliver
        self.address = ""
        self.orders: dict[str, Order] = {}
        self._keys: dict[str, str] = {}
        self._events = 0
        self._lock = threading.Lock()
        self._kept_in = kept_in
        if kept_in and kept_in.exists():
            kept = json.loads(kept_in.read_text())
            self.orders = {each["id"]: Order(**each) for each in kept["orders"]}
            self._keys = kept["keys"]

    def _keep(self) -> None:
        """Write the orders down; the caller holds the lock."""
        if self._kept_in:
            kept = {"orders": [asdict(order) for order in self.orders.values()], "keys": self._keys}
            self._kept_in.write_text(json.dumps(kept))

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if (method, path) == ("POST", "/v1/payments"):
            return _json(start_response, *self._open(environ))
        order = self.orders.get(path.removeprefix("/pay/"))
        if order is None or not path.startswith("/pay/"):
            return _json(start_response, 404, {"error": "not_found"})
        if method == "POST":
            return self._press(start_response, order, _pressed(environ))
        return _page(start_response, order)

    def _press(self, start_response: "StartResponse", order: Order, kind: str) -> list[bytes]:
        """A button of a payment's page: what it says has happened, and the customer goes back to the shop."""
        at = datetime.now(UTC)
        if kind not in order.buttons:
            # Pressed on a page that was left open: it is paid, or over, already.
            return _page(start_response, order)
        try:
            status = self.tell(order.id, "expired" if order.is_over(at) else kind, at=at)
        except NotTold as error:
            return _page(start_response, order, status="502 Bad Gateway", problem=str(error))
        if status >= 400:
            problem = f"お店が知らせを受け付けませんでした（{status}）。何も起きていません。"
            return _page(start_response, order, status="502 Bad Gateway", problem=problem)
        start_response("303 See Other", [("Location", order.return_url)])
        return []

    def _open(self, environ: "WSGIEnvironment") -> tuple[int, dict[str, Any]]:
        if environ.get("HTTP_AUTHORIZATION") != f"Bearer {self.key}":
            return 401, {"error": "unknown_key"}
        try:
            asked = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
            amount, method, name = int(asked["amount"]), str(asked["method"]), str(asked["order"])
        except (ValueError, KeyError, TypeError):
            return 400, {"error": "unreadable"}
        if method not in ("card", "convenience_store") or asked.get("currency") != "JPY" or amount <= 0:
            return 422, {"error": "not_offered"}
        if method == "convenience_store" and amount > STORE_LIMIT:
            return 422, {"error": "amount_too_large"}
        idempotency = environ.get("HTTP_IDEMPOTENCY_KEY", "")
        with self._lock:
            # Without a key nothing says that it was asked before.
            found = self.orders.get(self._keys.get(idempotency, "")) if idempotency else None
            if found is None:
                found = Order(
                    id=f"pay_{self.name}_{len(self.orders) + 1}",
                    number=len(self.orders) + 1,
                    order=name,
                    amount=amount,
                    method=method,
                    description=str(asked.get("description", "")),
                    return_url=str(asked.get("return_url", "")),
                    expires_on=str(asked.get("expires_on", "")),
                )
                self.orders[found.id] = found
                self._keys[idempotency] = found.id
                self._keep()
        return 201, {
            "id": found.id,
            "state": found.state,
            "page_url": f"{self.address}/pay/{found.id}",
            "receipt_number": found.receipt_number,
        }

    def event(self, payment: str, kind: str, *, at: datetime) -> tuple[bytes, str]:
        """A new event about a payment, and its signature."""
        order = self.orders[payment]
        with self._lock:
            self._events += 1
            number = self._events
        body = json.dumps(
            {
                "id": f"evt_{self.name}_{number}",
                "type": f"payment.{kind}",
                "at": at.isoformat(),
                "payment": {"id": order.id, "order": order.order, "amount": order.amount},
            }
        ).encode()
        return body, sign(body, secret=self.secret, at=at)

    def tell(self, payment: str, kind: str, *, at: datetime) -> int:
        """The customer paid, or did not ("failed", "expired"), or it was taken back ("reversed"): whom it concerns is told.

        NotTold where nobody answers. The payment is as it was then, and where the answer refuses the message.
        """
        status = self.deliver(*self.event(payment, kind, at=at))
        if status >= 400:
            return status
        with self._lock:
            self.orders[payment] = replace(self.orders[payment], state=kind)
            self._keep()
        return status


class _Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


def serve(collector: Collector, *, port: int = 0) -> WSGIServer:
    """A server that speaks for ``collector`` on 127.0.0.1; port 0 takes a free one. Its ``serve_forever`` is the caller's to run."""
    server = make_server("127.0.0.1", port, collector, handler_class=_Quiet)
    collector.address = f"http://127.0.0.1:{server.server_port}"
    return server


def by_http(address: str) -> Deliver:
    """Delivers events by POST to ``address``."""

    def deliver(body: bytes, signature: str) -> int:
        request = urllib.request.Request(
            address,
            data=body,
            headers={"Content-Type": "application/json", "X-Collector-Signature": signature},
        )
        try:
            with urllib.request.urlopen(request, timeout=15) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except (OSError, HTTPException) as error:
            raise NotTold(f"{address} に届きません（{error}）。もう一度お試しください。") from error

    return deliver


def _json(start_response: "StartResponse", status: int, data: dict[str, Any]) -> list[bytes]:
    start_response(f"{status} -", [("Content-Type", "application/json")])
    return [json.dumps(data).encode()]


def _pressed(environ: "WSGIEnvironment") -> str:
    """The event that the pressed button stands for; "paid" where none is named."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    return str(urllib.parse.parse_qs(body.decode(errors="replace")).get("kind", ["paid"])[0])


def _page(
    start_response: "StartResponse", order: Order, *, status: str = "200 OK", problem: str = ""
) -> list[bytes]:
    where = f"払込番号 {order.receipt_number}" if order.receipt_number else "クレジットカード"
    buttons = "".join(
        f'<p><button name="kind" value="{kind}">{words}</button></p>' for kind, words in order.buttons.items()
    )
    said = f"<p>{_SAID[order.state]}</p>" if order.state in _SAID else ""
    action = f'{said}<form method="post">{buttons}</form>'
    alert = f'<p role="alert">{escape(problem)}</p>' if problem else ""
    start_response(status, [("Content-Type", "text/html; charset=utf-8")])
    return [
        (
            '<!doctype html><html lang="ja"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width"><title>見本の収納代行</title>'
            f"<h1>見本の収納代行（実際のお金は動きません）</h1><p>{escape(order.description)}</p>"
            f"<p>{order.amount:,}円 {where}</p>{alert}{action}"
        ).encode()
    ]


def main() -> None:
    from django.conf import settings

    collector = Collector(
        key=settings.COLLECTOR_KEY,
        secret=settings.COLLECTOR_SECRET,
        deliver=by_http(f"http://127.0.0.1:{settings.WEB_PORT}/collector/events/"),
        kept_in=run_folder() / "collector.json",
    )
    with serve(collector, port=settings.COLLECTOR_PORT) as server:

        def end(number: int, frame: FrameType | None) -> None:
            # shutdown() waits for the loop that this very thread runs.
            threading.Thread(target=server.shutdown).start()

        signal.signal(signal.SIGINT, end)
        signal.signal(signal.SIGTERM, end)
        print(f"Collecting nothing at {collector.address}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
