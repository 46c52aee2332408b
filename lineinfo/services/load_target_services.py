"""Load from a file which services an API document covers."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Product
from lineinfo.models import TargetService
from terms.registry import registry

TARGETS = Path(__file__).resolve().parent.parent / "data" / "target_services.toml"
_KEYS = {"api": str, "covers": list, "since": date, "demonstration": bool}


def load_target_services(*, path: Path = TARGETS) -> int:
    """Make every base product of the covered documents a target from the day given; returns how many were new.

    What is there already stays as it is, with the last day that staff may have set. ValidationError names the entry and
    the key that is wrong; nothing is written then.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ValidationError(
            _("%(path)s cannot be read: %(error)s") % {"path": path, "error": error}
        ) from error
    count = 0
    with transaction.atomic():
        for number, entry in enumerate(data.get("targets", ()), start=1):
            _check(number, entry)
            for product in Product.objects.filter(terms_code__in=entry["covers"], kind=Product.Kind.BASE):
                known = TargetService.objects.filter(terms_code=entry["api"], product=product)
                if not known.exists():
                    TargetService.objects.create(
                        terms_code=entry["api"], product=product, since=entry["since"]
                    )
                    count += 1
    return count


def _check(number: int, entry: Mapping[str, Any]) -> None:
    for key in {*entry, "api", "covers", "since"}:
        if key not in _KEYS:
            raise _wrong(number, key, _("unknown key"))
        if not isinstance(entry.get(key), _KEYS[key]):
            raise _wrong(number, key, _("is missing or of the wrong kind"))
    codes = registry().codes()
    for key, code in [("api", entry["api"]), *(("covers", code) for code in entry["covers"])]:
        if code not in codes:
            raise _wrong(number, key, _("no document has the code “%(code)s”") % {"code": code})


def _wrong(number: int, key: str, problem: str) -> ValidationError:
    return ValidationError(
        _("[[targets]] number %(number)s, key “%(key)s”: %(problem)s")
        % {"number": number, "key": key, "problem": problem}
    )
