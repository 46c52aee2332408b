"""Typst, with the fonts loaded once for each thread.

Papers are set in Paper Gothic (docs/adr/0014), whose outlines Typst copies into a PDF in half of the time that those of Noto Sans CJK
take; that one stands in for the letters it lacks.
"""

import json
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import noto_cjk_sans_jp_regular
import typst
from django.conf import settings

FONTS = [
    Path(__file__).parent / "fonts" / "paper-gothic",
    Path(str(noto_cjk_sans_jp_regular.FONT_PATH)).parent,
]
_kept = threading.local()


def compiler() -> typst.Compiler:
    """The compiler of this thread: it must not be used by two at once. Files are found from templates/ on."""
    found: typst.Compiler | None = getattr(_kept, "compiler", None)
    if found is None:
        found = _kept.compiler = typst.Compiler(
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=list(FONTS)),
            ignore_system_fonts=True,
            root=settings.BASE_DIR / "templates",
        )
    return found


def typeset(template: str, function: str, sheets: Iterable[Any], *, at: datetime) -> bytes:
    """One PDF: ``function`` of ``template`` (a path from templates/ on) set for each of the sheets, which are types of JSON.

    The same sheets and ``at`` give the same bytes.
    """
    pdf = compiler().compile(source(template, function, sheets), timestamp=moment(at))
    assert isinstance(pdf, bytes)
    return pdf


def source(template: str, function: str, sheets: Iterable[Any]) -> bytes:
    """What Typst reads: a call for each sheet, whose words come as data and never as markup.

    Not by sys.inputs: what differs there makes Typst forget the template that it has read already.
    """
    calls = "".join(f"#{function}(json(bytes({_literal(sheet)})))\n" for sheet in sheets)
    return f'#import "/{template}": {function}\n{calls}'.encode()


def moment(at: datetime) -> datetime:
    """Typst asks for a fixed offset, which a zone of the tz database is not, and for whole seconds."""
    return at.astimezone(UTC).replace(microsecond=0)


def _literal(sheet: Any) -> str:
    # JSON twice: the outer string has no escapes but those that Typst has too.
    return json.dumps(json.dumps(sheet, ensure_ascii=True, separators=(",", ":")), ensure_ascii=False)
