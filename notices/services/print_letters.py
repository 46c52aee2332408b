"""Print what is queued as letters."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from notices.letters import letters_pdf
from notices.models import Notice, PrintBatch
from workflow.selectors import clock_user
from workflow.services.perform import perform

MOST_LETTERS = 200


def print_letters(*, at: datetime, limit: int = MOST_LETTERS) -> PrintBatch | None:
    """Make one PDF of the queued letters, the oldest first and at most ``limit``, and record them as dispatched at ``at``.

    The batch with its file is the evidence of each. None when no letter waits. When anything fails nothing is recorded and the
    letters stay queued; a file that is left over then belongs to no batch.
    """
    with transaction.atomic():
        waiting = Notice.objects.filter(state=Notice.State.QUEUED, channel=Notice.Channel.LETTER)
        notices = list(waiting.select_for_update(of=("self",), skip_locked=True).order_by("id")[:limit])
        if not notices:
            return None
        pdf = letters_pdf(notices, at=at)
        sha256 = hashlib.sha256(pdf).hexdigest()
        batch = PrintBatch(printed_at=at, sha256=sha256, letters=len(notices))
        batch.file.save(f"letters-{timezone.localtime(at):%Y%m%d-%H%M%S}.pdf", ContentFile(pdf), save=False)
        batch.save()
        for place, notice in enumerate(notices, start=1):
            evidence = {
                "batch": batch.pk,
                "file": batch.file.name,
                "sha256": sha256,
                "letter": place,
                "of": len(notices),
            }
            perform(
                notice,
                "dispatch",
                by=clock_user(),
                on=timezone.localdate(at),
                article=notice.article_ref,
                at=at,
                evidence=evidence,
            )
    return batch
