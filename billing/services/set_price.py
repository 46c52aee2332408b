"""Set the price of a tariff from a day on."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import ParkedContract, Tariff, TariffPrice
from billing.selectors import unbilled_since
from billing.services.announce_prices import Change, announce_prices
from contracts.guards.terms_change import fee_in_time
from contracts.moments import japan_date
from contracts.services.note_change import note_change
from terms.calendar import Month
from terms.registry import pack_for, statute
from workflow.errors import Refused
from workflow.models import User


def set_price(
    *,
    tariff: Tariff,
    amount: int,
    valid_from: date,
    by: User,
    at: datetime,
    note: str = "",
    required_by_law: bool = False,
) -> TariffPrice:
    """``amount`` yen without tax from ``valid_from`` on; the same day once more changes it. Another fee than before is
    announced at ``at`` (announce_prices).

    ``required_by_law``: the fee follows from the law (business-network 4). ValidationError for a day in a month that is billed
    already and on which there was a price: what was charged stays explained by the price it was charged at. Refused where the
    document or the law asks for an earlier announcement.
    """
    with transaction.atomic():
        price, change, _new = enter_price(
            tariff=tariff,
            amount=amount,
            valid_from=valid_from,
            by=by,
            at=at,
            note=note,
            required_by_law=required_by_law,
        )
        if change:
            announce_prices(changes=[change], at=at)
    return price


def enter_price(
    *,
    tariff: Tariff,
    amount: int,
    valid_from: date,
    by: User,
    at: datetime,
    note: str = "",
    required_by_law: bool = False,
) -> tuple[TariffPrice, Change | None, bool]:
    """The price as set_price sets it, on record with who set it; what is to be announced of it, None where the fee is new or
    stays as it was; and whether anything is new. A price that stands just so already is neither written nor announced again.
    """
    since = _first_day(tariff, valid_from)
    if since and valid_from < since:
        raise ValidationError(
            {
                "valid_from": _("%(month)s is billed already; a price can change from %(day)s on.")
                % {"month": Month.of(since).plus(-1), "day": since}
            }
        )
    price = tariff.prices.select_for_update().filter(valid_from=valid_from).first()
    if price and (price.amount, price.note) == (amount, note):
        return price, None, False
    announced = price.amount if price and price.posting_id else None
    price = price or TariffPrice(tariff=tariff, valid_from=valid_from)
    before = tariff.prices.filter(valid_from__lt=valid_from).order_by("-valid_from").first()
    price.amount, price.note = amount, note
    price.full_clean()
    is_news = before is not None and amount not in (before.amount, announced)
    change = Change(price=price, before=before.amount) if before and is_news else None
    if change:
        on = japan_date(at)
        refusal = fee_in_time(
            pack_for(tariff.terms_code, on, earliest=True),
            statute(on, earliest=True),
            posted=on,
            effective=valid_from,
            lower=amount < change.before,
            required_by_law=required_by_law,
        )
        if refusal:
            raise Refused(refusal)
    price.save()
    note_change(tariff, "set_price", by=by, on=japan_date(at), reason=f"{price} {note}".strip())
    return price, change, True


def _first_day(tariff: Tariff, valid_from: date) -> date | None:
    """The first day whose price can be entered: the first that no run billed, or before it, on days without a price, the first
    of a month of which a run parked contracts that wait for one. None before the first run."""
    unbilled = unbilled_since()
    if unbilled is None or tariff.prices.filter(valid_from__lte=valid_from).exists():
        return unbilled
    open_ = ParkedContract.objects.filter(resolved_in__isnull=True).order_by("run__month").first()
    return min(unbilled, open_.run.month) if open_ else unbilled
