"""The payment collector as `make run` starts it, on a free port; what it tells goes where a test says."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.collector import Collector, Deliver, serve

KEY, SECRET = "our-key", "their-secret"


@contextmanager
def serving(settings, deliver: Deliver, kept_in: Path | None = None) -> Iterator[Collector]:
    """A collector that listens, with the settings that make it ours."""
    collector = Collector(key=KEY, secret=SECRET, deliver=deliver, kept_in=kept_in)
    server = serve(collector)
    settings.COLLECTOR_URL, settings.COLLECTOR_KEY, settings.COLLECTOR_SECRET = collector.address, KEY, SECRET
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield collector
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
