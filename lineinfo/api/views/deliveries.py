"""Line records delivered by the operator's own systems."""

from typing import Any

from django.core.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from lineinfo.api import shapes
from lineinfo.api.describe import ONE_DELIVERY, described
from lineinfo.api.examples import DELIVERY, DELIVERY_BODIES
from lineinfo.api.idempotency import key_of
from lineinfo.api.incoming import incoming
from lineinfo.api.problems import KINDS, Problem, invalid, not_found
from lineinfo.api.queries import MOST_ROWS
from lineinfo.api.times import written
from lineinfo.api.views.system import SystemView
from lineinfo.errors import KeyReused
from lineinfo.models import LineBatch
from lineinfo.services.deliver_batch import deliver_batch

COUNTS = ("new", "corrected", "repeated", "late", "bad", "unknown_lines", "beyond_retention")


class DeliveriesView(SystemView):
    """A delivery is recorded, loaded, and answered with what became of its rows."""

    http_method_names = ["post"]

    @described(
        "deliveries_send", shapes.DeliveryShape, example=DELIVERY, body_texts=DELIVERY_BODIES, system=True
    )
    def post(self, request: Request) -> Response:
        key = key_of(request, required=False)
        try:
            received = deliver_batch(content=incoming(request), by=self.system.account, at=self.at, key=key)
        except KeyReused as error:
            raise Problem("key_reused", str(KINDS["key_reused"].advice)) from error
        except ValidationError as error:
            raise invalid({"body": error.messages}) from error
        batch = received.batch
        if batch.state == LineBatch.State.FAILED:
            raise Problem("unreadable", batch.failure, members={"delivery": batch.pk})
        heads = {} if received.new else {"Idempotency-Replayed": "true"}
        return Response(_delivery(batch), status=201, headers=heads)


class DeliveryView(SystemView):
    """What became of one delivery."""

    @described("deliveries_one", shapes.DeliveryShape, example=DELIVERY, of=ONE_DELIVERY, system=True)
    def get(self, request: Request, delivery: int) -> Response:
        batch = LineBatch.objects.filter(pk=delivery).first()
        if batch is None:
            raise not_found()
        return Response(_delivery(batch))


def _delivery(batch: LineBatch) -> dict[str, Any]:
    aside = batch.bad_rows.order_by("line_number", "pk")[:MOST_ROWS]
    return {
        "id": batch.pk,
        "state": batch.state,
        "kind": batch.kind,
        "sha256": batch.sha256,
        "size": batch.size,
        "received_at": written(batch.received_at),
        "loaded_at": written(batch.loaded_at),
        "failure": batch.failure,
        "counts": {name: getattr(batch, name) for name in COUNTS},
        "put_aside": [
            {"line_number": row.line_number, "kind": row.kind, "reason": row.reason, "text": row.text}
            for row in aside
        ],
    }
