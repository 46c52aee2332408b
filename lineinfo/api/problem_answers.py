"""From what went wrong to the answer that says so (RFC 9457)."""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.urls import reverse
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import set_rollback

from lineinfo.api.problems import KINDS, MEDIA_TYPE, Problem, not_found

logger = logging.getLogger(__name__)


def problem_answer(error: Exception, context: dict[str, Any]) -> Response:
    """The answer to ``error``: every refusal has a code of ``problems.KINDS``; anything unforeseen is logged and "internal"."""
    problem = _problem(error)
    request, view = context["request"], context["view"]
    if problem.kind.code == "internal":
        logger.error("API call %s failed", view.request_id, exc_info=error)
    set_rollback()
    body = {
        "type": f"{reverse('lineinfo-api:problems')}#{problem.kind.code}",
        "title": str(problem.kind.title),
        "status": problem.kind.status,
        "code": problem.kind.code,
        "detail": str(problem.detail),
        "instance": request.path,
        "request_id": view.request_id,
        **problem.members,
    }
    answer = Response(body, status=problem.kind.status, headers=problem.headers, content_type=MEDIA_TYPE)
    # A problem is answered in JSON even to one who accepts none: better than nothing (RFC 9110, 15.5.7).
    request.accepted_renderer, request.accepted_media_type = JSONRenderer(), JSONRenderer.media_type
    answer.problem_code = problem.kind.code  # type: ignore[attr-defined]  # read by the log of calls
    return answer


def _problem(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, Http404 | exceptions.NotFound | PermissionDenied | exceptions.PermissionDenied):
        return not_found()
    if isinstance(error, exceptions.MethodNotAllowed):
        return Problem("method_not_allowed", str(error.detail))
    if isinstance(error, exceptions.NotAcceptable):
        return Problem("not_acceptable", str(KINDS["not_acceptable"].advice))
    if isinstance(error, exceptions.ParseError | exceptions.UnsupportedMediaType | RequestDataTooBig):
        return Problem("invalid", str(error), members={"errors": []})
    return Problem("internal", str(KINDS["internal"].advice))
