"""A suspension from its proposal to its end."""

from datetime import timedelta

import pytest

from contracts.models import (
    Contract,
    Suspension,
)
from notices.models import Notice
from terms.registry import registry
from tests import factories
from tests.admin.pressing import ask, buttons, done, errors, press
from tests.admin.world import TODAY, serious

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


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
    tomorrow = suspension.starts_on + timedelta(days=1)
    assert errors(press(client, suspension, "lift", on=tomorrow, reason="是正された"), "on")
    clock.move_to(factories.at(tomorrow))
    assert done(press(client, suspension, "lift", on=tomorrow, reason="是正された"))
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


def test_nobody_suspends_before_the_day_has_come(with_role, root, contract):
    client = with_role("credit_control")
    suspension = proposed(client, contract)
    assert done(press(root, suspension, "approve"))
    assert done(press(client, suspension, "tell"))
    factories.dispatched(Notice.objects.get(occasion="suspension_notice"), TODAY)
    assert errors(press(client, suspension, "enforce", on=suspension.starts_on, still_holds="on"), "on")
    assert errors(press(client, suspension, "enforce", on=TODAY, still_holds="on"), "on")
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE


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
