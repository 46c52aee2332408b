"""What reception does with requests."""

from datetime import date, timedelta

import pytest

from contracts.models import (
    Contract,
    Request,
    ServiceArea,
    Subscriber,
    Work,
)
from contracts.services.receive_request import receive_request
from notices.models import Notice
from tests import factories
from tests.admin.pressing import ask, buttons, done, errors, press
from tests.admin.world import NOW, TERMS, TODAY
from tests.contracts.grouping import group, living
from workflow.models import StateChange

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def application(terms_code: str = TERMS, **fields) -> Request:
    """An application as reception has received it."""
    factories.serve(terms_code)
    factories.publish_all()
    return receive_request(
        by=factories.staff(),
        at=fields.pop("at", NOW),
        kind=Request.Kind.NEW,
        subscriber=factories.subscriber(kind=Subscriber.Kind.CORPORATION),
        terms_code=terms_code,
        form=factories.asked_form(terms_code),
        details=factories.new_details(factories.product(terms_code), **fields),
    )


def test_a_request_is_reviewed_and_accepted_and_the_notice_is_announced_beforehand(with_role):
    request = application()
    client = with_role("reception")
    assert done(press(client, request, "review"))
    page = ask(client, request, "accept").content.decode()
    assert request.subscriber.email in page
    assert done(press(client, request, "accept", order_reason=""))
    request.refresh_from_db()
    assert request.state in (Request.State.ACCEPTED, Request.State.CARRIED_OUT)
    assert request.contract.state == Contract.State.ACCEPTED


def test_out_of_the_order_of_arrival_asks_for_its_reason_where_it_belongs(with_role):
    first, second = application(), application(at=NOW + timedelta(minutes=1))
    client = with_role("reception")
    assert first.number in errors(press(client, second, "accept", order_reason=""), "order_reason")
    second.refresh_from_db()
    assert second.state == Request.State.RECEIVED
    assert not StateChange.objects.filter(transition="accept").exists()
    assert done(press(client, second, "accept", order_reason="設備の都合"))
    second.refresh_from_db()
    assert second.order_reason == "設備の都合"


def test_what_a_service_did_before_it_said_no_is_not_shown_as_if_it_stood(with_role):
    request = application()
    ServiceArea.objects.all().delete()
    response = press(with_role("reception"), request, "accept", order_reason="")
    assert f"{TERMS} " in errors(response)
    assert "受領" in str(response.context["facts"][0][1])
    request.refresh_from_db()
    assert request.state == Request.State.RECEIVED


def test_a_refusal_names_a_ground_that_the_document_lists(with_role):
    request = application()
    client = with_role("reception")
    page = ask(client, request, "refuse")
    offered = [code for code, _label in page.context["form"].fields["ground"].choices]
    assert "out_of_area" in offered
    assert errors(
        press(client, request, "refuse", ground="i_do_not_like_him", reason="理由", order_reason=""), "ground"
    )
    assert errors(
        press(client, request, "refuse", ground="out_of_area", reason="", order_reason=""), "reason"
    )
    assert done(
        press(client, request, "refuse", ground="out_of_area", reason="提供区域外のため", order_reason="")
    )
    request.refresh_from_db()
    assert (request.state, request.ground) == (Request.State.REFUSED, "out_of_area")
    assert request.article.startswith(TERMS)
    assert "提供区域外のため" in Notice.objects.latest("id").body


def test_an_answer_is_deferred_only_where_the_document_lets_it(with_role):
    client = with_role("reception")
    assert done(press(client, application("isp-access"), "defer", reason="調査中"))
    assert "defer" not in buttons(client, application(TERMS))
    assert list(Request.objects.order_by("id").values_list("state", flat=True)) == ["deferred", "received"]


def test_a_request_is_withdrawn_with_its_reason(with_role):
    request = application()
    assert done(press(with_role("reception"), request, "withdraw", reason="申込者の都合"))
    request.refresh_from_db()
    assert request.state == Request.State.WITHDRAWN
    assert StateChange.objects.filter(transition="withdraw", reason="申込者の都合").exists()


def test_whoever_may_not_answer_has_no_button_and_is_turned_away(with_role):
    request = application()
    for role in ("billing", "network", "credit_control", "audit"):
        client = with_role(role)
        assert buttons(client, request) == []
        for button in ("review", "accept", "refuse", "defer", "withdraw"):
            assert press(client, request, button, reason="x", ground="out_of_area").status_code == 403
    request.refresh_from_db()
    assert request.state == Request.State.RECEIVED


def test_a_button_that_is_not_open_any_more_does_nothing(with_role):
    request = application()
    client = with_role("reception")
    assert done(press(client, request, "withdraw", reason="都合"))
    again = press(client, request, "withdraw", reason="もう一度")
    assert again.status_code == 302
    assert StateChange.objects.filter(transition="withdraw", reason="もう一度").count() == 0


def test_requests_of_each_kind_are_received_from_the_contract(with_role, contract):
    client = with_role("reception")
    option = factories.product(TERMS, kind="option")
    form = factories.asked_form(TERMS)
    offered = [name for name in buttons(client, contract) if name.startswith("receive-")]
    assert {"receive-option", "receive-pause", "receive-ending"} <= set(offered)
    for name in offered:
        assert ask(client, contract, name).status_code == 200, name
    assert done(
        press(client, contract, "receive-option", form=form, product=option.code, action="add", on=TODAY)
    )
    request = Request.objects.get(kind=Request.Kind.OPTION)
    assert request.contract == contract
    assert done(press(client, request, "accept", order_reason=""))
    assert contract.options.get().product == option


def test_a_wrong_detail_is_said_at_its_field(with_role, contract):
    response = press(with_role("reception"), contract, "receive-pause", form="written", on="")
    assert errors(response, "on")


def test_an_ending_by_the_subscriber_takes_effect_on_its_own(with_role, contract):
    table = contract.pack(TODAY).subscriber_ending
    form = "written" if table.form == "any" else table.form
    response = press(
        with_role("reception"),
        contract,
        "receive-ending",
        form=form,
        ends_on=date(2026, 3, 31),
        reason="引越し",
    )
    assert done(response)
    contract.refresh_from_db()
    assert (contract.state, contract.ends_on) == (Contract.State.ENDING, date(2026, 3, 31))


def test_a_line_of_a_group_that_is_to_leave_it_is_asked_at_its_field_for_the_group_there(with_role):
    contract, *_others = living(group(), 2)
    factories.serve(contract.terms_code)
    response = press(
        with_role("reception"),
        contract,
        "receive-relocation",
        form="phone",
        on=TODAY,
        **factories.ADDRESS | {"town": "丸の内2-2"},
    )
    assert "hikari-line 5" in errors(response, "group")
    assert not Request.objects.filter(kind=Request.Kind.RELOCATION).exists()


def test_the_work_planned_for_a_relocation_is_one_unless_said_otherwise(with_role):
    # As another kind of work it would leave the balance of the instalments unasked for.
    contract = factories.contract()
    request = Request.objects.create(
        number="R1",
        kind=Request.Kind.RELOCATION,
        subscriber=contract.subscriber,
        contract=contract,
        terms_code=contract.terms_code,
        form="phone",
        received_at=NOW,
        state=Request.State.ACCEPTED,
    )
    page = ask(with_role("network"), request, "plan-work")
    assert page.context["form"]["kind"].initial == Work.Kind.RELOCATION
