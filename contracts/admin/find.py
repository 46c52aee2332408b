"""What contracts find by a number, a name, a phone number or an e-mail address."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from contracts.models import Contract, Line, Request, Subscriber
from contracts.search import subscriber_keys
from workflow.models import User
from workflow.staff import cells
from workflow.staff.find import Found, found


def find(user: User, term: str) -> Iterable[Found]:
    """Subscribers by all of these; contracts, lines and requests by their numbers."""
    number = "".join(term.split()).upper()
    yield from found(
        user,
        _("subscribers"),
        Subscriber.objects.filter(pk__in=subscriber_keys(term)).order_by("name_kana", "id"),
        [
            (_("subscriber"), cells.link),
            (_("name in kana"), lambda row: row.name_kana),
            (_("Address"), lambda row: row.full_address),
            (_("phone"), lambda row: row.phone),
            (_("e-mail"), lambda row: row.email),
        ],
        more=cells.list_of(Subscriber, q=term),
    )
    if number.startswith("C"):
        yield from found(
            user,
            _("contracts"),
            Contract.objects.filter(number__startswith=number)
            .select_related("subscriber", "product")
            .order_by("number"),
            [
                (_("contract"), cells.link),
                (_("state"), cells.state_badge),
                (_("subscriber"), lambda row: cells.link(row.subscriber)),
                (_("product"), lambda row: row.product),
            ],
        )
    if number.startswith("R"):
        yield from found(
            user,
            _("requests"),
            Request.objects.filter(number__startswith=number).select_related("subscriber").order_by("number"),
            [
                (_("request"), cells.link),
                (_("state"), cells.state_badge),
                (_("subscriber"), lambda row: cells.link(row.subscriber)),
            ],
        )
    if number.startswith("L"):
        yield from found(
            user,
            _("lines"),
            Line.objects.filter(number__startswith=number).order_by("number"),
            [(_("line"), cells.link), (_("Address"), lambda row: row.full_address)],
        )
