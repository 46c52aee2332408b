"""How many times a second does the API tell a line's day, beside a bare Django view that returns the same bytes?

Ours: credential, limit, contract, rights, measurements, entity tag, log. Bare: a view function that reads the same rows and
writes the same JSON, and nothing around it. Both through the whole of Django's handler with its middleware, in one process
without a network, turn by turn. A line's day are 288 measurements.
"""

import json
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import include, path
from django.utils import timezone

from bench.database import database, execute, settle
from bench.ingest import fill_lines
from config.embedded import paths, valkey
from config.progress import step
from contracts.models import Contract, Line, Product, Subscriber
from contracts.moments import start_of
from lineinfo.api.times import written
from lineinfo.days import claim_days
from lineinfo.models import ApiContract, ApiUser, Measurement, TargetService
from lineinfo.services.issue_credential import issue_credential
from workflow.selectors import clock_user

_A_DAY = 288
_DAYS = 30
_CALLS = 300
_TURNS = 4
_TERMS, _TARGET = "line-info-api", "hikari-line"


def measure(sizes: Sequence[int], *, workers: int) -> list[dict[str, Any]]:
    """One row for each ten times so many stored measurements."""
    settings.ROOT_URLCONF, settings.LINEINFO_CALLS_PER_MINUTE = __name__, 10**9
    counter = valkey.start(paths.run_folder())
    try:
        found = []
        for size in sizes:
            rows = size * 10
            print(f"API over {rows:,} measurements", flush=True)
            with database():
                found.append(_one(rows))
        return found
    finally:
        counter.stop()


def _one(rows: int) -> dict[str, Any]:
    today = timezone.localdate()
    with step("stored days"):
        fill_lines(max(2, rows // (_A_DAY * _DAYS)))
        line = Line.objects.order_by("pk")[0]
        token = _customer(line, today)
        _fill(today)
        settle()
    query = {"from": start_of(today - timedelta(days=1)).isoformat(), "to": start_of(today).isoformat()}
    address = f"/api/v1/lines/{line.number}/measurements"
    ours: list[float] = []
    bare: list[float] = []
    handler, make = WSGIHandler(), RequestFactory(SERVER_NAME="localhost")
    heads = {"Authorization": f"Bearer {token}"}
    bodies = {
        _call(handler, make, address, query, heads)[1],
        _call(handler, make, f"/bare/{line.pk}", query, {})[1],
    }
    assert len(bodies) == 1, "the two do not answer with the same bytes"
    with step("calls"):
        for _turn in range(_TURNS):
            ours += [_call(handler, make, address, query, heads)[0] for _ in range(_CALLS)]
            bare += [_call(handler, make, f"/bare/{line.pk}", query, {})[0] for _ in range(_CALLS)]
    return {
        "stored": Measurement.objects.count(),
        "calls_a_second": round(len(ours) / sum(ours)),
        "bare_a_second": round(len(bare) / sum(bare)),
        "ratio": round(sum(bare) / sum(ours), 2),
        "p50_ms": _percentile(ours, 50),
        "p99_ms": _percentile(ours, 99),
        "bare_p50_ms": _percentile(bare, 50),
        "bare_p99_ms": _percentile(bare, 99),
    }


def _call(
    handler: WSGIHandler, make: RequestFactory, address: str, query: dict[str, str], heads: dict[str, str]
) -> tuple[float, bytes]:
    """Seconds until the answer is there, and its bytes."""
    environ = make.get(address, query, headers=heads).environ
    status: list[str] = []

    def begin(said: str, _heads: object, _error: object = None, /) -> Callable[[bytes], object]:
        status.append(said)
        return bytes

    began = time.perf_counter()
    answer = handler(environ, begin)
    body = b"".join(answer)
    took = time.perf_counter() - began
    answer.close()
    assert status == ["200 OK"], (status, body)
    return took, body


def _percentile(seconds: list[float], share: int) -> float:
    return round(sorted(seconds)[len(seconds) * share // 100] * 1000, 2)


def _customer(line: Line, today: date) -> str:
    """A contractor whose line it is; returns the token of an API user."""
    start = today - timedelta(days=2 * _DAYS)
    product = Product.objects.filter(terms_code=_TARGET, kind=Product.Kind.BASE).order_by("pk")[0]
    TargetService.objects.create(terms_code=_TERMS, product=product, since=start)
    subscriber = Subscriber.objects.create(
        kind=Subscriber.Kind.CORPORATION, name="計測", registered_on=start, email="bench@example.jp"
    )
    Contract.objects.create(
        subscriber=subscriber, terms_code=_TARGET, product=product, line=line, state=Contract.State.ACTIVE,
        applied_on=start, formed_on=start, service_start=start, live=(start, None),
    )  # fmt: skip
    api = ApiContract.objects.create(
        subscriber=subscriber, terms_code=_TERMS, state=ApiContract.State.ACTIVE, applied_on=start, accepted_on=start
    )  # fmt: skip
    user = ApiUser.objects.create(
        api_contract=api, name="計測", organisation="計測", email="bench@example.jp", viewing_consent_on=start,
        supply_consent_on=start, registered_on=start,
    )  # fmt: skip
    return issue_credential(api_user=user, by=clock_user(), at=timezone.now()).token


def _fill(today: date) -> None:
    """Thirty days of every line, up to yesterday."""
    days = [today - timedelta(days=back) for back in range(_DAYS, 0, -1)]
    for day in days:
        claim_days([day])
        execute(
            "INSERT INTO lineinfo_measurement"
            " (line_id, at, seconds, bytes_down, bytes_up, connected_seconds, errors, optical_dbm, revision, late)"
            " SELECT line.id, %s + n * interval '5 minutes', 300, 1000000 + line.id * n, 100000 + n, 300, n %% 7, -18.25, 0, false"
            " FROM generate_series(0, 287) n, contracts_line line",
            [start_of(day)],
        )


def bare(request: HttpRequest, line: int) -> HttpResponse:
    """What somebody writes who wants these bytes and nothing else."""
    from_, to = (datetime.fromisoformat(request.GET[name]) for name in ("from", "to"))
    rows = Measurement.objects.filter(line_id=line, at__gte=from_, at__lt=to).order_by("at")
    items = [
        {
            "at": written(at),
            "seconds": seconds,
            "bytes_down": down,
            "bytes_up": up,
            "connected_seconds": connected,
            "errors": errors,
            "optical_dbm": None if dbm is None else float(dbm),
            "corrected": revision > 0,
        }
        for at, seconds, down, up, connected, errors, dbm, revision in rows.values_list(
            "at",
            "seconds",
            "bytes_down",
            "bytes_up",
            "connected_seconds",
            "errors",
            "optical_dbm",
            "revision",
        )
    ]
    body = {
        "line": Line.objects.values_list("number", flat=True).get(pk=line),
        "from": written(from_),
        "to": written(to),
        "resolution": "raw",
        "items": items,
        "next_cursor": None,
    }
    return HttpResponse(json.dumps(body, separators=(",", ":")), content_type="application/json")


urlpatterns = [path("bare/<int:line>", bare), path("", include("config.urls"))]
