"""Calls of the operator's own systems."""

from rest_framework.request import Request

from lineinfo.api.authentication import SystemAuthentication, missing
from lineinfo.api.problems import not_found
from lineinfo.api.throttle import take
from lineinfo.api.views.base import CallView
from lineinfo.services.authenticate import Caller
from lineinfo.services.authenticate_system import System


class SystemView(CallView):
    """Open to systems with a credential of theirs. To API users it is not there, and their call is logged as any other."""

    authentication_classes = [SystemAuthentication]
    system: System

    def admit(self, request: Request) -> None:
        """A system within its limit. API contracts, and what closes them, do not concern it."""
        if isinstance(request.user, Caller):
            self.allowance = take(str(request.user.pk), at=self.at)
            raise not_found()
        if not isinstance(request.user, System):
            raise missing()
        self.system = request.user
        self.allowance = take(f"system-{self.system.credential.pk}", at=self.at)
