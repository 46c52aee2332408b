"""A subscriber's claim for damages on the staff's pages."""

from datetime import date

import pytest

from billing.models import DamageClaim
from notices.models import Notice
from tests import factories
from tests.admin.day import TODAY
from tests.admin.pressing import ask, buttons, done, errors, press, text
from tests.billing import things

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.mark.article("isp-access", "40")
def test_a_claim_is_taken_from_the_contract_answered_by_a_second_person_and_paid(with_role, root):
    things.standing()
    contract = things.contract("isp-access", 6000, subscriber=factories.subscriber(kind="person"))
    client = with_role("billing")
    page = text(ask(client, contract, "damage-claim").content.decode())
    assert "isp-access 40" in page
    asked = {"happened_on": date(2025, 9, 1), "what": "書棚を壊された", "loss": 50000}
    assert errors(press(client, contract, "damage-claim", **asked | {"loss": 0}), "loss")
    assert errors(
        press(client, contract, "damage-claim", **asked | {"happened_on": date(2025, 1, 1)}), "happened_on"
    )
    assert done(press(client, contract, "damage-claim", **asked))
    claim = DamageClaim.objects.get()
    assert buttons(client, claim) == []
    assert set(buttons(root, claim)) == {"approve", "reject"}
    page = text(root.get(f"/staff/billing/damageclaim/{claim.pk}/change/").content.decode())
    assert "¥6,000" in page
    assert "1か月分" in page
    assert done(press(root, claim, "approve"))
    assert Notice.objects.filter(occasion="damage_claim_answered").count() == 1
    assert done(press(client, claim, "paid", reason="振込"))
    claim.refresh_from_db()
    assert (claim.state, claim.closed_on) == ("paid", TODAY)


def test_a_document_without_such_a_clause_has_no_button(with_role):
    assert "damage-claim" not in buttons(with_role("billing"), factories.contract("hikari-line"))
