"""The text of a notice: the template of its occasion, filled with facts and wrapped."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.utils.translation import override

from notices.errors import FactsWrong, NoticeError
from notices.occasions import Occasion
from notices.operator import operator
from notices.wrap import wrap

_LONGEST_SUBJECT = 200
_BLANKS = re.compile(r"[^\S\n]+$", re.MULTILINE)
_GAP = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Text:
    """What a notice says."""

    subject: str
    body: str


class _Unfilled(str):
    """What Django asks for when a template names something that is not there: an error, instead of a gap in a legal text."""

    def __mod__(self, name: Any) -> str:
        raise NoticeError(
            f"the text of a notice names {name!s}, but no such fact was given; see notices/occasions"
        )


@lru_cache(maxsize=1)
def _engine() -> Engine:
    return Engine(
        dirs=[str(settings.BASE_DIR / "templates")], autoescape=False, string_if_invalid=_Unfilled("%s")
    )


def check_facts(occasion: Occasion, facts: Mapping[str, Any]) -> None:
    """Raise FactsWrong when a demanded fact is missing, one is unknown, or one is of another kind."""
    known = {**occasion.facts, **occasion.optional}
    problems = [
        f"{name!r} is missing: give {kind.wanted}"
        for name, kind in occasion.facts.items()
        if name not in facts
    ]
    problems += [f"{name!r} is not known; there is {', '.join(known)}" for name in facts if name not in known]
    problems += [
        f"{name!r} is {value!r}: give {known[name].wanted}"
        for name, value in facts.items()
        if name in known and not known[name].takes(value)
    ]
    if problems:
        raise FactsWrong(f"notice {occasion.code!r}: {'; '.join(problems)}")


def kept_facts(occasion: Occasion, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as they are kept with the notice, in the types of JSON."""
    known = {**occasion.facts, **occasion.optional}
    return {name: known[name].kept(value) for name, value in facts.items()}


def render(occasion: Occasion, facts: Mapping[str, Any], *, name: str, article: str) -> Text:
    """The text to ``name`` (with 様 or 御中), resting on ``article`` in words. Always Japanese, whoever clicked."""
    known = {**occasion.facts, **occasion.optional}
    with override("ja"):
        shown = {fact: known[fact].shown(value) for fact, value in facts.items()}
        context = {**shown, "name": name, "article": article, "operator": operator()}
        rendered = _engine().get_template(occasion.template).render(Context(context, autoescape=False))
    subject, _, body = rendered.strip().partition("\n")
    if len(subject) > _LONGEST_SUBJECT:
        raise NoticeError(
            f"the title of the notice has {len(subject)} characters; {_LONGEST_SUBJECT} are allowed: {subject}"
        )
    lines = _BLANKS.sub("", wrap(body))
    return Text(subject.strip(), _GAP.sub("\n\n", lines).strip() + "\n")
