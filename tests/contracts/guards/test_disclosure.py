"""When data about a subscriber may be passed on: on a ground, to whom and as far as it goes."""

from typing import Any

import pytest

from contracts.guards.disclosure import DisclosureFacts, disclosure_ground, ground_when, may_disclose
from terms.registry import registry
from tests.contracts.guards.answers import no, there

LINE, ISP, LAW = (registry().latest(code) for code in ("hikari-line", "isp-access", "statute"))
TOLD: dict[str, Any] = {
    "ground": "arrears_to_partner", "recipient": "interconnected_carrier", "items": ("arrears",), "known": True,
    "consented": True, "overdue": True,
}  # fmt: skip
ASKED: dict[str, Any] = {
    "ground": "inquiry", "recipient": "authority", "items": ("contact",), "reference": "第1号", "reason": "捜査上の必要",
}  # fmt: skip


def refused(pack, **fields: Any) -> str:
    return no(may_disclose(pack, LAW, DisclosureFacts(**fields))).code


@pytest.mark.article("hikari-line", "47")
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"recipient": "wholesaler"}, "wrong_recipient"),
        ({"known": False}, "not_a_partner"),
        ({"items": ("arrears", "message")}, "beyond_ground"),
        ({"items": ()}, "beyond_ground"),
        ({"overdue": False}, "nothing_overdue"),
        ({"consented": False}, "no_consent"),
        ({"answer": "received"}, "wrong_direction"),
    ],
)
def test_a_carrier_is_told_of_arrears_only_as_far_as_the_ground_goes(fields, code):
    assert may_disclose(LINE, LAW, DisclosureFacts(**TOLD)) is None
    assert refused(LINE, **(TOLD | fields)) == code


def test_what_the_ground_does_not_cover_is_named_in_the_words_of_the_reader():
    facts = DisclosureFacts(**(TOLD | {"items": ("message",), "labels": {"message": "録音"}}))
    assert "録音" in no(may_disclose(LINE, LAW, facts)).reason


@pytest.mark.article("isp-access", "46")
@pytest.mark.parametrize(
    ("fields", "code"),
    [({"reference": " "}, "no_reference"), ({"reason": ""}, "no_reason"), ({"answer": "refused", "reason": ""}, "no_reason")],
)  # fmt: skip
def test_an_inquiry_is_decided_case_by_case_with_its_number_and_the_reason(fields, code):
    assert may_disclose(ISP, LAW, DisclosureFacts(**ASKED)) is None
    assert may_disclose(ISP, LAW, DisclosureFacts(**(ASKED | {"answer": "refused"}))) is None
    assert refused(ISP, **(ASKED | fields)) == code


@pytest.mark.article("isp-access", "46")
def test_a_warrant_is_complied_with():
    warrant = ASKED | {"ground": "warrant"}
    assert may_disclose(ISP, LAW, DisclosureFacts(**warrant)) is None
    assert refused(ISP, **(warrant | {"answer": "refused"})) == "must_be_answered"


def test_the_law_gives_what_the_document_leaves_out_and_nobody_gives_more():
    assert there(disclosure_ground(ISP, LAW, "warrant")).article.pack == "isp-access"
    assert there(disclosure_ground(LINE, LAW, "own_consent")).article.pack == "statute"
    assert refused(LINE, **(TOLD | {"ground": "curiosity"})) == "no_ground"


def test_what_passes_by_itself_has_its_ground_in_the_document_alone():
    assert str(there(ground_when(LINE, "claim_assigned")).article) == "hikari-line 57-3"
    assert ground_when(ISP, "agency_remitted") is None
