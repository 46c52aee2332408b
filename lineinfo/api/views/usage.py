"""The caller's own use of the API."""

from rest_framework.request import Request
from rest_framework.response import Response

from lineinfo.api import shapes
from lineinfo.api.describe import described
from lineinfo.api.examples import CALL_PAGE, USAGE
from lineinfo.api.latest_first import latest_first
from lineinfo.api.problems import not_found
from lineinfo.api.queries import CallQuery, checked
from lineinfo.api.times import written
from lineinfo.api.views.base import CallView
from lineinfo.models import ApiCall, Credential
from lineinfo.selectors import calls_of, calls_of_user, count_calls


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
    """The log of this API user's own calls, or of all under the contract where the contractor lets this user read it."""

    @described("calls", shapes.CallPage, query=CallQuery, example=CALL_PAGE, hidden=True)
    def get(self, request: Request) -> Response:
        user = self.caller.api_user
        whole = checked(CallQuery, request, at=self.at)["whose"] == "all"
        if whole and not user.whole_log:
            raise not_found()
        rows = calls_of(self.caller.api_contract) if whole else calls_of_user(user)
        return latest_first(request, rows, _call, at=self.at, kind=CallQuery)


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
        "api_user": call.credential.api_user.name,
    }
