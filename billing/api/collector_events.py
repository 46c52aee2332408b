"""POST /collector/events/: where the payment collector tells what became of an order."""

from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from billing.collector.event import BadEvent
from billing.collector.signature import BadSignature
from billing.services.take_collector_event import take_collector_event

SIGNATURE = "X-Collector-Signature"


@csrf_exempt  # the collector has no session; its signature says who it is
@require_POST
def collector_events(request: HttpRequest) -> JsonResponse:
    """200 for an event that is on record now, as often as it is sent; 401 for a bad signature, 422 for what is no event of ours."""
    if not settings.COLLECTOR_URL:
        raise Http404
    try:
        event = take_collector_event(
            body=request.body,
            signature=request.headers.get(SIGNATURE, ""),
            secret=settings.COLLECTOR_SECRET,
            at=timezone.now(),
        )
    except BadSignature as error:
        return JsonResponse({"error": str(error)}, status=401)
    except BadEvent as error:
        return JsonResponse({"error": str(error)}, status=422)
    return JsonResponse({"taken": event.event_id})
