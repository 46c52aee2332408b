"""Theft and misuse of credentials, reported by the caller's own system."""

from typing import Any

from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from lineinfo.api import shapes
from lineinfo.api.describe import described
from lineinfo.api.examples import INCIDENT, INCIDENT_PAGE, INCIDENT_REPORT
from lineinfo.api.idempotency import once
from lineinfo.api.latest_first import latest_first
from lineinfo.api.problems import not_found
from lineinfo.api.queries import PageQuery, checked_body
from lineinfo.api.times import written
from lineinfo.api.views.base import CallView
from lineinfo.models import CredentialIncident
from lineinfo.selectors import incidents_of_user
from lineinfo.services.report_theft_by_api import report_theft_by_api


class IncidentsView(CallView):
    """What was reported about the credentials of this API user; and a report, which blocks the credential at once."""

    http_method_names = ["get", "head", "post"]
    parser_classes = [JSONParser]

    @described("incidents_list", shapes.IncidentPage, query=PageQuery, example=INCIDENT_PAGE)
    def get(self, request: Request) -> Response:
        return latest_first(request, incidents_of_user(self.caller.api_user), _incident, at=self.at)

    @described(
        "incidents_report",
        shapes.IncidentShape,
        body=shapes.IncidentReport,
        body_example=INCIDENT_REPORT,
        example=INCIDENT,
    )
    def post(self, request: Request) -> Response:
        return once(request, api_user=self.caller.api_user, at=self.at, act=lambda: self._report(request))

    def _report(self, request: Request) -> dict[str, Any]:
        told = checked_body(shapes.IncidentReport, request)
        user = self.caller.api_user
        credential = user.credentials.filter(prefix=told["credential"]).first()
        if credential is None:
            raise not_found()
        incident = report_theft_by_api(
            api_user=user, credential=credential, at=self.at, happened=told["happened"]
        )
        return _incident(incident)


def _incident(incident: CredentialIncident) -> dict[str, Any]:
    return {
        "credential": incident.credential.prefix,
        "reported_at": written(incident.reported_at),
        "happened": incident.happened,
        "instruction": incident.instruction,
        "instructed_at": written(incident.instructed_at),
    }
