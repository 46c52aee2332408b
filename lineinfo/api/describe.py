"""Describe a call for the OpenAPI document: its texts, parameters, answers, refusals and examples."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema

from lineinfo.api import shapes
from lineinfo.api.examples import PROBLEMS
from lineinfo.api.idempotency import HEADER, PATTERN
from lineinfo.api.incoming import ENCODINGS
from lineinfo.api.problems import KINDS, MEDIA_TYPE
from lineinfo.api.texts import TEXTS

JSON = "application/json"
ONE_LINE = OpenApiParameter(
    "number", str, OpenApiParameter.PATH, description=_("The line number, such as L00000042.")
)
ONE_DELIVERY = OpenApiParameter(
    "delivery", int, OpenApiParameter.PATH, description=_("The ID of the delivery.")
)
_REQUEST_ID = OpenApiParameter(
    "X-Request-ID",
    str,
    OpenApiParameter.HEADER,
    description=_(
        "An ID of your own for this call: letters, digits, “.”, “_” and “-”, at most 64. It comes back."
    ),
)
_IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description=_("The ETag of the answer that you have.")
)


def _head(name: str, description: Any, *, of: list[int] | bool = True, kind: type = str) -> OpenApiParameter:
    """A head of the answers with those status codes; True means all."""
    return OpenApiParameter(name, kind, OpenApiParameter.HEADER, response=of, description=description)


def _key(*, required: bool) -> OpenApiParameter:
    return OpenApiParameter(
        HEADER,
        {"type": "string", "pattern": PATTERN},
        OpenApiParameter.HEADER,
        required=required,
        description=_(
            "A key of your own for this call: sent again under the same key, it is not carried out again."
        ),
    )


_ENCODING = OpenApiParameter(
    "Content-Encoding",
    str,
    OpenApiParameter.HEADER,
    enum=ENCODINGS,
    description=_("“gzip” where the body is packed."),
)
# The answers to a caller whose calls are counted.
_COUNTED = [200, 201, 304, 400, 403, 404, 413, 415, 422, 429, 503]
_HEADS = [
    _head("X-Request-ID", _("The ID of the call, yours or ours.")),
    _head("RateLimit-Limit", _("How many calls a minute."), kind=int, of=_COUNTED),
    _head("RateLimit-Remaining", _("How many of them are left."), kind=int, of=_COUNTED),
    _head("RateLimit-Reset", _("Seconds until they start anew."), kind=int, of=_COUNTED),
    _head("ETag", _("The tag of this answer."), of=[200, 304]),
    _head("Idempotency-Replayed", _("“true” where this answer was given before."), of=[201]),
    _head("Retry-After", _("Seconds to wait."), of=[429, 503], kind=int),
]


def described(
    name: str,
    shape: type[shapes.Shape],
    *,
    example: dict[str, Any],
    query: type[shapes.Shape] | None = None,
    of: OpenApiParameter | None = None,
    streams: dict[str, str] | None = None,
    hidden: bool = False,
    body: type[shapes.Shape] | None = None,
    body_example: dict[str, Any] | None = None,
    body_texts: dict[str, str] | None = None,
    system: bool = False,
) -> Callable[[Any], Any]:
    """A decorator for a handler. ``name`` is a key of texts.TEXTS and the operation ID, ``shape`` the answer's, ``query`` the
    parameters', ``of`` the parameter in the path; ``streams`` has an example for each further media type of the answer. ``hidden``:
    a caller without the right is told "not_found". ``body`` makes it a writing call, answered 201, and so does ``body_texts``: an
    example for each media type of a body that is no JSON. ``system``: for the operator's own systems, to whom no contract closes.
    """
    text = TEXTS[name]
    writes = body is not None or body_texts is not None
    sent: Mapping[str, Any] = body_texts or ({JSON: body_example} if body else {})
    answers: dict[tuple[int, str] | int, Any] = {
        (201 if writes else 200, JSON): OpenApiResponse(
            shape, text.summary, [OpenApiExample(name, value=example)]
        ),
        **({} if writes else {304: OpenApiResponse(description=_("Nothing has changed."))}),
        **{
            (200, media_type): OpenApiResponse(
                str, text.summary, [OpenApiExample(f"{name}_{media_type.rpartition('/')[2]}", value=lines)]
            )
            for media_type, lines in (streams or {}).items()
        },
    }
    parameters: list[Any] = [
        _REQUEST_ID,
        _key(required=body is not None) if writes else _IF_NONE_MATCH,
        *_HEADS,
    ]
    codes = ["unauthenticated", "throttled"]
    if not system:
        codes += ["suspended", "ended", "interrupted"]
    if body_texts is not None:
        parameters.append(_ENCODING)
        codes += ["too_large", "unsupported", "unreadable"]
    if query is not None:
        parameters.append(query)
        codes.append("invalid")
    if of is not None:
        parameters.append(of)
    if of is not None or hidden or writes:
        codes.append("not_found")
    if writes:
        codes += ["invalid", "key_reused"]
    return extend_schema(
        operation_id=name,
        summary=text.summary,
        description=text.description,
        tags=[_tag(name)],
        parameters=parameters,
        request=body or (dict.fromkeys(body_texts, str) if body_texts else None),
        examples=[
            OpenApiExample(
                f"{name}_{kind.rpartition('/')[2] if body_texts else 'body'}",
                value=value,
                media_type=kind,
                request_only=True,
            )
            for kind, value in sent.items()
        ],
        responses={**answers, **_refusals(codes)},
    )


def _tag(name: str) -> str:
    group = name.partition("_")[0]
    return group if group in ("lines", "deliveries") else "usage"


def _refusals(codes: list[str]) -> dict[tuple[int, str], OpenApiResponse]:
    by_status: dict[int, list[str]] = {}
    for code in codes:
        by_status.setdefault(KINDS[code].status, []).append(code)
    return {
        (status, MEDIA_TYPE): OpenApiResponse(
            shapes.ProblemShape,
            " / ".join(str(KINDS[code].title) for code in same),
            [OpenApiExample(code, value=PROBLEMS[code]) for code in same],
        )
        for status, same in by_status.items()
    }
