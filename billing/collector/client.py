"""What we ask a payment collector: to take one payment. The one place that speaks to it."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

SECONDS = 15
"""So long the collector may take to answer."""


class CollectorError(Exception):
    """The collector does not take this payment, or does not answer. The message can be shown to the customer."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A payment that the collector waits for: its own ID, and the page (card) or the number (convenience store)."""

    id: str
    page_url: str = ""
    receipt_number: str = ""


@dataclass(frozen=True, kw_only=True)
class Collector:
    """Where a collector listens, the key that it knows us by, and the secret with which it signs."""

    url: str
    key: str
    secret: str

    def open_payment(
        self, *, order: str, amount: int, method: str, description: str, expires_on: str, return_url: str
    ) -> Opened:
        """Ask for ``amount`` yen. The same ``order`` again is answered with the same payment. CollectorError."""
        body = {
            "order": order,
            "amount": amount,
            "currency": "JPY",
            "method": method,
            "description": description,
            "expires_on": expires_on,
            "return_url": return_url,
        }
        answer = self._post("/v1/payments", body, idempotency_key=order)
        try:
            return Opened(
                id=str(answer["id"]),
                page_url=str(answer.get("page_url") or ""),
                receipt_number=str(answer.get("receipt_number") or ""),
            )
        except KeyError as error:
            raise CollectorError(_("The payment company’s answer cannot be understood.")) from error

    def _post(self, path: str, body: dict[str, Any], *, idempotency_key: str) -> dict[str, Any]:
        request = urllib.request.Request(
            self.url.rstrip("/") + path,
            data=json.dumps(body, ensure_ascii=False).encode(),
            headers={
                "Authorization": f"Bearer {self.key}",
                "Content-Type": "application/json; charset=utf-8",
                "Idempotency-Key": idempotency_key,
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as response:
                answer = json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                raise CollectorError(_refused(error)) from error
        except (OSError, HTTPException, ValueError) as error:
            raise CollectorError(
                _("The payment company does not answer at the moment; try again later.")
            ) from error
        if not isinstance(answer, dict):
            raise CollectorError(_("The payment company’s answer cannot be understood."))
        return answer


def _refused(error: urllib.error.HTTPError) -> str:
    try:
        code = json.load(error).get("error", "")
    except (ValueError, AttributeError):
        code = ""
    if code == "amount_too_large":
        return _("At convenience stores up to 300,000 yen can be paid; choose another way.")
    return _("The payment company did not take the order (%(code)s).") % {"code": code or error.code}


def collector() -> Collector | None:
    """The collector of the settings; None where the operator has none, and then nothing of it is offered."""
    if not settings.COLLECTOR_URL:
        return None
    return Collector(url=settings.COLLECTOR_URL, key=settings.COLLECTOR_KEY, secret=settings.COLLECTOR_SECRET)
