"""Notices as letters: one PDF, each letter on a page of its own."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from notices.facts import day_words
from notices.models import Notice
from notices.operator import operator
from notices.typesetting import compiler, moment


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
    pdf = compiler().compile(
        settings.BASE_DIR / "templates" / "notices" / "letters.typ",
        timestamp=moment(at),
        # As data and never as markup: whatever a text holds is printed as it stands.
        sys_inputs={
            "letters": json.dumps(letters),
            "day": day_words(timezone.localdate(at)),
            "operator": json.dumps({"name": speaker.name, "address": speaker.address}),
        },
    )
    assert isinstance(pdf, bytes)
    return pdf
