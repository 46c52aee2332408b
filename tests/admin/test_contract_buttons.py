"""What reception, credit control and the network do with subscribers, contracts, requests, works and lines."""

from datetime import date, timedelta

import pytest

from contracts.models import (
    Contract,
    Ending,
    EndingProposal,
    Interruption,
    Outage,
    Request,
    Subscriber,
    Suspension,
    TermsVersion,
    Work,
)
from contracts.services.receive_request import receive_request
from notices.models import Notice
from terms.registry import registry
from tests import factories
from tests.admin.pressing import ask, buttons, done, errors, press
from tests.admin.world import NOW, TERMS, TODAY, serious
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


# --- Subscribers -------------------------------------------------------------------------------

TARO = {
    "kind": "person",
    "name": "山田 太郎",
    "name_kana": "やまだ たろう",
    "phone": "03-1234-5678",
    "email": "taro@example.jp",
    "channel": "email",
    **{name: value for name, value in factories.ADDRESS.items() if value},
}


def test_reception_registers_a_subscriber(with_role):
    assert done(press(with_role("reception"), Subscriber, "register", **TARO))
    assert Subscriber.objects.get().name_kana == "ヤマダ　タロウ"


def test_a_subscriber_with_a_wrong_corporate_number_is_refused_at_that_field(with_role):
    wrong = TARO | {"kind": "corporation", "corporate_number": "1234567890123"}
    assert errors(press(with_role("reception"), Subscriber, "register", **wrong), "corporate_number")
    assert not Subscriber.objects.exists()


def test_the_network_does_not_register_subscribers(with_role):
    assert ask(with_role("network"), Subscriber, "register").status_code == 403
    assert press(with_role("network"), Subscriber, "register", **TARO).status_code == 403


def test_reception_receives_an_application(with_role):
    subscriber = factories.subscriber()
    product = factories.product(TERMS)
    option = factories.product(TERMS, kind="option")
    factories.serve(TERMS)
    data = {
        "form": factories.asked_form(TERMS),
        "product": product.code,
        "options": option.code,
        **factories.ADDRESS,
    }
    response = press(with_role("reception"), subscriber, f"apply-{TERMS}", **data)
    assert done(response)
    request = Request.objects.get()
    assert (request.state, request.contract.product) == (Request.State.RECEIVED, product)
    assert request.details["options"] == [option.code]
    assert response["Location"].endswith(f"/request/{request.pk}/change/")


def test_only_products_of_the_document_are_offered(with_role):
    ours, theirs = factories.product(TERMS), factories.product("isp-access")
    form = ask(with_role("reception"), factories.subscriber(), f"apply-{TERMS}").context["form"]
    offered = [code for code, _name in form.fields["product"].choices]
    assert ours.code in offered
    assert theirs.code not in offered
    # Where there is nothing to choose from, nothing is asked.
    assert not {"parent", "options"} & set(form.fields)


def test_a_contract_beside_the_new_one_is_chosen_from_the_subscribers_own(with_role):
    phone = factories.product("hikari-phone", beside_terms="hikari-line")
    line = factories.contract("hikari-line")
    factories.contract("hikari-line")
    form = ask(with_role("reception"), line.subscriber, "apply-hikari-phone").context["form"]
    assert [code for code, _name in form.fields["parent"].choices] == ["", line.number]
    assert phone.code in [code for code, _name in form.fields["product"].choices]


def test_an_application_in_another_form_than_the_documents_is_refused_with_its_article(with_role):
    code = next(code for code in registry().codes() if registry().latest(code).application.form == "written")
    product = factories.product(code)
    data = {"form": "phone", "product": product.code, **factories.ADDRESS}
    assert f"{code} " in errors(
        press(with_role("reception"), factories.subscriber(), f"apply-{code}", **data)
    )
    assert not Request.objects.exists()


def test_contact_details_change_and_what_stood_before_stays_on_record(with_role):
    subscriber = factories.subscriber(email="old@example.jp")
    client = with_role("reception")
    data = {
        "contact_person": "総務部",
        "phone": "03-1111-2222",
        "email": "new@example.jp",
        "channel": "email",
    }
    assert done(press(client, subscriber, "contact", **data))
    subscriber.refresh_from_db()
    assert (subscriber.email, subscriber.phone) == ("new@example.jp", "03-1111-2222")
    page = client.get(f"/staff/contracts/subscriber/{subscriber.pk}/change/").content.decode()
    assert "old@example.jp" in page


def test_notices_by_mail_need_a_mail_address(with_role):
    subscriber = factories.subscriber(email="old@example.jp")
    data = {"contact_person": "", "phone": "03-1111-2222", "email": "", "channel": "email"}
    assert errors(press(with_role("reception"), subscriber, "contact", **data))
    assert errors(
        press(
            with_role("reception"),
            subscriber,
            "contact",
            **(data | {"phone": "abc", "email": "a@example.jp"}),
        ),
        "phone",
    )
    subscriber.refresh_from_db()
    assert subscriber.email == "old@example.jp"


def test_billing_changes_no_contact_details(with_role):
    assert (
        press(with_role("billing"), factories.subscriber(), "contact", phone="03-1111-2222").status_code
        == 403
    )


# --- Requests ----------------------------------------------------------------------------------


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
    assert f"{TERMS} " in errors(press(client, application(TERMS), "defer", reason="調査中"))
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


# --- Contracts and works -----------------------------------------------------------------------


def test_the_network_plans_starts_and_finishes_a_work(with_role, contract):
    client = with_role("network")
    planned = NOW + timedelta(days=3)
    assert done(press(client, contract, "plan-work", kind="item_change", planned_at=planned))
    work = Work.objects.get()
    assert (work.planned_at, work.state) == (planned, Work.State.PLANNED)
    assert buttons(client, work) == ["start", "cancel"]
    assert done(press(client, work, "start", at=NOW))
    assert buttons(client, work) == ["finish", "cancel"]
    assert done(press(client, work, "finish", at=NOW + timedelta(hours=1)))
    work.refresh_from_db()
    assert (work.state, work.done_at) == (Work.State.DONE, NOW + timedelta(hours=1))
    assert "start" not in buttons(client, work)


def test_a_planned_work_that_is_cancelled_costs_nothing(with_role, contract):
    client = with_role("network")
    assert done(press(client, contract, "plan-work", kind="item_change", planned_at=NOW))
    work = Work.objects.get()
    assert "cost_so_far" not in ask(client, work, "cancel").context["form"].fields
    assert done(press(client, work, "cancel", at=NOW, reason="都合"))
    work.refresh_from_db()
    assert (work.state, work.cost_so_far) == (Work.State.CANCELLED, 0)


def test_a_contract_is_opened_only_once_its_opening_work_is_done(with_role):
    factories.publish_all()
    contract = factories.contract(TERMS, state=Contract.State.ACCEPTED)
    client = with_role("network")
    assert done(press(client, contract, "plan-work", kind="opening", planned_at=NOW))
    assert errors(press(client, contract, "open", on=TODAY))
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACCEPTED
    work = Work.objects.get()
    assert done(press(client, work, "start", at=NOW))
    assert done(press(client, work, "finish", at=NOW))
    assert done(press(client, contract, "open", on=TODAY))
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE


def test_reception_neither_suspends_nor_opens(with_role, contract):
    client = with_role("reception")
    assert not {"suspend", "end", "open"} & set(buttons(client, contract))
    assert press(client, contract, "suspend", ground=serious(contract), reason="x").status_code == 403


# --- Suspensions -------------------------------------------------------------------------------


def proposed(client, contract: Contract, **changes) -> Suspension:
    """A suspension as credit control proposes it."""
    data = {
        "ground": serious(contract),
        "reason": "約款の義務に違反したため",
        "starts_on": TODAY + timedelta(days=10),
        "through": TODAY + timedelta(days=40),
    }
    assert done(press(client, contract, "suspend", **(data | changes)))
    return Suspension.objects.latest("id")


def test_a_suspension_goes_from_proposal_to_lifting(with_role, root, contract, clock):
    client = with_role("credit_control")
    suspension = proposed(client, contract)
    # The proposer has no button; a second person has.
    assert buttons(client, suspension) == []
    assert press(client, suspension, "approve").status_code == 403
    assert buttons(root, suspension) == ["approve", "reject"]
    assert done(press(root, suspension, "approve"))
    assert done(press(client, suspension, "tell"))
    notice = Notice.objects.filter(occasion="suspension_notice").get()
    assert "約款の義務に違反したため" in notice.body
    # The notice has not left: the answer is no, with the article, and nothing happens.
    clock.move_to(factories.at(suspension.starts_on))
    assert contract.pack(TODAY).suspension.article.pack in errors(
        press(client, suspension, "enforce", on=suspension.starts_on, still_holds="on")
    )
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE
    factories.dispatched(notice, TODAY)
    assert done(press(client, suspension, "enforce", on=suspension.starts_on, still_holds="on"))
    contract.refresh_from_db()
    assert contract.state == Contract.State.SUSPENDED
    assert done(
        press(client, suspension, "lift", on=suspension.starts_on + timedelta(days=1), reason="是正された")
    )
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE


def test_nobody_suspends_who_has_not_looked_again(with_role, root, contract, clock):
    client = with_role("credit_control")
    suspension = proposed(client, contract)
    assert done(press(root, suspension, "approve"))
    assert done(press(client, suspension, "tell"))
    factories.dispatched(Notice.objects.get(occasion="suspension_notice"), TODAY)
    clock.move_to(factories.at(suspension.starts_on))
    assert errors(press(client, suspension, "enforce", on=suspension.starts_on), "still_holds")


def test_a_suspension_longer_than_the_document_allows_is_refused_at_the_last_day(with_role):
    contract = factories.contract("isp-access")
    assert contract.pack(TODAY).suspension.max_months == 6
    response = press(
        with_role("credit_control"), contract, "suspend",
        ground=serious(contract), reason="違反", starts_on=TODAY + timedelta(days=10), through=TODAY + timedelta(days=400),
    )  # fmt: skip
    assert "isp-access 23" in errors(response, "through")
    assert not Suspension.objects.exists()


def test_a_document_without_an_urgent_exception_has_no_box_for_it(with_role):
    contract = factories.contract("isp-access")
    assert not contract.pack(TODAY).suspension.urgent_exception
    form = ask(with_role("credit_control"), contract, "suspend").context["form"]
    assert "urgent" not in form.fields


def test_a_document_that_knows_no_suspension_has_no_button(with_role):
    assert registry().latest("business-network").suspension is None
    assert "suspend" not in buttons(with_role("credit_control"), factories.contract("business-network"))


def test_a_rejected_proposal_ends_without_a_word_to_the_subscriber(with_role, root, contract):
    suspension = proposed(with_role("credit_control"), contract)
    assert done(press(root, suspension, "reject", reason="根拠が足りない"))
    suspension.refresh_from_db()
    assert suspension.state == Suspension.State.WITHDRAWN
    assert not Notice.objects.exists()


def test_an_approved_suspension_is_withdrawn(with_role, root, contract):
    client = with_role("credit_control")
    suspension = proposed(client, contract)
    assert done(press(root, suspension, "approve"))
    assert done(press(client, suspension, "withdraw", reason="是正された"))
    suspension.refresh_from_db()
    assert suspension.state == Suspension.State.WITHDRAWN


# --- Endings -----------------------------------------------------------------------------------


def free_ground(contract: Contract) -> str:
    """A ground of ending that needs neither a suspension nor a demand before."""
    grounds = contract.pack(TODAY).operator_ending.grounds
    return next(ground.code for ground in grounds if not ground.after_suspension and not ground.demand_first)


def test_an_ending_by_the_operator_needs_a_second_person(with_role, root, contract):
    client = with_role("credit_control")
    response = press(
        client,
        contract,
        "end",
        ground=free_ground(contract),
        reason="設備がないため",
        ends_on=date(2025, 12, 31),
    )
    assert done(response)
    proposal = EndingProposal.objects.get()
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE
    assert buttons(client, proposal) == []
    assert buttons(root, proposal) == ["approve", "reject"]
    assert done(press(root, proposal, "approve"))
    contract.refresh_from_db()
    assert contract.state == Contract.State.ENDING
    ending = Ending.objects.get()
    assert done(press(client, ending, "withdraw", on=TODAY, reason="合意により"))
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE


def test_an_ending_before_the_suspension_that_must_come_first_is_refused_at_its_ground(with_role):
    contract = factories.contract("isp-access")
    ground = next(each.code for each in contract.pack(TODAY).operator_ending.grounds if each.after_suspension)
    response = press(
        with_role("credit_control"),
        contract,
        "end",
        ground=ground,
        reason="未解消",
        ends_on=date(2025, 12, 31),
    )
    assert "isp-access 16" in errors(response, "ground")
    assert not EndingProposal.objects.exists()


def test_a_proposed_ending_is_rejected(with_role, root, contract):
    client = with_role("credit_control")
    assert done(
        press(
            client, contract, "end", ground=free_ground(contract), reason="理由", ends_on=date(2025, 12, 31)
        )
    )
    assert done(press(root, EndingProposal.objects.get(), "reject", reason="不要"))
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE
    assert buttons(root, EndingProposal.objects.get()) == []


# --- Demands, halts, objections ----------------------------------------------------------------


def test_a_demand_comes_before_an_ending_that_asks_for_one(with_role):
    contract = factories.contract("business-network")
    ground = next(each for each in contract.pack(TODAY).operator_ending.grounds if each.demand_first)
    client = with_role("credit_control")
    data = {"ground": ground.code, "reason": "料金の未払い"}
    refused = errors(press(client, contract, "end", ends_on=date(2025, 12, 31), **data), "ground")
    assert str(ground.article) in refused
    assert errors(
        press(client, contract, "demand", perform_by=TODAY - timedelta(days=1), **data), "perform_by"
    )
    assert done(press(client, contract, "demand", perform_by=TODAY + timedelta(days=14), **data))
    assert "料金の未払い" in Notice.objects.get(occasion="performance_demanded").body


def test_a_line_is_halted_only_after_its_notice_has_left(with_role, clock):
    contract = factories.contract("isp-access")
    client = with_role("network")
    first = TODAY + timedelta(days=10)
    assert done(
        press(
            client,
            contract,
            "announce-halt",
            reason="相互接続の停止",
            starts_on=first,
            ends_on=first + timedelta(days=30),
        )
    )
    clock.move_to(factories.at(first))
    assert "isp-access 24" in str(press(client, contract, "halt", on=first).context["form"].errors)
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE
    factories.dispatched(Notice.objects.latest("id"), TODAY)
    assert done(press(client, contract, "halt", on=first))
    contract.refresh_from_db()
    assert contract.state == Contract.State.HALTED


def test_documents_that_know_no_halt_have_no_button_for_it(with_role, contract):
    assert contract.pack(TODAY).halt is None
    assert not {"halt", "announce-halt"} & set(buttons(with_role("network"), contract))


# --- Lines, interruptions, terms ---------------------------------------------------------------


def test_an_outage_is_recorded_from_its_line_and_ended(with_role, contract):
    client = with_role("network")
    down, known = NOW - timedelta(hours=6), NOW - timedelta(hours=5)
    assert done(press(client, contract.line, "record-outage", down=down, known=known, cause="not_customer"))
    outage = Outage.objects.get()
    assert errors(press(client, contract.line, "record-outage", down=down, known=known, cause="not_customer"))
    assert done(press(client, outage, "restore", restored=NOW, cause="not_customer"))
    outage.refresh_from_db()
    assert outage.restored == NOW
    assert "restore" not in buttons(client, outage)


def test_times_of_an_outage_that_contradict_each_other_are_refused(with_role, contract):
    response = press(
        with_role("network"),
        contract.line,
        "record-outage",
        down=NOW,
        known=NOW - timedelta(hours=1),
        cause="not_customer",
    )
    assert errors(response)
    assert not Outage.objects.exists()


def test_an_interruption_is_announced_to_the_lines_of_an_exchange(with_role):
    contract = factories.contract(TERMS, line=factories.line(TERMS, host_exchange="霞が関"))
    factories.contract(TERMS, line=factories.line(TERMS, host_exchange="新橋"))
    client = with_role("network")
    ground = contract.pack(TODAY).interruption.grounds[0].code
    data = {
        "title": "保守工事",
        "ground": ground,
        "starts_at": NOW + timedelta(days=5),
        "ends_at": NOW + timedelta(days=5, hours=2),
    }
    assert errors(press(client, Interruption, f"announce-{TERMS}", **data), "numbers")
    assert errors(press(client, Interruption, f"announce-{TERMS}", numbers="L99999999", **data), "numbers")
    assert done(press(client, Interruption, f"announce-{TERMS}", host_exchange="霞が関", **data))
    assert list(Interruption.objects.get().lines.all()) == [contract.line]


def test_an_interruption_that_is_not_announced_beforehand_is_refused_with_its_article(with_role, contract):
    ground = contract.pack(TODAY).interruption.grounds[0].code
    response = press(
        with_role("network"), Interruption, f"announce-{TERMS}",
        title="保守工事", ground=ground, starts_at=NOW - timedelta(hours=1), ends_at=NOW + timedelta(hours=1),
        numbers=contract.line.number,
    )  # fmt: skip
    assert response.status_code == 200
    assert TERMS in str(response.context["form"].errors)
    assert not Interruption.objects.exists()


def test_only_those_who_may_publish_see_the_versions_that_are_not_published(root, with_role):
    assert ask(with_role("reception"), TermsVersion, "publish").status_code == 403
    offered = ask(root, TermsVersion, "publish").context["form"].fields["version"].choices
    assert f"{TERMS} {registry().latest(TERMS).effective}" in dict(offered)
    assert done(press(root, TermsVersion, "publish", version=offered[0][0]))
    assert TermsVersion.objects.count() == 1
    left = ask(root, TermsVersion, "publish").context["form"].fields["version"].choices
    assert len(left) == len(offered) - 1
