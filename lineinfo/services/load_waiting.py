"""Load every delivery that waits, the earliest first: what a lost broker or a crash left behind."""

from datetime import datetime

from lineinfo.models import LineBatch
from lineinfo.services.load_batch import load_batch
from workflow.models import User


def load_waiting(*, by: User, at: datetime) -> int:
    """Returns how many batches are done with now."""
    count = 0
    for batch in LineBatch.objects.filter(state=LineBatch.State.RECEIVED).order_by("id").iterator():
        count += load_batch(batch=batch, by=by, at=at).state != LineBatch.State.RECEIVED
    return count
