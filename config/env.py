"""Settings from the environment. A value that cannot be understood stops the start, and says why."""

import os

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """The variable as it stands, or ``default`` when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """1, true, yes, on or 0, false, no, off; anything else is an ImproperlyConfigured."""
    value = text(name).lower()
    if not value:
        return default
    if value in _TRUE or value in _FALSE:
        return value in _TRUE
    raise ImproperlyConfigured(f"{name}={value!r}: write 1 or 0 (also true/false, yes/no, on/off).")


def integer(name: str, *, default: int, least: int = 0, most: int = 2**31 - 1) -> int:
    """A whole number between ``least`` and ``most``; anything else is an ImproperlyConfigured."""
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number from {least} to {most}.")
    return int(value)


def words(name: str, *, default: list[str]) -> list[str]:
    """A list written with commas."""
    value = text(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else default
