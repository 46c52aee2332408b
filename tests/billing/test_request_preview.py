"""What a request would cost is tried out with the services and the rating themselves, and leaves nothing behind."""

from datetime import date
from typing import Any

import pytest

from billing.models import Charge, Tariff
from billing.request_preview import RequestPreview, preview_open, preview_request
from contracts.models import Contract, OwnEquipment, ProductChange, Request, Work
from contracts.services.accept_request import accept_request
from contracts.services.receive_request import receive_request
from notices.models import Notice
from tests import factories
from tests.billing import things
from tests.contracts.kinds.asking import PLACE
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

DAY = date(2025, 6, 10)


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def preview(contract: Contract, kind: str, *, form: str = "written", **details: Any) -> RequestPreview:
    return preview_request(
        by=factories.staff(),
        at=factories.at(DAY),
        kind=kind,
        subscriber=contract.subscriber,
        terms_code=contract.terms_code,
        form=form,
        details=details,
        contract=contract,
    )


def handling(kind: str, amount: int, terms_code: str = "hikari-line") -> Tariff:
    return things.tariff(
        None,
        amount,
        code=f"handling-{kind}",
        kind=Tariff.Kind.HANDLING,
        occasion=kind,
        terms_code=terms_code,
        article=f"{terms_code} 39",
        name="変更事務手数料",
    )


def test_an_item_change_shows_its_fee_and_the_months_before_and_after():
    contract = things.contract(amount=6000)
    new = factories.product("hikari-line", item="10Gb/s")
    things.tariff(new, 9000)
    handling("item_change", 1000)
    found = preview(contract, "item_change", product=new.code, on=date(2025, 6, 16))
    assert found.effective_on == date(2025, 6, 16)
    assert [(charge.name, charge.amount) for charge in found.once] == [("変更事務手数料", 1000)]
    assert [(m.month.month, m.before, m.after) for m in found.months] == [(6, 6000, 7500), (7, 6000, 9000)]
    assert [charge.amount for charge in found.added] == [3000, 4500, 9000]
    assert {"hikari-line 16", "hikari-line 13", "hikari-line 38", "hikari-line 39"} <= set(
        map(str, found.articles)
    )
    assert not Request.objects.exists()
    assert not ProductChange.objects.exists()
    assert not Notice.objects.exists()
    assert not Charge.objects.exists()
    contract.refresh_from_db()
    assert contract.product != new


def test_what_was_granted_and_waits_for_its_day_costs_the_same_still():
    contract = things.contract(amount=6000)
    new = factories.product("hikari-line", item="10Gb/s")
    things.tariff(new, 9000)
    wish = {"product": new.code, "on": date(2025, 6, 16)}
    before = preview(contract, "item_change", **wish)
    request = receive_request(
        by=factories.staff(), at=factories.at(DAY), kind="item_change", subscriber=contract.subscriber,
        terms_code=contract.terms_code, form="written", details=wish, contract=contract,
    )  # fmt: skip
    accept_request(request=request, by=factories.staff(), on=DAY)
    assert request.state == Request.State.ACCEPTED
    assert preview_open(request, on=DAY) == before
    contract.refresh_from_db()
    assert contract.product != new


@pytest.mark.article("hikari-line", "40")
def test_a_different_route_costs_what_the_tariff_says_on_its_own_article():
    contract = things.contract()
    things.tariff(
        None,
        50000,
        code="different-route",
        kind=Tariff.Kind.OTHER,
        occasion="different_route",
        terms_code="hikari-line",
        article="hikari-line 40",
        name="異経路費用",
    )
    found = preview(contract, "different_route", reason="二重化のため", on=DAY)
    assert [(str(c.article), c.kind, c.amount) for c in found.once] == [
        ("hikari-line 40", "construction", 50000)
    ]


def test_a_relocation_names_the_range_of_work_fees():
    contract = things.contract()
    factories.serve("hikari-line", prefectures=("神奈川県",))
    for code, amount in (("small", 3000), ("large", 20000)):
        things.tariff(
            None, amount, code=code, kind=Tariff.Kind.CONSTRUCTION, terms_code="hikari-line", name=code,
            article="hikari-line 41",
        )  # fmt: skip
    found = preview(contract, "relocation", **PLACE, on=date(2025, 6, 20))
    assert found.work_fees == (3000, 20000)
    contract.line.refresh_from_db()
    assert contract.line.prefecture == "東京都"


def test_an_early_ending_shows_the_fee_for_the_remaining_months():
    contract = things.contract("business-network", amount=6000, term_start=date(2025, 4, 1), term_months=12)
    found = preview(contract, "ending", ends_on=date(2025, 7, 31))
    assert [(charge.kind, charge.amount) for charge in found.once] == [("early_termination", 48000)]
    assert found.months[-1].after == 0
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE


def test_what_the_document_does_not_allow_is_refused_as_it_would_be_in_earnest():
    contract = things.contract("business-network")
    with pytest.raises(Refused):
        preview(contract, "pause", on=DAY)


def test_without_a_price_the_preview_says_that_it_is_incomplete():
    contract = things.contract()
    found = preview(contract, "item_change", product=factories.product("hikari-line").code, on=DAY)
    assert not found.complete


@pytest.mark.article("hikari-line", "22")
def test_a_transfer_changes_no_month_before_its_day():
    contract = things.contract(amount=6000)
    things.tariff(
        None, 20000, code="opening", kind=Tariff.Kind.CONSTRUCTION, terms_code="hikari-line", article="hikari-line 41"
    )  # fmt: skip
    Work.objects.create(
        contract=contract, kind=Work.Kind.OPENING, planned_at=factories.at(DAY), started_at=factories.at(DAY),
        done_at=factories.at(DAY), state=Work.State.DONE, items=["opening"],
    )  # fmt: skip
    found = preview(contract, "transfer", transferee=factories.subscriber().number)
    assert found.effective_on == date(2025, 7, 1)  # Received on the 10th: the first day of the next month.
    assert [(m.month.month, m.before, m.after) for m in found.months] == [
        (6, 6000, 6000), (7, 6000, 0), (8, 6000, 0),
    ]  # fmt: skip
    assert "hikari-line 41" not in map(
        str, found.articles
    )  # The work of June is the transferor's to pay, as before.


def test_what_is_inspected_first_can_be_tried_out_before_the_inspection():
    contract = things.contract()
    found = preview(contract, "own_facility", equipment="構内交換機", place="2階")
    assert [str(article) for article in found.articles] == ["hikari-line 別記7"]
    assert not OwnEquipment.objects.exists()
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("code", "kind", "details", "article"),
    [
        ("isp-access", "name_change", {"name": "青葉 次郎"}, "isp-access 9"),
        ("isp-access", "initial_cancellation", {"dispatched_on": DAY}, "statute 電気通信事業法26の3"),
    ],
)
def test_where_the_document_is_silent_the_request_still_names_an_article(code, kind, details, article):
    contract = things.contract(code, 5000, subscriber=factories.subscriber(kind="person"))
    found = preview(contract, kind, form="web", **details)
    assert str(found.articles[0]) == article
