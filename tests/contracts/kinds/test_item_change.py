"""Another item: refused as an application is, told to the partner who prices the course, kept day by day."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, ProductChange, Request
from contracts.services.carry_out_requests import carry_out_requests
from contracts.services.refuse_request import refuse_request
from contracts.services.review_request import review_request
from notices.models import Notice
from tests import factories
from tests.contracts.kinds.asking import DAY, ask, grant
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

LATER = date(2025, 8, 20)


@pytest.fixture(autouse=True)
def _published():
    factories.publish_all()


def form_of(terms_code: str) -> str:
    return "web" if terms_code == "isp-access" else "written"


@pytest.mark.article("hikari-line", "16")
@pytest.mark.article("hikari-phone", "13")
@pytest.mark.article("isp-access", "10")
@pytest.mark.parametrize("terms_code", ["hikari-line", "hikari-phone", "isp-access"])
def test_the_contract_has_the_new_item_from_the_wished_day(terms_code):
    contract = factories.contract(terms_code)
    old, new = contract.product, factories.product(terms_code, item="10Gb/s")
    request = grant(ask(contract, "item_change", form=form_of(terms_code), product=new.code, on=LATER))
    contract.refresh_from_db()
    assert (contract.product, request.effective_on) == (old, LATER)
    carry_out_requests(on=LATER)
    contract.refresh_from_db()
    request.refresh_from_db()
    assert (contract.product, request.state) == (new, Request.State.CARRIED_OUT)
    change = ProductChange.objects.get()
    assert (change.on, change.old, change.new, change.request) == (LATER, old, new, request)
    done = Notice.objects.get(occasion="change_done")
    assert str(done.article) == change.article


@pytest.mark.parametrize("carried_out", [False, True])
def test_a_second_change_of_the_same_day_is_refused_in_review_and_at_acceptance(carried_out):
    contract = factories.contract()
    one, two = (
        ask(contract, "item_change", form="web", product=factories.product().code, on=LATER) for _ in range(2)
    )
    grant(one)
    if carried_out:
        carry_out_requests(on=LATER)
        contract.refresh_from_db()
    assert [refusal.code for refusal in review_request(request=two, by=factories.staff(), on=DAY)] == [
        "changes_that_day"
    ]
    with pytest.raises(Refused) as refused:
        grant(two)
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (
        "changes_that_day",
        "isp-access 10",
    )
    assert ProductChange.objects.count() == carried_out


@pytest.mark.article("isp-access", "10")
def test_the_item_changes_on_the_web_page_only_where_the_document_says_so():
    contract = factories.contract()
    with pytest.raises(Refused) as refused:
        ask(contract, "item_change", form="written", product=factories.product().code, on=DAY)
    assert str(refused.value.refusal.article) == "isp-access 10"
    assert not Request.objects.exists()


@pytest.mark.article("isp-access", "10")
def test_the_partner_who_prices_the_course_is_told_of_its_change():
    partner = factories.partner()
    contract = factories.contract(partner=partner)
    new = factories.product(partner=partner)
    grant(ask(contract, "item_change", form="web", product=new.code, on=DAY))
    assert Notice.objects.filter(occasion="partner_informed").count() == 1


@pytest.mark.article("hikari-line", "16")
def test_an_item_change_is_refused_on_the_grounds_of_an_application():
    contract = factories.contract("hikari-line")
    request = ask(contract, "item_change", product=factories.product("hikari-line").code, on=DAY)
    refuse_request(
        request=request, by=factories.staff(), on=DAY, ground="unpaid_or_likely", reason="滞納中のため"
    )
    assert (request.state, request.article) == (Request.State.REFUSED, "hikari-line 13-4(3)")
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE


@pytest.mark.article("hikari-line", "5")
def test_the_maintenance_type_alone_changes_once_a_month():
    items = [factories.product("hikari-line", item="1Gb/s", maintenance=f"type{n}") for n in range(3)]
    contract = factories.contract("hikari-line", product=items[0])
    grant(ask(contract, "item_change", product=items[1].code, on=DAY))
    contract.refresh_from_db()
    with pytest.raises(Refused) as refused:
        ask(contract, "item_change", product=items[2].code, on=date(2025, 8, 31))
    assert refused.value.refusal.code == "maintenance_changed_already"
    ask(contract, "item_change", product=items[2].code, on=date(2025, 9, 1))
    other = factories.product("hikari-line", item="10Gb/s", maintenance="type2")
    ask(contract, "item_change", product=other.code, on=date(2025, 8, 31))


def test_a_document_that_says_nothing_of_item_changes_refuses_one():
    contract = factories.contract("business-network")
    with pytest.raises(Refused) as refused:
        ask(contract, "item_change", product=factories.product("business-network").code, on=DAY)
    assert refused.value.refusal.code == "no_such_request"


def test_the_item_that_the_contract_has_is_no_change():
    contract = factories.contract("hikari-line")
    with pytest.raises(ValidationError) as error:
        ask(contract, "item_change", product=contract.product.code, on=DAY)
    assert set(error.value.message_dict) == {"product"}
