"""Take a delivery of line records that came by HTTP, and load it while the sender waits."""

from datetime import datetime
from typing import BinaryIO

from lineinfo.models import LineBatch
from lineinfo.services.load_batch import load_batch
from lineinfo.services.receive_batch import Received, receive_batch
from workflow.models import User


def deliver_batch(*, content: BinaryIO, by: User, at: datetime, key: str = "") -> Received:
    """The batch of ``content`` after its load: loaded, or failed with the reason. ``key`` as in receive_batch.

    It is still "received" where another worker loads it at this moment, or where the load broke off: the sweep ends it.
    """
    received = receive_batch(
        content=content,
        name=key or f"{at:%Y%m%dT%H%M%S}",
        source=LineBatch.Source.HTTP,
        by=by,
        at=at,
        key=key,
        wake=False,
    )
    return Received(load_batch(batch=received.batch, by=by, at=at), received.new)
