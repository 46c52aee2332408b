"""What every call has in common: an ID, a caller, a limit, an open contract, a line in the log."""

import re
import uuid
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from contracts.moments import japan_date
from lineinfo.api.authentication import BearerAuthentication, known_credential, missing
from lineinfo.api.delivery import delivered
from lineinfo.api.open_contract import require_open
from lineinfo.api.problem_answers import problem_answer
from lineinfo.api.throttle import Allowance, take
from lineinfo.services.authenticate import Caller
from lineinfo.services.log_call import log_call

REQUEST_ID = "X-Request-ID"
_GOOD_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class CallView(APIView):
    """A call of version 1. ``at`` is the moment of the call, the only clock that its answer reads."""

    authentication_classes = [BearerAuthentication]
    # Who may ask is decided in initial(), in an order of our own.
    permission_classes: list[Any] = []
    renderer_classes = [JSONRenderer]
    filter_backends: list[Any] = []
    http_method_names = ["get", "head"]

    part = ""
    """The part of the function that it belongs to (lineinfo.parts)."""
    at: datetime
    on: date
    request_id: str
    caller: Caller
    allowance: Allowance | None = None

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        """Note the moment and the ID of the call; a sensible ID that the caller sent is kept."""
        self.at = timezone.now()
        self.on = japan_date(self.at)
        sent = request.headers.get(REQUEST_ID, "")
        self.request_id = sent if _GOOD_ID.fullmatch(sent) else uuid.uuid4().hex
        return super().initialize_request(request, *args, **kwargs)

    def get_exception_handler(self) -> Any:
        """Our own problems instead of the framework's."""
        return problem_answer

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who may not call is told before anything is read."""
        super().initial(request, *args, **kwargs)
        self.admit(request)

    def admit(self, request: Request) -> None:
        """Caller first, then the limit, then whether the contract is open: also refusals count against the limit."""
        if not isinstance(request.user, Caller):
            raise missing()
        self.caller = request.user
        self.allowance = take(str(self.caller.pk), at=self.at)
        require_open(self.caller.api_contract, on=self.on, at=self.at, part=self.part)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, add the heads that all answers have, and log the call with what was really answered."""
        answer = delivered(request, super().dispatch(request, *args, **kwargs))
        answer[REQUEST_ID] = self.request_id
        answer["Cache-Control"] = "private, no-cache"
        if self.allowance is not None:
            for name, value in self.allowance.headers().items():
                answer.setdefault(name, value)
        credential = known_credential(request)
        if credential is not None:
            log_call(
                credential=credential,
                at=self.at,
                method=request.method or "",
                path=request.get_full_path(),
                status=answer.status_code,
                code=getattr(answer, "problem_code", ""),
                request_id=self.request_id,
            )
        return answer
