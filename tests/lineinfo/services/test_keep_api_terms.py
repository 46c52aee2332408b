"""A new version of the API's terms binds the contracts of before it only if it was announced as the document asks."""

from datetime import date, timedelta
from typing import Any

import pytest

from contracts.models import Product, TermsVersion
from contracts.services.publish_terms import publish_terms
from lineinfo.models import ApiContract, KeptApiVersion
from lineinfo.services.carry_out_api_day import carry_out_api_day
from lineinfo.services.keep_api_terms import keep_api_terms
from tests import factories
from tests.lineinfo.conftest import API, TODAY, Customer, customer
from workflow.models import User
from workflow.selectors import clock_user

ONE_DOCUMENT = 12
OLD, NEW, NEXT = date(2025, 7, 1), date(2025, 11, 1), date(2025, 12, 1)
DAY = timedelta(days=1)


def version_on(customer: Customer, day: date) -> date:
    return ApiContract.objects.get(pk=customer.api.pk).pack(day).effective


@pytest.fixture
def published(ours: Customer) -> None:
    factories.publish_all()


@pytest.mark.article(API, "2")
@pytest.mark.usefixtures("published")
def test_a_version_that_nobody_posted_leaves_the_contracts_of_before_under_the_old_one(
    ours: Customer, packs: Any
) -> None:
    packs(API, NEW)
    assert carry_out_api_day(at=factories.at(NEW - DAY))["API contracts kept under earlier terms"] == 0
    assert carry_out_api_day(at=factories.at(NEW))["API contracts kept under earlier terms"] == 1
    assert keep_api_terms(on=NEW) == 0
    kept = KeptApiVersion.objects.get()
    assert (kept.contract, kept.version.effective, kept.since, kept.until) == (ours.api, OLD, NEW, None)
    assert kept.article == "line-info-api 2"
    assert "2025-11-01" in kept.reason
    assert [version_on(ours, day) for day in (TODAY, NEW, NEXT)] == [OLD, OLD, OLD]


@pytest.mark.article(API, "2")
@pytest.mark.usefixtures("published")
def test_a_version_posted_in_time_binds_and_ends_the_time_under_the_old_one(
    ours: Customer, packs: Any
) -> None:
    packs(API, NEW)
    keep_api_terms(on=NEW)
    later = publish_terms(pack=packs(API, NEXT), by=clock_user(), at=factories.at(NEXT - DAY))
    assert later.posting is not None
    assert later.posting.article == "line-info-api 2"
    assert keep_api_terms(on=NEXT) == 0
    assert KeptApiVersion.objects.get().until == NEXT - DAY
    assert [version_on(ours, day) for day in (TODAY, NEW, NEXT - DAY, NEXT)] == [OLD, OLD, OLD, NEXT]


@pytest.mark.article(API, "2")
@pytest.mark.usefixtures("published")
def test_one_version_after_another_that_binds_nobody_keeps_the_first(ours: Customer, packs: Any) -> None:
    for day in (NEW, NEXT):
        packs(API, day)
        assert keep_api_terms(on=day) == 1
    rows = KeptApiVersion.objects.order_by("since").values_list("version__effective", "since", "until")
    assert list(rows) == [(OLD, NEW, NEXT - DAY), (OLD, NEXT, None)]
    assert version_on(ours, NEXT) == OLD


@pytest.mark.usefixtures("published")
def test_a_contract_made_under_the_new_version_is_under_it(ours: Customer, packs: Any) -> None:
    packs(API, NEW)
    ApiContract.objects.filter(pk=ours.api.pk).update(accepted_on=NEW)
    assert keep_api_terms(on=NEW) == 0
    assert version_on(ours, NEW) == NEW
    assert TermsVersion.objects.filter(terms_code=API).count() == 1


@pytest.mark.usefixtures("published", "ours")
def test_each_document_is_looked_at_once_however_many_contracts_it_has(
    target: Product, by: User, packs: Any, django_assert_max_num_queries: Any
) -> None:
    for _each in range(3):
        customer(target, by)
    packs(API, NEW)
    assert keep_api_terms(on=NEW) == 4
    with django_assert_max_num_queries(ONE_DOCUMENT):
        keep_api_terms(on=NEW)
