"""Where a page ends: an opaque text that holds the key after which the next page begins."""

import base64
import binascii

from django.utils.translation import gettext as _

from lineinfo.api.problems import invalid

_LARGEST = 2**63 - 1


def to_cursor(key: int) -> str:
    """The text for a key, a whole number."""
    return base64.urlsafe_b64encode(str(key).encode()).decode().rstrip("=")


def from_cursor(text: str) -> int:
    """The key. Problem "invalid" for a text that we did not give."""
    try:
        key = int(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii"))
    except (ValueError, binascii.Error):
        key = -1
    if not 0 <= key <= _LARGEST or to_cursor(key) != text:
        raise invalid({"cursor": [_("Not a cursor of ours; take next_cursor as it is.")]})
    return key
