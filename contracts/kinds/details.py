"""What a request says: the values of its ``details``, each with its check.

``details`` are plain JSON: text, numbers, lists, and dates as YYYY-MM-DD.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.models.address import PREFECTURES, postal_code_validator

Check = Callable[[Any], Any]


def text(value: Any) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise ValidationError(_("Write something here."))
    return value.strip()


def free_text(value: Any) -> str:
    """A text, which may be empty."""
    return value.strip() if isinstance(value, str) else ""


def day(value: Any) -> str:
    """A date, kept as YYYY-MM-DD."""
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise ValidationError(
            _("“%(value)s” is not a date; write it as 2025-06-01.") % {"value": value}
        ) from None


def postal_code(value: Any) -> str:
    """Seven digits; a hyphen is dropped."""
    digits = str(value).replace("-", "").strip()
    postal_code_validator(digits)
    return digits


def prefecture(value: Any) -> str:
    """One of the 47 prefectures."""
    if value not in PREFECTURES:
        raise ValidationError(_("“%(value)s” is not a prefecture.") % {"value": value})
    return str(value)


def cycle_day(value: Any) -> int:
    """The first day of the tariff month, 1 to 31."""
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = 0
    if not 1 <= number <= 31:
        raise ValidationError(_("A tariff month starts on a day from 1 to 31."))
    return number


def codes(value: Any) -> list[str]:
    """A list of product codes, each once."""
    if not isinstance(value, list | tuple) or not all(isinstance(code, str) for code in value):
        raise ValidationError(_("Give a list of product codes."))
    return list(dict.fromkeys(value))


def flag(value: Any) -> bool:
    """Yes or no."""
    if value in (True, "true", "on", "yes", 1):
        return True
    if value in (False, "false", "no", 0):
        return False
    raise ValidationError(_("Answer yes or no."))


@dataclass(frozen=True)
class OneOf:
    """One of the words given."""

    choices: tuple[str, ...]

    def __call__(self, value: Any) -> str:
        if value not in self.choices:
            raise ValidationError(
                _("“%(value)s” is none of: %(choices)s.")
                % {"value": value, "choices": ", ".join(self.choices)}
            )
        return str(value)


def one_of(*choices: str) -> OneOf:
    """The check for one of the words given."""
    return OneOf(choices)


ADDRESS: Mapping[str, Check] = {
    "postal_code": postal_code,
    "prefecture": prefecture,
    "city": text,
    "town": text,
}


def clean_details(
    details: Mapping[str, Any], *, needs: Mapping[str, Check], may: Mapping[str, Check]
) -> dict[str, Any]:
    """``details`` with every value checked and normalised. ValidationError names each key that is missing, wrong or unknown."""
    errors: dict[str, list[str]] = {}
    cleaned: dict[str, Any] = {}
    for key in details:
        if key not in needs and key not in may:
            errors[key] = [_("A request of this kind has no such field.")]
    for key, check in {**needs, **may}.items():
        if details.get(key) in (None, ""):
            if key in needs:
                errors[key] = [_("This is needed.")]
            continue
        try:
            cleaned[key] = check(details[key])
        except ValidationError as error:
            errors[key] = error.messages
    if errors:
        raise ValidationError(errors)
    return cleaned
