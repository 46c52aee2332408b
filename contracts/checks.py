"""Checks of what people type: readings, corporate numbers, postal codes."""

from datetime import date

import jaconv
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from terms.registry import statute
from terms.rules.registration_number import RegistrationNumber, RegistrationNumberFacts, registration_number


def kana(reading: str) -> str:
    """The reading in full-width katakana: ひらがな and half-width ｶﾅ are converted, spaces become one full-width space."""
    wide = jaconv.hira2kata(jaconv.h2z(reading.strip(), kana=True, ascii=False, digit=False))
    return "　".join(wide.split())


def check_corporate_number(number: str, *, on: date | None = None) -> None:
    """ValidationError unless ``number`` is empty or a corporate number (法人番号) whose check digit fits.

    ``on``: the day whose law applies, the latest known where left out.
    The check is that of the qualified invoice's registration number, which is a T and the corporate number.
    """
    if not number:
        return
    rule = statute(on or date.max, earliest=True).rule(RegistrationNumber)
    if not registration_number(rule, RegistrationNumberFacts(number=f"{rule.prefix}{number}")).valid:
        raise ValidationError(
            {
                "corporate_number": _(
                    "“%(number)s” is no corporate number: it has 13 digits, of which the first checks the others."
                )
                % {"number": number}
            }
        )
