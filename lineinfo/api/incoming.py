"""The body of a delivery: read part by part, unpacked on the way, and never more of it than we take."""

import gzip
import io
import zlib
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.request import Request

from lineinfo.api.problems import Problem, invalid
from lineinfo.limits import largest_delivery

MEDIA_TYPES = ("text/csv", "application/x-ndjson")
ENCODINGS = ("identity", "gzip")
_PACKED = b"\x1f\x8b"


def incoming(request: Request) -> io.BufferedReader:
    """The body as it reads unpacked: the same rows are the same delivery, packed or not.

    Problem "unsupported" for another Content-Type or Content-Encoding. While it is read: "too_large" as soon as it is larger
    than ``limits.largest_delivery``, "invalid" for a body that is not what the heads say.
    """
    if request.content_type.partition(";")[0].strip().lower() not in MEDIA_TYPES:
        raise _unsupported("Content-Type", MEDIA_TYPES)
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ENCODINGS:
        raise _unsupported("Content-Encoding", ENCODINGS)
    if int(request.META.get("CONTENT_LENGTH") or 0) > largest_delivery():
        raise _too_large()
    return io.BufferedReader(_Body(request, packed=encoding == "gzip"))


class _Body(io.RawIOBase):
    """Counts what is read, and looks at how it begins."""

    def __init__(self, request: Request, *, packed: bool) -> None:
        source = request.stream or io.BytesIO()
        self._source = gzip.GzipFile(fileobj=source) if packed else source
        self._left = largest_delivery()
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            part: bytes = self._source.read(len(buffer))
        except (gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise invalid(
                {"Content-Encoding": [_("The body is not gzip: %(error)s.") % {"error": error}]}
            ) from error
        if not self._begun and part.startswith(_PACKED):
            raise invalid({"Content-Encoding": [_("The body is packed once more than the head says.")]})
        self._begun = True
        self._left -= len(part)
        if self._left < 0:
            raise _too_large()
        buffer[: len(part)] = part
        return len(part)


def _unsupported(name: str, known: tuple[str, ...]) -> Problem:
    return Problem(
        "unsupported",
        _("%(name)s must be one of %(known)s.") % {"name": name, "known": ", ".join(known)},
        headers={"Accept": ", ".join(MEDIA_TYPES)} if name == "Content-Type" else {},
    )


def _too_large() -> Problem:
    return Problem(
        "too_large",
        _("A delivery has at most %(most)s bytes, counted unpacked. Send it in parts.")
        % {"most": largest_delivery()},
        members={"limit": largest_delivery()},
    )
