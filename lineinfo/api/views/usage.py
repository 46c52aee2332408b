"""The caller's own use of the API."""

from rest_framework.request import Request
from rest_framework.response import Response

from lineinfo.api import shapes
from lineinfo.api.describe import described
from lineinfo.api.examples import CALL_PAGE, USAGE
from lineinfo.api.latest_first import latest_first
from lineinfo.api.queries import PageQuery
from lineinfo.api.times import written
from lineinfo.api.views.base import CallView
from lineinfo.models import ApiCall, Credential
from lineinfo.selectors import calls_of_user, count_calls


class UsageView(CallView):
    """Who the caller is, what is left of the limit, and how many calls there were today."""

    @described("usage", shapes.UsageShape, example=USAGE)
    def get(self, request: Request) -> Response:
        caller, allowance = self.caller, self.allowance
        assert allowance is not None  # initial() took one
        today = count_calls(caller.api_user, on=self.on)
        return Response(
            {
                "api_id": caller.api_contract.api_id,
                "api_user": caller.api_user.name,
                "credential": _credential(caller.credential),
                "limit": {
                    "per_minute": allowance.limit,
                    "remaining": allowance.remaining,
                    "resets_in": allowance.resets_in,
                },
                "today": {"answered": today.answered, "refused": today.refused},
            }
        )


class CallsView(CallView):
    """The log of this API user's own calls. The contractor reads that of all its users in the portal."""

    @described("calls", shapes.CallPage, query=PageQuery, example=CALL_PAGE)
    def get(self, request: Request) -> Response:
        return latest_first(request, calls_of_user(self.caller.api_user), _call, at=self.at)


def _credential(credential: Credential) -> dict[str, str | None]:
    return {
        "prefix": credential.prefix,
        "state": credential.state,
        "issued_at": written(credential.issued_at),
        "expires_at": written(credential.works_until),
    }


def _call(call: ApiCall) -> dict[str, object]:
    return {
        "at": written(call.at),
        "method": call.method,
        "path": call.path,
        "status": call.status,
        "code": call.code,
        "request_id": call.request_id,
        "credential": call.credential.prefix,
    }
