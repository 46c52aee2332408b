"""Records of fixed length: fields in order, numbers right-aligned with zeros, text left-aligned with spaces."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from billing.zengin.errors import ZenginError

ENCODING = "shift_jis"
"""Of the JIS half-width characters it holds each as one byte (JIS X 0201)."""


@dataclass(frozen=True, slots=True)
class Field:
    """``kind``: "N" digits, "C" text. ``fixed``: what always stands there."""

    name: str
    length: int
    kind: Literal["N", "C"]
    fixed: str = ""


@dataclass(frozen=True)
class Layout:
    """One kind of record."""

    name: str
    fields: tuple[Field, ...]

    @property
    def length(self) -> int:
        """Its bytes."""
        return sum(field.length for field in self.fields)

    def write(self, values: Mapping[str, str | int]) -> bytes:
        """The record with these values. ZenginError for one that does not fit."""
        return b"".join(self._put(field, values.get(field.name, field.fixed)) for field in self.fields)

    def read(self, record: bytes) -> dict[str, str]:
        """The values of a record: digits as they stand, text without the spaces behind it."""
        if len(record) != self.length:
            raise ZenginError(
                _("%(record)s: %(length)s bytes instead of %(right)s")
                % {"record": self.name, "length": len(record), "right": self.length}
            )
        found, at = {}, 0
        for field in self.fields:
            found[field.name] = self._take(field, record[at : at + field.length])
            at += field.length
        return found

    def _put(self, field: Field, value: str | int) -> bytes:
        text = str(value)
        try:
            raw = text.encode(ENCODING)
        except UnicodeEncodeError:
            raw = b"\x00\x00"
        if len(raw) != len(text):
            raise ZenginError(
                _("%(record)s, %(field)s: “%(text)s” has characters that are not half-width")
                % {"record": self.name, "field": field.name, "text": text}
            )
        if len(raw) > field.length:
            raise ZenginError(
                _("%(record)s, %(field)s: “%(text)s” is longer than %(length)s characters")
                % {"record": self.name, "field": field.name, "text": text, "length": field.length}
            )
        if field.kind == "C":
            return raw.ljust(field.length)
        if text and not (text.isascii() and text.isdecimal()):
            raise ZenginError(
                _("%(record)s, %(field)s: “%(text)s” is not a number")
                % {"record": self.name, "field": field.name, "text": text}
            )
        return raw.rjust(field.length, b"0")

    def _take(self, field: Field, raw: bytes) -> str:
        try:
            text = raw.decode(ENCODING)
        except UnicodeDecodeError:
            text = ""
        if len(text) != len(raw):
            raise ZenginError(
                _("%(record)s, %(field)s: characters that are not half-width")
                % {"record": self.name, "field": field.name}
            )
        if field.fixed and text.strip() and text != field.fixed:
            raise ZenginError(
                _("%(record)s, %(field)s: “%(text)s” instead of “%(fixed)s”")
                % {"record": self.name, "field": field.name, "text": text, "fixed": field.fixed}
            )
        if field.kind == "C":
            return text.rstrip()
        # Some banks leave an unused number blank.
        digits = text.strip() or "0" * field.length
        if not (digits.isascii() and digits.isdecimal()):
            raise ZenginError(
                _("%(record)s, %(field)s: “%(text)s” is not a number")
                % {"record": self.name, "field": field.name, "text": text}
            )
        return digits


def records(content: bytes, length: int) -> list[bytes]:
    """The records of a file, with or without line ends, with or without the end-of-file sign of old disks."""
    body = content.rstrip(b"\x1a")
    if b"\n" in body or b"\r" in body:
        found = [line for line in body.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n") if line]
    else:
        found = [body[at : at + length] for at in range(0, len(body), length)]
    for number, record in enumerate(found, 1):
        if len(record) != length:
            raise ZenginError(
                _("record %(number)s: %(length)s bytes instead of %(right)s")
                % {"number": number, "length": len(record), "right": length}
            )
    if not found:
        raise ZenginError(_("the file is empty"))
    return found
