"""Where the simulated customers pay by card or at a till: a collector that collects nothing, spoken to over HTTP."""

import threading
from contextlib import AbstractContextManager
from datetime import datetime
from types import TracebackType

from billing.collector.client import Collector
from billing.models import CollectorOrder
from billing.services.take_collector_event import take_collector_event
from config.collector import Collector as Double
from config.collector import serve

_KEY, _SECRET = "simulated-year", "simulated-year"


class Tills(AbstractContextManager["Tills"]):
    """The collector's server while the year is lived. What it tells is taken at the time of that year, not of the clock."""

    def __init__(self, name: str) -> None:
        self._double = Double(key=_KEY, secret=_SECRET, deliver=lambda body, signature: 200, name=name)
        self._server = serve(self._double)

    def __enter__(self) -> "Tills":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def collector(self) -> Collector:
        """How to ask it."""
        return Collector(url=self._double.address, key=_KEY, secret=_SECRET)

    def tell(self, order: CollectorOrder, kind: str, *, at: datetime) -> None:
        """The customer did ``kind`` ("paid", "failed", …) at ``at``, and the operator is told."""
        body, signature = self._double.event(order.collector_id, kind, at=at)
        take_collector_event(body=body, signature=signature, secret=_SECRET, at=at)
