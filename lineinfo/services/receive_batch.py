"""Take a delivery of line records; a worker loads it afterwards."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from lineinfo import spool
from lineinfo.errors import KeyReused
from lineinfo.models import LineBatch
from lineinfo.wake import load_soon
from workflow.models import User


@dataclass(frozen=True, slots=True)
class Received:
    """The batch of a delivery; ``new`` is False where the same bytes came before."""

    batch: LineBatch
    new: bool


def receive_batch(
    *,
    content: BinaryIO,
    name: str,
    source: LineBatch.Source,
    by: User,
    at: datetime,
    key: str = "",
    wake: bool = True,
) -> Received:
    """Keep ``content`` (CSV or one JSON object a line, packed with gzip or not) and record that it came.

    The same bytes again are the same batch: it counts one delivery more, and nothing else changes. ``wake`` False: the caller
    loads it. ValidationError for an empty delivery; KeyReused where ``by`` delivered other bytes under ``key``.
    """
    kept = spool.keep(content)
    try:
        if not kept.size:
            raise ValidationError(_("The file is empty."))
        with transaction.atomic():
            batch, new = LineBatch.objects.get_or_create(
                sha256=kept.sha256,
                defaults={
                    "name": name[-200:],
                    "source": source,
                    "size": kept.size,
                    "received_at": at,
                    "received_from": by,
                    "key": key,
                },
            )
            if batch.state != LineBatch.State.LOADED:
                kept.name()
            if new and wake:
                transaction.on_commit(partial(load_soon, batch.pk))
            if not new:
                LineBatch.objects.filter(pk=batch.pk).update(deliveries=F("deliveries") + 1)
    except IntegrityError as error:
        if not key:
            raise
        raise KeyReused from error
    finally:
        kept.path.unlink(missing_ok=True)  # gone already where it got its name
    return Received(batch, new)
