"""Whether a qualified-invoice registration number can be right (登録番号, T and 13 digits)."""

import re
from dataclasses import dataclass

from terms.article import ArticleRef
from terms.result import Line, Result


@dataclass(frozen=True, kw_only=True)
class RegistrationNumber:
    """``prefix`` and ``digits``, of which a corporation's first is a check digit modulo ``modulus`` over the others."""

    article: ArticleRef
    prefix: str
    digits: int
    modulus: int


@dataclass(frozen=True, kw_only=True)
class RegistrationNumberFacts:
    """The ``number`` as written. The check digit binds corporations; for a sole trader it only warns."""

    number: str
    corporation: bool = True


@dataclass(frozen=True, kw_only=True)
class RegistrationNumberResult(Result):
    """Whether it is ``valid``; ``doubtful`` where only the check digit of a sole trader does not fit."""

    valid: bool
    doubtful: bool


def registration_number(rule: RegistrationNumber, facts: RegistrationNumberFacts) -> RegistrationNumberResult:
    """Form and check digit."""
    well_formed = re.fullmatch(rf"{re.escape(rule.prefix)}[0-9]{{{rule.digits}}}", facts.number) is not None
    checks = well_formed and check_digit(facts.number[len(rule.prefix) + 1 :], rule.modulus) == int(
        facts.number[len(rule.prefix)]
    )
    text = "number_right" if checks else "number_check_digit" if well_formed else "number_form"
    return RegistrationNumberResult(
        article=rule.article,
        lines=(Line(text=text, article=rule.article),),
        valid=checks or (well_formed and not facts.corporation),
        doubtful=well_formed and not checks,
    )


def check_digit(base: str, modulus: int) -> int:
    """The check digit of a corporate number: modulus less the remainder of the digits times 1 and 2 in turn, from the right."""
    total = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(base)))
    return modulus - total % modulus
