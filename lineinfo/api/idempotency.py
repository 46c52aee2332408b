"""Writing calls carry a key of the caller's own, so that one sent again, because its answer was lost, is not done twice."""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from lineinfo.api.problems import KINDS, Problem, invalid
from lineinfo.models import ApiUser, KeptAnswer

HEADER = "Idempotency-Key"
PATTERN = "^[A-Za-z0-9._-]{1,64}$"
_GOOD = re.compile(PATTERN)


def key_of(request: Request, *, required: bool = True) -> str:
    """The key of the call. Problem "invalid" for one that is none; where it is not ``required``, "" for no key."""
    key = request.headers.get(HEADER)
    if key is None and not required:
        return ""
    if not _GOOD.fullmatch(key or ""):
        raise invalid(
            {
                HEADER: [
                    _(
                        "Give each writing call a key of its own: letters, digits, “.”, “_” and “-”, at most 64."
                    )
                ]
            }
        )
    return key or ""


def once(request: Request, *, api_user: ApiUser, at: datetime, act: Callable[[], dict[str, Any]]) -> Response:
    """201 with what ``act`` returns, or, for a key that was used already, the answer of that time with a head that says so.

    Problem "invalid" without a good key, "key_reused" where the key stood on another call. Of two calls with one key at
    the same time the second waits for the first. A refusal by ``act`` is not kept: the call may be sent again.
    """
    key = key_of(request)
    call = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    digest = hashlib.sha256(call).hexdigest()
    with transaction.atomic():
        kept, new = KeptAnswer.objects.get_or_create(
            api_user=api_user, key=key, defaults={"digest": digest, "at": at}
        )
        if not new:
            if kept.digest != digest:
                raise Problem("key_reused", str(KINDS["key_reused"].advice))
            return Response(kept.body, status=kept.status, headers={"Idempotency-Replayed": "true"})
        kept.body, kept.status = act(), 201
        kept.save(update_fields=["body", "status"])
    return Response(kept.body, status=kept.status)
