"""How an answer leaves: not at all where the caller has it already, and compressed where the caller can read that."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response
from rest_framework.response import Response

_GZIP = GZipMiddleware(lambda request: HttpResponse())


def delivered(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """The answer rendered, with its entity tag (RFC 9110, 8.8.3); 304 where If-None-Match has that tag; else gzip if accepted.

    Only answers of 200 that are there as a whole have a tag: a stream is not known before it has been sent.
    """
    if isinstance(answer, Response):
        answer.render()
    if isinstance(answer, HttpResponse) and answer.status_code == 200 and request.method in ("GET", "HEAD"):
        tag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
        answer["ETag"] = tag
        unchanged = get_conditional_response(request, etag=tag, response=answer)
        if unchanged is not answer and unchanged is not None:
            return unchanged
    return _GZIP.process_response(request, answer)
