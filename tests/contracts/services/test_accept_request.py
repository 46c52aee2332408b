"""Saying yes: in order of arrival, only to what the document allows, formed at the moment it names."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Agreement, Contract, Pause, Request, ServiceArea, TermsVersion
from contracts.services.accept_request import accept_request
from contracts.services.receive_request import receive_request
from notices.models import Notice
from tests import factories
from tests.contracts.kinds.asking import ask
from workflow.errors import Refused
from workflow.selectors import state_changes_of

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)


@pytest.fixture(autouse=True)
def _published():
    factories.publish_all()
    factories.serve("isp-access", "hikari-line", "hikari-phone", "business-network")


def apply(
    terms_code: str = "isp-access",
    *,
    day: date = DAY,
    hour: int = 10,
    subscriber: Any = None,
    item: Any = None,
    **details: Any,
) -> Any:
    return receive_request(
        by=factories.staff(),
        at=factories.at(day, hour),
        kind=Request.Kind.NEW,
        subscriber=subscriber or factories.subscriber(kind="corporation"),
        terms_code=terms_code,
        form=factories.asked_form(terms_code),
        details=factories.new_details(item or factories.product(terms_code), **details),
    )


def accept(request: Request, day: date = DAY, **fields: Any) -> Any:
    return accept_request(request=request, by=factories.staff(), on=day, **fields)


@pytest.mark.article("isp-access", "9")
@pytest.mark.article("hikari-line", "13")
@pytest.mark.article("business-network", "3")
@pytest.mark.parametrize("terms_code", ["isp-access", "hikari-line", "business-network"])
def test_the_contract_is_formed_at_acceptance_under_the_version_of_that_day(terms_code):
    request = accept(apply(terms_code))
    contract = request.contract
    assert (request.state, contract.state) == (Request.State.ACCEPTED, Contract.State.ACCEPTED)
    assert contract.formed_on == DAY
    assert contract.live.lower == DAY
    agreement = Agreement.objects.get(contract=contract)
    assert (agreement.since, agreement.version.pack.code) == (DAY, terms_code)
    notice = Notice.objects.get(occasion="contract_accepted")
    assert notice.facts["formed_on"] == DAY.isoformat()
    assert (
        state_changes_of(contract).get().article
        == f"{terms_code} {contract.pack(DAY).application.article.number}"
    )


@pytest.mark.article("hikari-phone", "7")
@pytest.mark.article("hikari-phone", "9")
def test_a_contract_formed_at_registration_is_not_formed_by_acceptance():
    request = accept(apply("hikari-phone"))
    assert request.contract.state == Contract.State.ACCEPTED
    assert request.contract.formed_on is None
    assert not Agreement.objects.exists()
    assert Notice.objects.get(occasion="contract_accepted").facts["formed_on"] is None


@pytest.mark.article("hikari-phone", "4")
@pytest.mark.article("hikari-phone", "8")
def test_a_person_cannot_hold_a_contract_for_corporations_only():
    request = apply("hikari-phone", subscriber=factories.subscriber())
    with pytest.raises(Refused) as refused:
        accept(request)
    assert str(refused.value.refusal.article) == "hikari-phone 8-2"
    request.refresh_from_db()
    assert request.state == Request.State.RECEIVED
    assert Contract.objects.get().state == Contract.State.APPLIED


@pytest.mark.article("hikari-line", "6")
@pytest.mark.article("hikari-line", "別記1")
@pytest.mark.article("hikari-phone", "10")
@pytest.mark.article("isp-access", "49")
@pytest.mark.article("business-network", "6")
@pytest.mark.parametrize(
    ("terms_code", "article"),
    [("hikari-line", "6"), ("hikari-phone", "10"), ("isp-access", "49"), ("business-network", "6")],
)
def test_a_place_outside_the_service_area_is_refused(terms_code, article):
    request = apply(terms_code, prefecture="沖縄県", city="那覇市", postal_code="9000001")
    with pytest.raises(Refused) as refused:
        accept(request)
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (
        "out_of_area",
        f"{terms_code} {article}",
    )


def test_a_service_area_may_be_one_city():
    ServiceArea.objects.create(terms_code="isp-access", prefecture="山梨県", city="甲府市")
    inside = apply(prefecture="山梨県", city="甲府市", postal_code="4000031")
    assert accept(inside).state == Request.State.ACCEPTED
    outside = apply(prefecture="山梨県", city="富士吉田市", postal_code="4030004")
    with pytest.raises(Refused):
        accept(outside)


def test_a_phone_needs_the_line_beside_which_it_stands():
    item = factories.product("hikari-phone", beside_terms="hikari-line")
    request = apply("hikari-phone", item=item)
    with pytest.raises(Refused) as refused:
        accept(request)
    assert refused.value.refusal.code == "no_parent_contract"


def test_a_phone_stands_beside_the_only_line_of_its_subscriber():
    line_contract = factories.contract("hikari-line")
    item = factories.product("hikari-phone", beside_terms="hikari-line")
    request = accept(apply("hikari-phone", item=item, subscriber=line_contract.subscriber))
    assert request.contract.parent == line_contract


def test_with_two_lines_the_application_says_beside_which():
    first = factories.contract("hikari-line")
    second = factories.contract("hikari-line", subscriber=first.subscriber)
    item = factories.product("hikari-phone", beside_terms="hikari-line")
    with pytest.raises(ValidationError) as error:
        apply("hikari-phone", item=item, subscriber=first.subscriber)
    assert "parent" in error.value.message_dict
    named = apply("hikari-phone", item=item, subscriber=first.subscriber, parent=second.number)
    assert named.contract.parent == second


@pytest.mark.article("hikari-line", "13")
@pytest.mark.article("isp-access", "9")
def test_a_later_application_waits_for_the_earlier_one_unless_a_reason_is_given():
    earlier, later = apply(hour=9), apply(hour=11)
    with pytest.raises(Refused) as refused:
        accept(later)
    assert refused.value.refusal.code == "out_of_order"
    assert earlier.number in refused.value.refusal.reason
    accept(later, order_reason="工事の都合により")
    later.refresh_from_db()
    assert (later.state, later.order_reason) == (Request.State.ACCEPTED, "工事の都合により")


def test_the_order_of_arrival_is_kept_within_one_document_only():
    apply("hikari-line", hour=9)
    assert accept(apply("isp-access", hour=11)).state == Request.State.ACCEPTED


def test_two_applications_of_one_moment_go_by_their_numbers():
    first, second = apply(), apply()
    with pytest.raises(Refused):
        accept(second)
    assert accept(first).state == Request.State.ACCEPTED
    assert accept(second).state == Request.State.ACCEPTED


@pytest.mark.article("isp-access", "3")
def test_the_course_of_a_partner_is_priced_by_that_partner():
    docomo = factories.partner()
    item = factories.product("isp-access", partner=docomo)
    assert accept(apply(item=item)).contract.partner == docomo


@pytest.mark.article("isp-access", "12")
@pytest.mark.article("hikari-line", "20")
@pytest.mark.article("hikari-phone", "17")
@pytest.mark.parametrize("terms_code", ["isp-access", "hikari-line", "hikari-phone"])
def test_a_pause_asked_for_today_starts_with_its_acceptance(terms_code):
    contract = factories.contract(terms_code)
    request = ask(contract, Request.Kind.PAUSE, form="web", on=DAY)
    accept(request)
    contract.refresh_from_db()
    assert (request.state, contract.state) == (Request.State.CARRIED_OUT, Contract.State.PAUSED)
    assert Pause.objects.get().starts_on == DAY
    assert Notice.objects.get(occasion="pause_started").facts["charged"] is True


def test_a_pause_asked_for_later_waits_for_its_day():
    contract = factories.contract()
    request = receive_request(
        by=factories.staff(),
        at=factories.at(DAY),
        kind=Request.Kind.PAUSE,
        subscriber=contract.subscriber,
        terms_code=contract.terms_code,
        form="web",
        details={"on": (DAY + timedelta(days=3)).isoformat()},
        contract=contract,
    )
    accept(request)
    contract.refresh_from_db()
    assert (request.state, contract.state) == (Request.State.ACCEPTED, Contract.State.ACTIVE)


def ask_for_pause(contract: Contract) -> Request:
    return receive_request(
        by=factories.staff(),
        at=factories.at(DAY),
        kind=Request.Kind.PAUSE,
        subscriber=contract.subscriber,
        terms_code=contract.terms_code,
        form="web",
        details={"on": DAY},
        contract=contract,
    )


@pytest.mark.article("isp-access", "12")
def test_the_course_of_a_partner_cannot_be_paused():
    with pytest.raises(Refused) as refused:
        ask_for_pause(factories.contract(partner=factories.partner()))
    assert str(refused.value.refusal.article) == "isp-access 12-2"
    assert not Request.objects.exists()


def test_a_document_without_a_pause_refuses_one():
    with pytest.raises(Refused) as refused:
        ask_for_pause(factories.contract("business-network"))
    assert str(refused.value.refusal.article) == "business-network 1"
    assert not Request.objects.exists()


def test_without_published_terms_nothing_is_accepted():
    TermsVersion.objects.filter(terms_code="isp-access").delete()
    request = apply()
    with pytest.raises(ValidationError, match="load_terms"):
        accept(request)
    request.refresh_from_db()
    assert request.state == Request.State.RECEIVED
