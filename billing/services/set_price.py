"""Set the price of a tariff from a day on."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import BillingRun, Tariff, TariffPrice
from terms.calendar import Month
from workflow.models import User


def set_price(*, tariff: Tariff, amount: int, valid_from: date, by: User, note: str = "") -> TariffPrice:
    """``amount`` yen without tax from ``valid_from`` on; the same day once more changes it.

    ValidationError for a day in a month that is billed already: what was charged stays explained by the price it was
    charged at.
    """
    with transaction.atomic():
        billed = BillingRun.objects.exclude(state=BillingRun.State.ABANDONED).order_by("-month").first()
        if billed and valid_from < Month.of(billed.month).end:
            raise ValidationError(
                {
                    "valid_from": _("%(month)s is billed already; a price can change from %(day)s on.")
                    % {"month": billed, "day": Month.of(billed.month).end}
                }
            )
        price = tariff.prices.select_for_update().filter(valid_from=valid_from).first()
        price = price or TariffPrice(tariff=tariff, valid_from=valid_from)
        price.amount, price.note = amount, note
        price.full_clean()
        price.save()
    return price
