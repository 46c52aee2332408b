"""What billing finds by a number."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from billing.models import Invoice, Payment
from workflow.models import User
from workflow.staff import cells
from workflow.staff.find import Found, found


def find(user: User, term: str) -> Iterable[Found]:
    """Invoices by their number, payments by their reference."""
    number = "".join(term.split())
    yield from found(
        user,
        _("invoices"),
        Invoice.objects.filter(number__startswith=number)
        .select_related("account__subscriber")
        .order_by("number"),
        [
            (_("invoice"), cells.link),
            (_("state"), cells.state_badge),
            (_("subscriber"), lambda row: cells.link(row.account.subscriber)),
            (_("total"), lambda row: cells.yen(row.total)),
        ],
        more=cells.list_of(Invoice, q=number),
    )
    yield from found(
        user,
        _("payments"),
        Payment.objects.filter(reference=term.strip()).select_related("account__subscriber").order_by("-id"),
        [
            (_("payments"), cells.link),
            (_("subscriber"), lambda row: cells.link(row.account.subscriber)),
            (_("reference"), lambda row: row.reference),
        ],
    )
