"""Another fee than before takes effect only where it was posted in the time that its document asks for."""

from copy import copy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from billing.models import Tariff, TariffPrice
from billing.services.import_prices import import_prices
from billing.services.set_price import set_price
from contracts.guards.terms_change import fee_in_time
from contracts.importing.read_file import ImportRefused
from contracts.models import Product
from notices.models import Notice, Posting
from terms.registry import pack_for, statute
from tests import factories
from tests.billing import things
from workflow.errors import Refused
from workflow.selectors import state_changes_of

TODAY = date(2025, 6, 10)
NEXT, BEFORE = TODAY + timedelta(days=1), TODAY - timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def tariff_of(terms_code: str) -> Tariff:
    return things.contract(terms_code, 6000).product.tariffs.get()


def change(tariff: Tariff, amount: int, day: date, **fields: Any) -> TariffPrice:
    return set_price(
        tariff=tariff, amount=amount, valid_from=day, by=factories.staff(), at=factories.at(TODAY), **fields
    )


@pytest.mark.parametrize(
    ("terms_code", "article", "earliest"),
    [
        pytest.param("business-network", "business-network 4", NEXT, marks=pytest.mark.article("business-network", "4")),
        pytest.param("hikari-phone", "hikari-phone 3", TODAY, marks=pytest.mark.article("hikari-phone", "3")),
        pytest.param("hikari-line", "民法548の4", NEXT, marks=pytest.mark.article("hikari-line", "2")),
        pytest.param("isp-access", "isp-access 2", NEXT, marks=pytest.mark.article("isp-access", "2")),
    ],
)  # fmt: skip
def test_a_higher_fee_applies_from_the_day_that_its_posting_allows(terms_code, article, earliest):
    tariff = tariff_of(terms_code)
    with pytest.raises(Refused) as refused:
        change(tariff, 6500, earliest - timedelta(days=1))
    assert article in str(refused.value.refusal.article)
    assert refused.value.refusal.code == "effective_too_early"
    assert (tariff.prices.count(), Posting.objects.count()) == (1, 0)
    price = change(tariff, 6500, earliest)
    posting = Posting.objects.get()
    assert (price.posting, posting.posted_from) == (posting, factories.at(TODAY))
    assert article in posting.article
    assert f"{earliest.month}月{earliest.day}日から6,500円（改定前6,000円）" in posting.body


@pytest.mark.parametrize(
    ("terms_code", "earliest"),
    [
        # 2-3, proviso: told promptly after; 民法548の4-1(1); 4: without serious effect on the price, with its posting.
        pytest.param("isp-access", BEFORE, marks=pytest.mark.article("isp-access", "2")),
        pytest.param("hikari-line", BEFORE, marks=pytest.mark.article("hikari-line", "2")),
        pytest.param("business-network", TODAY, marks=pytest.mark.article("business-network", "4")),
    ],
)
def test_a_lower_fee_may_apply_sooner(terms_code, earliest):
    tariff = tariff_of(terms_code)
    price = change(tariff, 5500, earliest)
    assert price.posting == Posting.objects.get()
    if earliest == TODAY:
        with pytest.raises(Refused):
            change(tariff, 5400, BEFORE)


@pytest.mark.article("business-network", "4")
def test_a_fee_that_the_law_requires_applies_with_its_posting_where_the_document_says_so():
    tariff = tariff_of("business-network")
    with pytest.raises(Refused):
        change(tariff, 6500, TODAY)
    assert change(tariff, 6500, TODAY, required_by_law=True).posting is not None
    with pytest.raises(Refused) as refused:
        change(tariff_of("isp-access"), 6500, NEXT, required_by_law=True)
    assert refused.value.refusal.code == "not_at_once"


@pytest.mark.article("isp-access", "2")
def test_each_subscriber_with_the_fee_is_told_where_the_document_has_each_told():
    mine, other = things.contract("isp-access", 6000), things.contract("isp-access", 6000)
    option = factories.product(kind=Product.Kind.OPTION)
    dear = things.tariff(option, 300)
    factories.option(other, product=option)
    change(mine.product.tariffs.get(), 6500, NEXT)
    change(dear, 400, NEXT)
    told = Notice.objects.filter(occasion="fees_changed").order_by("id")
    assert [notice.recipient for notice in told] == [mine.subscriber, other.subscriber]
    assert {notice.article for notice in told} == {"isp-access 2"}
    assert "6月11日から6,500円" in told[0].body
    assert "書面でその旨をお申し出ください" in told[0].body.replace("\n", "")
    change(tariff_of("business-network"), 6500, NEXT)
    assert told.count() == 2


def test_the_first_fee_and_one_that_stays_as_it_was_are_not_posted():
    tariff = tariff_of("business-network")
    change(tariff, 6000, TODAY)
    new = Tariff.objects.create(code="new", terms_code="business-network", kind="option", name="新サービス")
    change(new, 100, TODAY)
    assert not Posting.objects.exists()


@pytest.mark.article("business-network", "4")
def test_a_file_of_fees_is_posted_once_and_refused_row_by_row():
    one, two = tariff_of("business-network"), tariff_of("business-network")
    head = "料金コード,適用開始日,金額,備考"

    def upload(*rows: str) -> int:
        data = "\n".join([head, *rows]).encode()
        return import_prices(data=data, by=factories.staff(), at=factories.at(TODAY))

    with pytest.raises(ImportRefused) as refused:
        upload(f"{one.code},{NEXT},6500,", f"{two.code},{TODAY},6500,")
    assert ["business-network 4" in str(problem) for problem in refused.value.problems] == [True]
    assert (TariffPrice.objects.count(), Posting.objects.count()) == (2, 0)
    assert upload(f"{one.code},{NEXT},6500,", f"{two.code},{NEXT},6600,") == 2
    body = Posting.objects.get().body
    assert "6,500円" in body
    assert "6,600円" in body


def test_fees_that_are_part_of_the_terms_wait_as_long_as_the_terms():
    pack = pack_for("business-network", TODAY)
    object.__setattr__(pack := copy(pack), "terms_notice", replace(pack.terms_notice, fees_apart=False))
    law = statute(TODAY)
    soon = fee_in_time(pack, law, posted=TODAY, effective=TODAY + timedelta(days=29), lower=False)
    assert soon is not None
    assert soon.article == pack.article("4")
    assert fee_in_time(pack, law, posted=TODAY, effective=TODAY + timedelta(days=30), lower=False) is None


@pytest.mark.article("isp-access", "2-3")
def test_a_price_that_stands_already_is_neither_set_nor_announced_again():
    tariff = tariff_of("isp-access")
    file = f"料金コード,適用開始日,金額,備考\n{tariff.code},{NEXT},6500,改定\n".encode()
    for expected in (1, 0):
        assert import_prices(data=file, by=factories.staff(), at=factories.at(TODAY)) == expected
    change(tariff, 6500, NEXT, note="改定")
    assert Posting.objects.count() == 1
    assert Notice.objects.filter(occasion="fees_changed").count() == 1
    assert state_changes_of(tariff).filter(transition="set_price").count() == 1
    change(tariff, 6500, NEXT, note="料金改定のお知らせのとおり")  # only the note is another
    assert Posting.objects.count() == 1
    change(tariff, 6600, NEXT)
    assert Posting.objects.count() == 2
