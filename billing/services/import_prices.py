"""Take prices from a file, planned ahead: all rows or none."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.importing.columns import PRICES
from billing.models import Tariff
from billing.services.announce_prices import Change, announce_prices
from billing.services.set_price import enter_price
from contracts.importing.read_file import ImportRefused, read_file
from workflow.errors import Refused
from workflow.models import User


def import_prices(*, data: bytes, by: User, at: datetime) -> int:
    """How many prices were set or changed, each from its day on; set_price says what a row may not do. Other fees than before
    are announced at ``at``, together. What stands just so already stays, so the same file twice does nothing.

    ImportRefused with every problem found, row by row; then nothing was written.
    """
    rows, problems = read_file(data, PRICES)
    tariffs = Tariff.objects.in_bulk([row.values["tariff"] for row in rows], field_name="code")
    seen: dict[tuple[object, object], int] = {}
    changes: list[Change] = []
    count = 0
    with transaction.atomic():
        for row in rows:
            values = dict(row.values)
            code = values.pop("tariff")
            key = (code, values["valid_from"])
            if key in seen:
                problems.append(
                    row.problem(
                        "tariff",
                        _("stands on row %(line)s already, from the same day.") % {"line": seen[key]},
                    )
                )
                continue
            seen[key] = row.line
            if code not in tariffs:
                problems.append(
                    row.problem("tariff", _("“%(code)s” is the code of no tariff.") % {"code": code})
                )
                continue
            try:
                with transaction.atomic():
                    _price, change, is_new = enter_price(tariff=tariffs[code], by=by, at=at, **values)
                count += is_new
                changes += [change] if change else []
            except Refused as refused:
                problems.append(row.problem("valid_from", str(refused)))
            except ValidationError as error:
                for name, messages in error.message_dict.items():
                    problems += [row.problem(name, message) for message in messages]
        if problems:
            raise ImportRefused(sorted(problems, key=lambda problem: problem.line))
        announce_prices(changes=changes, at=at)
    return count
