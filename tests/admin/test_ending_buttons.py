"""Endings by the operator, and what must come before some of them."""

from datetime import date, timedelta

import pytest

from contracts.models import (
    Contract,
    Ending,
    EndingProposal,
)
from notices.models import Notice
from tests import factories
from tests.admin.pressing import buttons, done, errors, press
from tests.admin.world import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


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


def test_an_option_is_halted_by_itself_only_after_its_notice_has_left(with_role, clock):
    contract = factories.contract("isp-access")
    option, client = factories.option(contract), with_role("network")
    first = TODAY + timedelta(days=10)
    asked = {"option": option.pk, "starts_on": first, "ends_on": first + timedelta(days=30)}
    assert errors(
        press(client, contract, "announce-option-halt", reason="停止", **(asked | {"starts_on": TODAY})),
        "starts_on",
    )
    assert done(press(client, contract, "announce-option-halt", reason="相互接続の停止", **asked))
    clock.move_to(factories.at(first))
    assert "isp-access 24" in errors(
        press(client, contract, "halt-option", option=option.pk, on=first), "option"
    )
    factories.dispatched(Notice.objects.latest("id"), TODAY)
    assert done(press(client, contract, "halt-option", option=option.pk, on=first))
    contract.refresh_from_db()
    option.refresh_from_db()
    assert (contract.state, option.ends_on) == (Contract.State.ACTIVE, first + timedelta(days=30))
    assert not {"halt-option", "announce-option-halt"} & set(buttons(client, contract))
