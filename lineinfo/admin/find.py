"""What the line information API finds by an ID."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from lineinfo.models import ApiContract, Credential
from workflow.models import User
from workflow.staff import cells
from workflow.staff.find import Found, found


def find(user: User, term: str) -> Iterable[Found]:
    """API contracts by their API ID, credentials by their prefix."""
    text = term.strip()
    if text.lower().startswith("api-"):
        yield from found(
            user,
            _("API contracts"),
            ApiContract.objects.filter(api_id__startswith=text.lower())
            .select_related("subscriber")
            .order_by("api_id"),
            [
                (_("API ID"), cells.link),
                (_("state"), cells.state_badge),
                (_("subscriber"), lambda row: cells.link(row.subscriber)),
            ],
        )
    yield from found(
        user,
        _("credentials"),
        Credential.objects.filter(prefix=text).order_by("prefix"),
        [(_("prefix"), cells.link), (_("state"), cells.state_badge)],
    )
