"""Who may apply, in facts and packs alone."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from contracts.guards.application import (
    ApplicationFacts,
    application_of,
    refusal_ground,
    refusal_grounds,
    what_forbids,
    what_speaks_against,
)
from terms.registry import codes, pack_for, statute
from tests.contracts.guards.answers import there

DAY = date(2025, 8, 1)


def facts(**fields: Any) -> ApplicationFacts:
    values: dict[str, Any] = {"holder": "corporation", "in_area": True, "has_target": True}
    return ApplicationFacts(**(values | fields))


@pytest.mark.article("line-info-api", "6")
def test_the_api_needs_a_target_contract_in_the_same_name():
    pack = pack_for("line-info-api", DAY)
    (refusal,) = what_forbids(pack, facts(has_target=False))
    assert (refusal.code, str(refusal.article)) == ("no_target", "line-info-api 6-2")
    assert not list(what_forbids(pack, facts()))


@pytest.mark.parametrize("code", ["isp-access", "hikari-line", "hikari-phone", "business-network"])
def test_other_documents_ask_for_no_target_contract(code):
    assert not list(what_forbids(pack_for(code, DAY), facts(has_target=False)))


def test_a_document_without_a_service_area_forbids_no_place():
    assert not list(what_forbids(pack_for("line-info-api", DAY), facts(in_area=False)))


def test_arrears_speak_against_but_do_not_forbid():
    pack = pack_for("hikari-line", DAY)
    assert not list(what_forbids(pack, facts(arrears=1)))
    assert [refusal.code for refusal in what_speaks_against(pack, facts(arrears=1))] == ["unpaid_or_likely"]
    assert not list(what_speaks_against(pack, facts(arrears=0)))


def test_arrears_are_no_ground_where_the_document_does_not_list_them():
    assert not list(what_speaks_against(pack_for("business-network", DAY), facts(arrears=1)))


@pytest.mark.parametrize("code", codes())
def test_every_ground_has_one_code_an_article_and_words_in_two_languages(code):
    grounds = refusal_grounds(pack_for(code, DAY))
    assert len({ground.code for ground in grounds}) == len(grounds)
    for ground in grounds:
        assert ground.label
        assert ground.label_en
        assert ground.article.pack == code


def test_the_service_area_is_a_ground_even_where_the_list_leaves_it_out():
    assert "out_of_area" not in {
        ground.code for ground in there(pack_for("hikari-line", DAY).application).refusal_grounds
    }
    assert str(there(refusal_ground(pack_for("hikari-line", DAY), "out_of_area")).article) == "hikari-line 6"
    assert refusal_ground(pack_for("line-info-api", DAY), "out_of_area") is None


def test_nobody_applies_under_the_law():
    with pytest.raises(ValueError, match="application"):
        application_of(statute(DAY))


def test_who_may_not_hold_a_contract_is_one_ground_under_one_code():
    def codes_of(code: str) -> set[str]:
        return {ground.code for ground in refusal_grounds(pack_for(code, DAY))}

    assert "not_a_holder" in codes_of("isp-access")
    assert "not_corporation" in codes_of("hikari-phone")
    assert "not_a_holder" not in codes_of("hikari-phone")


def test_a_document_that_admits_only_corporations_without_an_article_on_it_still_refuses_persons():
    pack = pack_for("isp-access", DAY)
    table = replace(there(pack.application), holders=("corporation",), holders_article=None)
    (refusal,) = what_forbids(replace(pack, application=table), facts(holder="person"))
    assert (refusal.code, str(refusal.article)) == ("not_a_holder", "isp-access 9")


@pytest.mark.article("hikari-phone", "10")
def test_a_place_outside_the_area_is_forbidden_on_its_article():
    (refusal,) = what_forbids(pack_for("hikari-phone", DAY), facts(in_area=False))
    assert (refusal.code, str(refusal.article)) == ("out_of_area", "hikari-phone 10")


def test_what_stands_beside_another_contract_is_forbidden_without_it():
    pack = pack_for("hikari-phone", DAY)
    (refusal,) = what_forbids(pack, facts(beside="hikari-line"))
    assert (refusal.code, str(refusal.article)) == ("no_parent_contract", "hikari-phone 9")
    assert not list(what_forbids(pack, facts(beside="hikari-line", has_beside=True)))
