"""The API contracts of a subscriber, on the subscriber's page."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.models import Subscriber
from lineinfo.models import ApiContract
from workflow.staff import cells
from workflow.staff.panels import Panel, panel


def api_contracts_panel(request: HttpRequest, subscriber: Subscriber) -> Iterable[Panel]:
    """For those who may see API contracts, where there are any."""
    if request.user.has_perm("lineinfo.view_apicontract"):
        found = panel(
            _("API contracts"),
            ApiContract.objects.filter(subscriber=subscriber).order_by("-id"),
            [
                (_("API ID"), cells.link),
                (_("state"), cells.state_badge),
                (_("accepted on"), lambda contract: cells.day(contract.accepted_on)),
                (_("last day"), lambda contract: cells.day(contract.ends_on)),
            ],
        )
        if found.rows:
            yield found
