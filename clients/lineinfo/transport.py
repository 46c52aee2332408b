"""How the client calls: over HTTPS with the credential, compressed, patient where the API asks to wait."""

import gzip
import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import IO, Any


class ApiProblem(Exception):
    """A refusal. ``code`` is stable; ``body`` is the whole problem (RFC 9457); ``retry_after`` in seconds where it says."""

    def __init__(self, status: int, body: dict[str, Any], retry_after: int | None) -> None:
        super().__init__(f"{status} {body.get('code', '')}: {body.get('detail', '')}")
        self.status = status
        self.code: str = body.get("code", "")
        self.body = body
        self.retry_after = retry_after


class Transport:
    """One credential at one address, such as https://api.example.jp.

    ``patience``: for how many seconds one call may wait in all where the API is interrupted or was called too often; it waits by
    ``sleep``.
    """

    def __init__(
        self,
        address: str,
        credential: str,
        *,
        patience: float = 0,
        timeout: float = 30,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._address = address.rstrip("/")
        self._credential = credential
        self._patience = patience
        self._timeout = timeout
        self._sleep = sleep

    def _json(
        self, method: str, path: str, query: Mapping[str, Any], body: object = None, key: str | None = None
    ) -> Any:
        with self._open(method, path, query, body=body, key=key) as answer:
            return json.load(answer)

    def _deliver(self, method: str, path: str, body: bytes, media_type: str, key: str | None = None) -> Any:
        with self._open(method, path, {}, body=body, key=key, media_type=media_type) as answer:
            return json.load(answer)

    def _lines(self, path: str, query: Mapping[str, Any]) -> Iterator[Any]:
        with self._open("GET", path, query, accept="application/x-ndjson") as answer:
            for line in answer:
                yield json.loads(line)

    def _open(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any],
        *,
        accept: str = "application/json",
        body: object = None,
        key: str | None = None,
        media_type: str = "application/json",
    ) -> IO[bytes]:
        given = {name: _text(value) for name, value in query.items() if value is not None}
        address = f"{self._address}{path}{'?' if given else ''}{urllib.parse.urlencode(given)}"
        heads = {
            "Authorization": f"Bearer {self._credential}",
            "Accept": accept,
            "Accept-Encoding": "gzip",
        }
        data = None
        if body is not None:
            # The same key each time that this call is tried: it is carried out once.
            heads |= {"Content-Type": media_type, "Idempotency-Key": key or uuid.uuid4().hex}
            if isinstance(body, bytes):
                data = gzip.compress(body, mtime=0)
                heads["Content-Encoding"] = "gzip"
            else:
                data = json.dumps(body).encode()
        request = urllib.request.Request(address, data=data, headers=heads, method=method)
        waited = 0.0
        while True:
            try:
                answer = urllib.request.urlopen(request, timeout=self._timeout)
            except urllib.error.HTTPError as error:
                problem = _problem(error)
                wait = problem.retry_after
                if wait is None or waited + wait > self._patience:
                    raise problem from None
                self._sleep(wait)
                waited += wait
                continue
            packed = answer.headers.get("Content-Encoding") == "gzip"
            return gzip.GzipFile(fileobj=answer) if packed else answer  # type: ignore[return-value]  # it reads like one


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _problem(error: urllib.error.HTTPError) -> ApiProblem:
    with error:
        raw = error.read()
    if error.headers.get("Content-Encoding") == "gzip":
        raw = gzip.decompress(raw)
    try:
        body = json.loads(raw)
    except ValueError:
        body = {"detail": raw.decode(errors="replace")[:200]}  # not ours: a proxy on the way
    after = error.headers.get("Retry-After", "")
    return ApiProblem(error.code, body, int(after) if after.isdigit() else None)
