"""What is due back, and what a loss costs: each document for itself."""

import pytest

from contracts.guards.equipment import EquipmentClaim, LossFacts, claim_for, due_back, may_move
from terms.article import ArticleRef
from terms.refusal import Refusal
from terms.registry import registry


def pack(code):
    return registry().latest(code)


def owed(code, **facts):
    found = claim_for(pack(code), LossFacts(**facts))
    return (found.kind, str(found.article)) if isinstance(found, EquipmentClaim) else found


@pytest.mark.article("hikari-phone", "25")
def test_hikari_phone_wants_equipment_back_on_ending_abolition_and_disuse():
    for why in ("ending", "abolished", "disuse"):
        assert due_back(pack("hikari-phone"), why) == ArticleRef("hikari-phone", "25")


def test_hikari_line_names_the_ending_alone_and_the_others_name_nothing():
    assert due_back(pack("hikari-line"), "ending") == ArticleRef("hikari-line", "42")
    disuse = due_back(pack("hikari-line"), "disuse")
    assert isinstance(disuse, Refusal)
    assert disuse.code == "not_due_back"
    for code in ("isp-access", "business-network"):
        silent = due_back(pack(code), "ending")
        assert isinstance(silent, Refusal)
        assert silent.code == "no_return"


@pytest.mark.article("hikari-line", "42")
@pytest.mark.article("hikari-phone", "36")
@pytest.mark.parametrize(("code", "article"), [("hikari-line", "42"), ("hikari-phone", "36-3")])
@pytest.mark.parametrize("event", ["lost", "damaged", "not_returned"])
def test_what_is_lost_damaged_or_not_returned_costs_the_damages_of_the_tariff(code, article, event):
    assert owed(code, event=event) == ("damages", f"{code} {article}")


@pytest.mark.parametrize("code", ["isp-access", "business-network"])
def test_without_such_a_clause_nothing_is_due(code):
    assert owed(code, event="lost") is None


@pytest.mark.article("hikari-line", "54")
@pytest.mark.article("hikari-phone", "52")
@pytest.mark.article("isp-access", "42")
@pytest.mark.parametrize(
    ("code", "duty", "article"),
    [
        ("hikari-line", "due_care", "54-2"),
        ("hikari-phone", "no_obstruction", "52-2"),
        ("isp-access", "due_care", "42-7"),
    ],
)
def test_a_loss_in_breach_of_a_duty_costs_what_making_it_good_costs(code, duty, article):
    assert owed(code, event="damaged", duty=duty, cost=4000) == ("reparation", f"{code} {article}")
    assert owed(code, event="damaged", duty=duty).code == "no_cost"


@pytest.mark.article("hikari-phone", "52")
@pytest.mark.article("isp-access", "42")
@pytest.mark.parametrize(("code", "duty"), [("hikari-phone", "due_care"), ("isp-access", "entry")])
def test_the_breach_of_another_duty_is_not_paid_for(code, duty):
    """hikari-phone 52-1 holds two duties about traffic alone; isp-access 42-7 names the four paragraphs before it."""
    assert owed(code, event="lost", duty=duty, cost=4000).code == "no_such_duty"


@pytest.mark.article("hikari-phone", "24")
def test_only_hikari_phone_moves_equipment():
    assert may_move(pack("hikari-phone")) is None
    assert {may_move(pack(code)).code for code in ("hikari-line", "isp-access", "business-network")} == {
        "no_moving"
    }
