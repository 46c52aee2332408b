"""The end of a service: told in the document's time, after the minister where the law asks, and what ends with it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from billing.chunks.gather import cause_of
from contracts.guards.discontinuation import DiscontinuationFacts, may_discontinue
from contracts.models import Contract, Discontinuation, Ending, Product
from contracts.services.announce_discontinuation import announce_discontinuation
from contracts.services.carry_out_day import carry_out_day
from contracts.services.plan_discontinuation import drop_discontinuation, plan_discontinuation, tell_minister
from notices.models import Notice, Posting
from terms.registry import pack_for, statute
from tests import factories
from tests.billing import things
from workflow.errors import Refused, WrongState

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)
NOW = factories.at(DAY)
ENDS = date(2026, 3, 31)


def plan(terms_code: str, **fields: Any) -> Discontinuation:
    grounds = {"hikari-phone": "no_longer_needed"}
    values: dict[str, Any] = {
        "by": factories.staff(),
        "on": DAY,
        "terms_code": terms_code,
        "last_day": ENDS,
        "reason": "設備の老朽化",
        "ground": grounds.get(terms_code, ""),
    }
    return plan_discontinuation(**(values | fields))


def announce(planned: Discontinuation, day: date = DAY) -> Discontinuation:
    return announce_discontinuation(discontinuation=planned, by=factories.staff(), at=factories.at(day))


def told(planned: Discontinuation, day: date = DAY) -> list[Notice]:
    notices = list(Notice.objects.filter(occasion="discontinuation_announced"))
    for notice in notices:
        assert notice.about == planned
        factories.dispatched(notice, day)
    return notices


def no(planned: Discontinuation, day: date = DAY) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        announce(planned, day)
    planned.refresh_from_db()
    assert planned.state == Discontinuation.State.PLANNED
    assert not Notice.objects.exists()
    assert not Ending.objects.exists()
    return refused.value.refusal.code, str(refused.value.refusal.article)


@pytest.mark.article("hikari-phone", "28")
@pytest.mark.article("business-network", "28")
@pytest.mark.parametrize(
    ("terms_code", "article", "contracts_end", "channel"),
    [
        ("hikari-phone", "28-2", "hikari-phone 28-1", "email"),
        ("business-network", "28-1", "business-network 28-2", "letter"),
        ("isp-access", "statute 電気通信事業法26の4", "statute 電気通信事業法26の4", "email"),
    ],
)
def test_every_contract_is_told_and_ends_with_the_service(terms_code, article, contracts_end, channel):
    contract = factories.contract(terms_code)
    planned = announce(plan(terms_code))
    notice = told(planned)[0]
    assert (notice.recipient, notice.channel) == (contract.subscriber, channel)
    assert notice.article.endswith(article)
    assert (notice.facts["ends_on"], notice.facts["reason"]) == (ENDS.isoformat(), "設備の老朽化")
    assert planned.posting == Posting.objects.get()
    ending = Ending.objects.get()
    assert (ending.article, ending.by, ending.ends_on) == (contracts_end, Ending.By.AUTOMATIC, ENDS)
    assert carry_out_day(on=ENDS)["contracts ended"] == 0
    counts = carry_out_day(on=ENDS + timedelta(days=1))
    assert (counts["contracts ended"], counts["discontinuations carried out"]) == (1, 1)
    contract.refresh_from_db()
    planned.refresh_from_db()
    assert (contract.state, contract.ends_on) == (Contract.State.ENDED, ENDS)
    assert planned.state == Discontinuation.State.CARRIED_OUT
    assert not Product.objects.get(pk=contract.product_id).offered


@pytest.mark.article("business-network", "28")
def test_six_months_in_full_are_given_unless_the_upstream_service_ends_with_it():
    factories.contract("business-network")
    assert no(plan("business-network", last_day=date(2026, 2, 1))) == ("too_early", "business-network 28")
    announce(plan("business-network", last_day=date(2026, 2, 2)))
    upstream = {"upstream": "専用線（協定事業者）", "upstream_ends": date(2025, 9, 30)}
    hung = factories.product("business-network")
    factories.contract("business-network", product=hung)
    planned = announce(plan("business-network", products=[hung], last_day=date(2025, 9, 30), **upstream))
    assert "専用線" in planned.posting.body


@pytest.mark.article("business-network", "28")
def test_a_letter_that_left_the_house_too_late_holds_the_ending():
    contract = factories.contract("business-network")
    planned = announce(plan("business-network", last_day=date(2026, 2, 2)))
    assert Ending.objects.get().told_by == DAY
    told(planned, DAY + timedelta(days=1))
    counts = carry_out_day(on=date(2026, 2, 3))
    assert (counts["contracts ended"], counts["endings held"]) == (0, 1)
    contract.refresh_from_db()
    assert contract.state == Contract.State.ENDING


@pytest.mark.article("business-network", "28")
def test_the_base_term_counts_as_expired_so_that_no_fee_is_due():
    things.standing()
    contract = things.contract(
        "business-network", 50000, start=date(2025, 4, 1), term_start=date(2025, 4, 1), term_months=24
    )
    told(announce(plan("business-network")))
    carry_out_day(on=ENDS + timedelta(days=1))
    ending = Ending.objects.get()
    assert cause_of(ending.by, ending.ground) == "discontinuation"
    things.bill(date(2026, 3, 1))
    things.bill(date(2026, 4, 1))
    assert not contract.charges.filter(kind="early_termination").exists()
    assert contract.charges.exists()


@pytest.mark.article("hikari-phone", "28")
def test_the_ground_is_one_of_the_document_and_the_reason_is_stated():
    factories.contract("hikari-phone")
    assert no(plan("hikari-phone", ground="")) == ("no_such_ground", "hikari-phone 28-1")
    assert no(plan("hikari-phone", reason="")) == ("no_reason", "hikari-phone 28-2")
    assert no(plan("hikari-phone", last_day=DAY)) == ("notice_first", "hikari-phone 28-2")
    assert announce(plan("hikari-phone")).article == "hikari-phone 28-1(2)"


@pytest.mark.article("statute", "電気通信事業法26の4")
def test_the_minister_is_notified_thirty_days_before_a_service_of_great_effect_is_announced():
    factories.contract("hikari-line")
    planned = plan("hikari-line", designated=True)
    assert no(planned) == ("minister_first", "statute 施行規則22の2の11")
    tell_minister(discontinuation=planned, by=factories.staff(), on=DAY, reason="届出第12号")
    assert no(planned, DAY + timedelta(days=29))[0] == "minister_first"
    announce(planned, DAY + timedelta(days=30))
    with pytest.raises(WrongState):
        tell_minister(discontinuation=planned, by=factories.staff(), on=DAY, reason="")
    facts: dict[str, Any] = {"announced_on": DAY, "last_day": ENDS, "reason": "老朽化"}
    pack, law = pack_for("hikari-line", DAY), statute(DAY)
    assert may_discontinue(pack, law, DiscontinuationFacts(**facts, contracts=999_999)) is None
    refusal = may_discontinue(pack, law, DiscontinuationFacts(**facts, contracts=1_000_000))
    assert refusal is not None
    assert refusal.code == "minister_first"


@pytest.mark.article("hikari-phone", "28")
def test_what_stands_beside_follows_an_option_is_dropped_and_other_products_go_on():
    line = factories.contract("hikari-line")
    phone = factories.contract("hikari-phone", subscriber=line.subscriber, parent=line)
    other = factories.contract("hikari-line")
    option = factories.option(other)
    announce(plan("hikari-line", products=[line.product, option.product]))
    for contract, ends_on in ((line, ENDS), (phone, ENDS), (other, None)):
        contract.refresh_from_db()
        assert contract.ends_on == ends_on
    option.refresh_from_db()
    assert option.ends_on == ENDS
    names = {
        notice.facts["service"] for notice in Notice.objects.filter(occasion="discontinuation_announced")
    }
    assert names == {line.product.name, option.product.name}


def test_who_came_later_is_told_the_next_night_and_who_ends_sooner_is_left_alone():
    sooner = factories.contract("isp-access", ends_on=DAY + timedelta(days=9), state=Contract.State.ENDING)
    Ending.objects.create(
        contract=sooner, by=Ending.By.SUBSCRIBER, article="isp-access 15", declared_on=DAY, ends_on=sooner.ends_on
    )  # fmt: skip
    planned = announce(plan("isp-access"))
    assert not Notice.objects.exists()
    later = factories.contract("isp-access", start=DAY)
    for _night in range(2):
        carry_out_day(on=DAY + timedelta(days=1))
    notice = Notice.objects.get(occasion="discontinuation_announced")
    assert (notice.recipient, notice.about) == (later.subscriber, planned)


def test_a_plan_names_products_of_its_document_and_can_be_dropped():
    with pytest.raises(ValidationError) as error:
        plan("isp-access", products=[factories.product("hikari-line")])
    assert "products" in error.value.message_dict
    with pytest.raises(ValidationError) as error:
        plan("isp-access", upstream="回線")
    assert "upstream_ends" in error.value.message_dict
    planned = plan("isp-access")
    drop_discontinuation(discontinuation=planned, by=factories.staff(), on=DAY, reason="見直し")
    with pytest.raises(WrongState):
        announce(planned)


def test_an_end_is_planned_for_a_day_to_come_and_announced_once():
    contract = factories.contract("hikari-phone")
    with pytest.raises(ValidationError) as error:
        plan("hikari-phone", products=[contract.product], last_day=DAY - timedelta(days=1))
    assert set(error.value.message_dict) == {"last_day"}
    announce(plan("hikari-phone", products=[contract.product]))
    for products in ([contract.product], [contract.product, factories.product("hikari-phone")]):
        with pytest.raises(ValidationError) as error:
            plan("hikari-phone", products=products, last_day=date(2027, 1, 1))
        assert set(error.value.message_dict) == {"products"}
    assert plan("hikari-phone", products=[factories.product("hikari-phone")])
    assert Discontinuation.objects.count() == 2


@pytest.mark.article("statute", "電気通信事業法26の4")
@pytest.mark.parametrize("sent", [True, False])
def test_an_option_ends_only_where_its_notice_was_sent(sent):
    contract = factories.contract("hikari-line")
    option = factories.option(contract)
    planned = announce(plan("hikari-line", products=[option.product]))
    if sent:
        told(planned)
    carry_out_day(on=ENDS + timedelta(days=1))
    option.refresh_from_db()
    assert option.ends_on == (ENDS if sent else None)
