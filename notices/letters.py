"""Notices as letters: one PDF, each letter on a page of its own."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import noto_cjk_sans_jp_bold
import noto_cjk_sans_jp_regular
import typst
from django.conf import settings
from django.utils import timezone

from notices.facts import day_words
from notices.models import Notice
from notices.operator import operator

_FONTS = [Path(str(font.FONT_PATH)).parent for font in (noto_cjk_sans_jp_regular, noto_cjk_sans_jp_bold)]


def letters_pdf(notices: Iterable[Notice], *, at: datetime) -> bytes:
    """The letters in the order given, dated ``at`` in Japan. The same notices give the same bytes."""
    letters = [
        {
            "name": notice.recipient_name,
            "address": notice.address,
            "subject": notice.subject,
            "body": notice.body,
            "number": notice.pk,
        }
        for notice in notices
    ]
    speaker = operator()
    layout: Path = settings.BASE_DIR / "templates" / "notices" / "letters.typ"
    pdf = typst.compile(
        layout,
        font_paths=_FONTS,
        ignore_system_fonts=True,
        # Typst asks for a fixed offset, which a zone of the tz database is not, and for whole seconds.
        timestamp=at.astimezone(UTC).replace(microsecond=0),
        # As data and never as markup: whatever a text holds is printed as it stands.
        sys_inputs={
            "letters": json.dumps(letters),
            "day": day_words(timezone.localdate(at)),
            "operator": json.dumps({"name": speaker.name, "address": speaker.address}),
        },
    )
    assert isinstance(pdf, bytes)
    return pdf
