"""Whether the values of one measurement can be."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.timezone import is_naive
from django.utils.translation import gettext as _

from lineinfo.models.measurement import LONGEST_INTERVAL

VALUES = ("at", "seconds", "bytes_down", "bytes_up", "connected_seconds", "errors", "optical_dbm")
_OPTIONAL = {"seconds": 300, "errors": 0, "optical_dbm": None}
_LARGEST = {
    "seconds": LONGEST_INTERVAL,
    "bytes_down": 2**63 - 1,
    "bytes_up": 2**63 - 1,
    "connected_seconds": LONGEST_INTERVAL,
    "errors": 2**31 - 1,
}


def checked_values(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values in the order of VALUES. ``seconds``, ``errors`` and ``optical_dbm`` may be left out. ValueError says what is wrong."""
    values = {**_OPTIONAL, **row}
    for key in values:
        if key not in VALUES:
            raise ValueError(_("“%(key)s” is not known.") % {"key": key})
    for key in VALUES:
        if key not in values:
            raise ValueError(_("“%(key)s” is missing.") % {"key": key})
    at = values["at"]
    if not isinstance(at, datetime) or is_naive(at):
        raise ValueError(_("“at” must be a moment with its time zone."))
    for key, largest in _LARGEST.items():
        whole_number(key, values[key], largest)
    if values["seconds"] == 0 or values["connected_seconds"] > values["seconds"]:
        raise ValueError(_("The interval is empty, or shorter than the connected time."))
    values["optical_dbm"] = _level(values["optical_dbm"])
    return tuple(values[key] for key in VALUES)


def whole_number(key: str, value: Any, largest: int = 2**63 - 1) -> int:
    """The value, if it is a whole number from 0 to ``largest``."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= largest:
        raise ValueError(
            _("“%(key)s” must be a whole number from 0 to %(largest)s.") % {"key": key, "largest": largest}
        )
    return value


def _level(value: Any) -> Decimal | None:
    if value is None:
        return None
    try:
        level = Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation:
        level = Decimal("NaN")
    if not level.is_finite() or abs(level) >= 1000:
        raise ValueError(_("“optical_dbm” must be a level in dBm, such as -18.25."))
    return level
