"""Entity tags: who has the answer already is told so instead of being sent it again (RFC 9110, 13.1.2)."""

import hashlib
import json
from typing import Any

from django.utils.http import parse_etags
from rest_framework.request import Request
from rest_framework.response import Response


def tagged(request: Request, body: dict[str, Any]) -> Response:
    """200 with the body and its tag, or 304 where the caller's If-None-Match has that tag."""
    tag = f'"{hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32]}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    found = "*" in known or any(one.removeprefix("W/") == tag for one in known)
    return Response(None if found else body, status=304 if found else 200, headers={"ETag": tag})
