"""From the decision to ask for less in a disaster to the line on the invoice and the posting."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from billing.models import Relief
from billing.services.propose_relief import approve_relief, propose_relief, reject_relief
from contracts.services.relocate_line import relocate_line
from notices.models import Posting
from tests import factories
from tests.billing import things
from workflow.errors import NotPermitted, Refused

pytestmark = pytest.mark.django_db

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)
AT = factories.at(date(2025, 5, 10))


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def proposed(**fields: Any) -> Relief:
    values = {
        "terms_code": "hikari-line",
        "when": "disaster",
        "covers": ["charges", "works"],
        "percent": 50,
        "since": date(2025, 6, 16),
        "through": date(2025, 7, 15),
        "reason": "令和7年5月豪雨",
        "prefecture": "石川県",
        "by": things.people()[0],
        "at": AT,
    }
    return propose_relief(**(values | fields))


@pytest.mark.article("hikari-line", "通則9")
def test_the_place_of_the_line_when_the_disaster_struck_counts_wherever_it_moved_since():
    left = things.contract("hikari-line", 6000, line=factories.line("hikari-line", prefecture="石川県"))
    came = things.contract("hikari-line", 6000, line=factories.line("hikari-line", prefecture="東京都"))
    approve_relief(relief=proposed(), by=things.people()[1], at=AT)
    for contract, prefecture in ((left, "東京都"), (came, "石川県")):
        place = {"postal_code": "1000001", "prefecture": prefecture, "city": "中央区", "town": "中央1-1-1"}
        relocate_line(contract=contract, by=things.people()[0], on=date(2025, 6, 25), address=place)
    things.bill(MAY)
    things.bill(JUNE)
    assert things.invoice(left, JUNE).charges.get(kind="relief").amount == -1500
    assert not came.charges.filter(kind="relief").exists()


@pytest.mark.article("hikari-line", "通則9")
def test_what_a_second_person_granted_is_posted_and_taken_off_the_days_in_the_place():
    struck = things.contract("hikari-line", 6000, line=factories.line("hikari-line", prefecture="石川県"))
    spared = things.contract("hikari-line", 6000, line=factories.line("hikari-line", prefecture="東京都"))
    other = things.contract("isp-access", 6000, line=factories.line("isp-access", prefecture="石川県"))
    relief = proposed()
    with pytest.raises(NotPermitted):
        approve_relief(relief=relief, by=things.people()[0], at=AT)
    approve_relief(relief=relief, by=things.people()[1], at=AT)
    posting = Posting.objects.get()
    assert posting.article == "hikari-line 通則9"
    assert "50％減免" in posting.body
    assert "石川県" in posting.body
    things.bill(MAY)
    things.bill(JUNE)
    things.bill(date(2025, 7, 1))
    assert not things.invoice(struck, MAY).charges.filter(kind="relief").exists()
    credit = things.invoice(struck, JUNE).charges.get(kind="relief")
    assert (credit.amount, credit.days, credit.article) == (-1500, 15, "hikari-line 通則9")
    assert credit.explanation[0]["text"] == "disaster_relief"
    assert things.invoice(struck, JUNE).total == (6000 - 1500) * 11 // 10
    # 15 of 31 days, half of it: 1451.6
    assert things.invoice(struck, date(2025, 7, 1)).charges.get(kind="relief").amount == -1451
    for untouched in (spared, other):
        assert not untouched.charges.filter(kind="relief").exists()


@pytest.mark.article("hikari-line", "通則9")
def test_nothing_is_taken_off_that_nobody_granted_nor_in_a_month_that_is_billed():
    contract = things.contract("hikari-line", 6000)
    reject_relief(relief=proposed(prefecture=""), by=things.people()[1], at=AT, reason="被害なし")
    waiting = proposed(prefecture="")
    things.bill(JUNE)
    assert things.invoice(contract, JUNE).total == 6600
    with pytest.raises(ValidationError) as late:
        approve_relief(relief=waiting, by=things.people()[1], at=AT)
    assert "since" in late.value.message_dict
    with pytest.raises(ValidationError):
        proposed()
    assert not Posting.objects.exists()


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("no_relief", {"terms_code": "isp-access"}),
        ("no_such_occasion", {"when": "congestion"}),
        ("not_covered", {"covers": []}),
        ("not_covered", {"covers": ["interest"]}),
    ],
)
def test_a_relief_that_the_document_does_not_know_is_refused(code, fields):
    with pytest.raises(Refused) as refused:
        proposed(**fields)
    assert refused.value.refusal.code == code


@pytest.mark.parametrize(
    ("field", "fields"), [("percent", {"percent": 101}), ("__all__", {"through": date(2025, 6, 1)})]
)
def test_a_percentage_or_span_that_cannot_be_is_shown(field, fields):
    with pytest.raises(ValidationError) as error:
        proposed(**fields)
    assert error.value.message_dict
    assert not Relief.objects.exists()
