"""Restricting use: on the document's grounds, sparing the bodies that come first, told as the document asks."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Line, Restriction
from contracts.selectors import restricted_lines, restrictions_of
from contracts.services.agree_priority import agree_priority
from contracts.services.carry_out_day import carry_out_day
from contracts.services.declare_restriction import declare_restriction
from contracts.services.lift_restriction import lift_restriction
from notices.models import Notice, Posting
from terms.registry import pack_for, statute
from tests import factories
from workflow.errors import Refused, WrongState
from workflow.models import StateChange

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)
NOW = factories.at(DAY)
LATER = NOW + timedelta(hours=2)


def declare(terms_code: str, ground: str = "emergency", **fields: Any) -> Restriction:
    values: dict[str, Any] = {
        "by": factories.staff(),
        "at": NOW,
        "terms_code": terms_code,
        "ground": ground,
        "reason": "台風による全面的な障害のため",
        "starts_at": LATER,
    }
    return declare_restriction(**(values | fields))


def agreed(terms_code: str, body: str = "fire") -> Line:
    line = factories.contract(terms_code).line
    assert line is not None
    return agree_priority(line=line, by=factories.staff(), on=DAY, body=body, reason="消防署との協議")


@pytest.mark.article("hikari-line", "36")
@pytest.mark.article("hikari-phone", "31")
@pytest.mark.article("isp-access", "26")
@pytest.mark.article("business-network", "25")
@pytest.mark.parametrize(
    ("terms_code", "article", "bodies"),
    [("hikari-line", "36-1", 15), ("hikari-phone", "31-1", 16), ("isp-access", "26-1", 16), ("business-network", "25", 16)],
)  # fmt: skip
def test_in_a_disaster_all_but_the_lines_of_the_priority_bodies_stop(terms_code, article, bodies):
    ordinary, stays = factories.contract(terms_code).line, agreed(terms_code)
    restriction = declare(terms_code)
    assert restriction.article == f"{terms_code} {article}"
    assert restriction.measure == Restriction.Measure.STOP
    assert len(restriction.bodies) == bodies
    assert list(restricted_lines(restriction)) == [ordinary]
    assert restrictions_of(ordinary, LATER) == [restriction]
    assert restrictions_of(stays, LATER) == []
    posting = Posting.objects.get()
    assert posting.category == Posting.Category.RESTRICTION
    assert "消防機関" in posting.body
    assert restriction.decided_by.username


def test_a_document_without_a_list_of_bodies_leaves_them_to_the_law():
    law = statute(DAY)
    assert law.restriction is not None
    assert {str(body.article) for body in law.restriction.priority_bodies} == {"statute 施行規則56"}
    assert pack_for("business-network", DAY).restriction.priority_bodies == ()


@pytest.mark.article("hikari-line", "36")
@pytest.mark.article("hikari-line", "別記21")
def test_a_body_is_agreed_line_by_line_and_brings_the_rank_of_its_repair():
    line = agreed("hikari-line", "press")
    assert (line.priority_body, line.priority_agreed_on, line.repair_rank) == ("press", DAY, 2)
    assert StateChange.objects.filter(transition="agree_priority").get().article == "hikari-line 別記21"
    agree_priority(line=line, by=factories.staff(), on=DAY, body="", reason="協議の終了")
    assert (line.priority_body, line.priority_agreed_on, line.repair_rank) == ("", None, 3)
    with pytest.raises(ValidationError):
        agree_priority(line=line, by=factories.staff(), on=DAY, body="friends", reason="")


@pytest.mark.article("hikari-line", "36")
@pytest.mark.parametrize("terms_code", ["hikari-line", "hikari-phone", "isp-access"])
def test_a_stop_is_announced_first_to_each_subscriber_as_an_interruption_unless_urgent(terms_code):
    ordinary, stays = factories.contract(terms_code), agreed(terms_code)
    with pytest.raises(Refused) as refused:
        declare(terms_code, starts_at=NOW)
    assert refused.value.refusal.code == "not_announced_first"
    assert not Restriction.objects.exists()
    restriction = declare(terms_code, starts_at=NOW, urgent=True)
    notice = Notice.objects.get(occasion="restriction_declared")
    assert notice.recipient == ordinary.subscriber
    assert notice.about == restriction
    assert stays.contracts.get().subscriber != notice.recipient


@pytest.mark.article("business-network", "25")
def test_a_document_that_asks_for_no_notice_may_restrict_at_once():
    factories.contract("business-network")
    assert declare("business-network", starts_at=NOW).starts_at == NOW
    assert not Notice.objects.exists()


@pytest.mark.article("hikari-phone", "30")
def test_calls_are_cut_for_a_weather_warning_only_after_the_callers_were_told():
    with pytest.raises(Refused) as refused:
        declare("hikari-phone", "weather_warning", starts_at=NOW)
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (
        "callers_not_told",
        "hikari-phone 30",
    )
    with pytest.raises(Refused):
        declare("hikari-phone", "weather_warning", starts_at=NOW, callers_told_at=NOW + timedelta(minutes=1))
    told = NOW - timedelta(minutes=5)
    restriction = declare("hikari-phone", "weather_warning", starts_at=NOW, callers_told_at=told)
    assert (restriction.measure, restriction.callers_told_at) == (Restriction.Measure.CUT, told)


@pytest.mark.article("hikari-phone", "32")
def test_under_congestion_the_length_of_calls_to_a_place_is_limited():
    near = factories.contract("hikari-phone").line
    far = factories.contract(
        "hikari-phone", line=factories.line("hikari-phone", prefecture="大阪府", city="大阪市")
    ).line
    restriction = declare(
        "hikari-phone", "congestion", prefecture="東京都", limit="1通話3分まで", starts_at=NOW
    )
    assert restrictions_of(near, NOW) == [restriction]
    assert restrictions_of(far, NOW) == []
    assert "1通話3分まで" in Posting.objects.get().body


@pytest.mark.article("isp-access", "26")
@pytest.mark.parametrize(
    ("ground", "article", "measure", "posted"),
    [
        ("excessive_load", "26-3", "control", False),
        ("child_abuse_list", "26-4", "block", True),
        ("traffic_shaping", "26-5", "control", True),
        ("over_standard_volume", "26-6", "control", False),
    ],
)
def test_what_meets_single_users_names_their_lines_and_is_not_posted(ground, article, measure, posted):
    line = factories.contract("isp-access").line
    other = factories.contract("isp-access").line
    if not posted:
        with pytest.raises(Refused) as refused:
            declare("isp-access", ground)
        assert refused.value.refusal.code == "no_lines"
    restriction = declare("isp-access", ground, lines=[line])
    assert (restriction.article, restriction.measure) == (f"isp-access {article}", measure)
    assert restrictions_of(line, LATER) == [restriction]
    assert restrictions_of(other, LATER) == []
    assert Posting.objects.exists() is posted


def test_a_ground_that_the_document_does_not_have_and_lines_of_another_one_are_refused():
    with pytest.raises(Refused) as refused:
        declare("hikari-line", "child_abuse_list")
    assert refused.value.refusal.code == "no_such_ground"
    with pytest.raises(Refused):
        declare("line-info-api")
    with pytest.raises(ValidationError) as error:
        declare("hikari-line", lines=[factories.line("isp-access")])
    assert "lines" in error.value.message_dict
    with pytest.raises(ValidationError):
        declare("hikari-line", ends_at=NOW)
    assert not Restriction.objects.exists()


@pytest.mark.article("hikari-line", "36")
def test_a_restriction_is_lifted_by_a_person_or_when_its_announced_end_has_come():
    factories.contract("hikari-line")
    lifted, over = declare("hikari-line"), declare("hikari-line", ends_at=LATER + timedelta(hours=1))
    lift_restriction(restriction=lifted, by=factories.staff(), at=LATER, reason="復旧した")
    assert lifted.state == Restriction.State.LIFTED
    with pytest.raises(WrongState):
        lift_restriction(restriction=lifted, by=factories.staff(), at=LATER, reason="")
    assert carry_out_day(on=DAY + timedelta(days=1))["restrictions lifted"] == 1
    over.refresh_from_db()
    assert over.lifted_at == LATER + timedelta(hours=1)
    assert Posting.objects.count() == 4
