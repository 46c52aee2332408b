"""Why the API says no: one code for each reason, stable, in the form of RFC 9457."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """One kind of problem. ``title`` is short and the same each time; ``advice`` says what the caller can do."""

    code: str
    status: int
    title: Promise
    advice: Promise


KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            "unauthenticated",
            401,
            _("No valid credential"),
            _(
                "Send a working credential as “Authorization: Bearer …”. “cause” says what is wrong with this one."
            ),
        ),
        Kind(
            "suspended",
            403,
            _("The API contract is suspended"),
            _(
                "“article” and “reason” say why, “from” and “through” how long; without “through”, until the breach is cured."
            ),
        ),
        Kind(
            "ended",
            403,
            _("The API contract has ended"),
            _("Nothing is answered under this contract any more; with “parts”, nothing about these."),
        ),
        Kind(
            "not_found",
            404,
            _("Not found"),
            _(
                "There is nothing here that this credential may see. Lines of others are answered in the same way."
            ),
        ),
        Kind(
            "method_not_allowed",
            405,
            _("Method not allowed"),
            _("Use the method that the documentation gives."),
        ),
        Kind(
            "not_acceptable",
            406,
            _("Not acceptable"),
            _("Accept application/json, or a media type that the documentation gives."),
        ),
        Kind(
            "invalid",
            400,
            _("The request is invalid"),
            _("“errors” names each parameter that is wrong, and says what to write."),
        ),
        Kind(
            "key_reused",
            422,
            _("The idempotency key stood on another call"),
            _("Give each writing call a key of its own; send the very same call again under the old one."),
        ),
        Kind(
            "too_large",
            413,
            _("Too large"),
            _("Send it in parts, none larger than “limit” bytes unpacked."),
        ),
        Kind(
            "unsupported",
            415,
            _("Not a form that is taken"),
            _("Send text/csv or application/x-ndjson in UTF-8, as it is or packed with gzip."),
        ),
        Kind(
            "unreadable",
            422,
            _("The delivery cannot be read"),
            _("“detail” says why. What was read before is stored; “delivery” is its ID."),
        ),
        Kind("throttled", 429, _("Too many calls"), _("Call again after the seconds in Retry-After.")),
        Kind(
            "internal",
            500,
            _("Error on our side"),
            _("Try again later; if it stays, tell us the request ID."),
        ),
        Kind(
            "interrupted",
            503,
            _("The API is interrupted"),
            _("Maintenance or an emergency. Call again after the seconds in Retry-After."),
        ),
    )
}


class Problem(APIException):
    """A refusal with its code. ``members`` are further members of the answer, ``headers`` of its head."""

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        members: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        self.kind = KINDS[code]
        self.status_code = self.kind.status
        self.members = members or {}
        self.headers = headers or {}
        super().__init__(detail, code)


def not_found() -> Problem:
    """The one answer to whatever the caller has no right to, and to what is not there at all."""
    return Problem("not_found", str(KINDS["not_found"].advice))


def invalid(errors: dict[str, list[str]]) -> Problem:
    """Wrong parameters, by name."""
    members = {
        "errors": [{"name": name, "reason": reason} for name, reasons in errors.items() for reason in reasons]
    }
    return Problem("invalid", str(KINDS["invalid"].advice), members=members)
