"""Damages that a subscriber claims."""

from datetime import date
from typing import Any

from billing.models import DamageClaim
from billing.services.receive_damage_claim import receive_damage_claim
from contracts.models import Contract
from tests import factories
from tests.billing import things

DAY, TODAY = date(2025, 6, 10), date(2025, 7, 10)
AT = factories.at(TODAY)


def received(contract: Contract, loss: int = 50000, **fields: Any) -> DamageClaim:
    values = {
        "by": things.people()[0],
        "at": AT,
        "happened_on": DAY,
        "what": "工事の際に書棚を壊された",
        "loss": loss,
    }
    return receive_damage_claim(contract=contract, **(values | fields))


def person(**fields: Any) -> Contract:
    return things.contract("isp-access", 6000, subscriber=factories.subscriber(kind="person"), **fields)
