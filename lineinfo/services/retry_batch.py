"""Have a delivery loaded once more that could not be read."""

from datetime import datetime
from functools import partial

from django.db import transaction

from contracts.moments import japan_date
from lineinfo.models import LineBatch
from lineinfo.wake import load_soon
from workflow.models import User
from workflow.services.perform import perform


def retry_batch(*, batch: LineBatch, by: User, at: datetime, reason: str) -> LineBatch:
    """It goes on from where it stopped. Raises WrongState where it did not fail."""
    with transaction.atomic():
        perform(batch, "retry", by=by, on=japan_date(at), reason=reason)
        transaction.on_commit(partial(load_soon, batch.pk))
    return batch
