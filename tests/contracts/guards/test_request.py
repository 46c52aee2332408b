"""What a document says against a request: papers, place, limits, grounds."""

from datetime import date

import pytest

from contracts.guards.request import (
    evidence_is_there,
    grounds_of,
    is_known,
    may_change_maintenance,
    missing_evidence,
    new_place_in_area,
    no_other_change_asked,
    one_change_a_day,
)
from terms.article import ArticleRef
from terms.registry import registry
from tests.contracts.guards.answers import no, there

PACK = registry().latest("hikari-line")
TRANSFER, MOVE, ITEM, PROVIDER = (
    there(table) for table in (PACK.transfer, PACK.relocation, PACK.item_change, PACK.provider_change)
)


def test_a_kind_of_which_the_document_says_nothing_is_not_known():
    assert is_known(PACK, TRANSFER, "transfer") is None
    refusal = no(is_known(PACK, None, "譲渡"))
    assert refusal.code == "no_such_request"
    assert "譲渡" in refusal.reason


@pytest.mark.article("hikari-line", "22")
@pytest.mark.parametrize(
    ("on_file", "missing"), [([], ["joint_form"]), (["joint_form"], []), (["proof"], [])]
)
def test_a_paper_may_stand_for_another(on_file, missing):
    assert [paper.code for paper in missing_evidence(TRANSFER, on_file)] == missing
    answer = evidence_is_there(TRANSFER, on_file)
    assert (answer.code if answer else None) == ("no_evidence" if missing else None)
    assert missing_evidence(None, []) == []


@pytest.mark.article("hikari-line", "17")
def test_a_move_stays_inside_the_service_area():
    assert new_place_in_area(PACK, MOVE, in_area=True) is None
    assert no(new_place_in_area(PACK, MOVE, in_area=False)).code == "out_of_area"
    assert new_place_in_area(PACK, ITEM, in_area=False) is None


@pytest.mark.article("hikari-line", "5")
def test_the_maintenance_type_alone_changes_once_a_month():
    assert may_change_maintenance(ITEM, earlier_this_month=0) is None
    refusal = no(may_change_maintenance(ITEM, earlier_this_month=1))
    assert str(refusal.article) == "hikari-line 5"
    other = there(registry().latest("isp-access").item_change)
    assert may_change_maintenance(other, earlier_this_month=9) is None


def test_two_changes_of_the_item_do_not_take_effect_on_one_day():
    here = ArticleRef("hikari-line", "16")
    assert one_change_a_day(here, changes_that_day=False, day=date(2025, 8, 1)) is None
    refusal = no(one_change_a_day(here, changes_that_day=True, day=date(2025, 8, 1)))
    assert (refusal.code, refusal.article) == ("changes_that_day", here)
    assert "2025-08-01" in refusal.reason


def test_nothing_else_is_asked_for_beside_a_provider_change():
    assert no_other_change_asked(PROVIDER, "") is None
    refusal = no(no_other_change_asked(PROVIDER, "移転"))
    assert (refusal.code, refusal.article.pack) == ("other_change_asked", "hikari-line")
    assert "移転" in refusal.reason


def test_a_request_is_refused_on_its_own_grounds_an_applications_where_it_is_like_one_and_the_limits_of_all():
    limits = [ground.code for ground in PACK.request_limits]
    of_applications = {ground.code for ground in there(PACK.application).refusal_grounds}
    own = [ground.code for ground in grounds_of(PACK, TRANSFER)]
    assert own == list(dict.fromkeys([*(ground.code for ground in TRANSFER.refusal_grounds), *limits]))
    moving = [ground.code for ground in grounds_of(PACK, MOVE)]
    assert of_applications | set(limits) <= set(moving)
    assert len(moving) == len(set(moving))
    assert [ground.code for ground in grounds_of(PACK, None)] == limits
