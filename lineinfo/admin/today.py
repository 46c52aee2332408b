"""What the line information API puts on the first page of the staff side."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lineinfo.models import ApiContract, CredentialIncident
from workflow.staff import cells
from workflow.staff.panels import Panel
from workflow.staff.person import person
from workflow.staff.today import Figure, waiting


def figures(request: HttpRequest, on: date) -> Iterable[Figure]:
    """None: what waits here is rare, and stands in the tables."""
    return ()


def panels(request: HttpRequest, on: date) -> Iterable[Panel]:
    """What waits, the oldest first."""
    user = person(request)
    yield from waiting(
        user,
        _("Applications for the API"),
        ApiContract.objects.filter(state=ApiContract.State.APPLIED)
        .select_related("subscriber")
        .order_by("id"),
        [
            (_("API ID"), cells.link),
            (_("subscriber"), lambda row: row.subscriber),
            (_("applied on"), lambda row: cells.day(row.applied_on)),
        ],
        more=cells.list_of(ApiContract, state__exact="applied"),
    )
    yield from waiting(
        user,
        _("Incidents without an instruction"),
        CredentialIncident.objects.filter(instruction="").select_related("credential").order_by("id"),
        [
            (_("reported at"), lambda row: cells.link(row, cells.moment(row.reported_at))),
            (_("credential"), lambda row: cells.link(row.credential)),
            (_("what happened"), lambda row: row.happened),
        ],
        more=cells.list_of(CredentialIncident),
    )
