"""What a bank file can have wrong."""

from django.utils.translation import gettext as _


class ZenginError(ValueError):
    """A file or a value that the format does not allow; says which record and field, and what is wrong."""


def in_record(number: int, error: object) -> ZenginError:
    """The same, saying in which record of the file, counted from 1."""
    return ZenginError(_("record %(number)s: %(error)s") % {"number": number, "error": error})
