"""Interconnection stops for one option of a contract: it is halted and abolished by itself, and the contract goes on."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.guards.halt import halt_of
from contracts.models import Contract, ContractOption, OptionHalt, Product
from contracts.services.add_option import add_option
from contracts.services.announce_halt import announce_halt
from contracts.services.carry_out_day import carry_out_day
from contracts.services.carry_out_endings import carry_out_endings
from contracts.services.declare_ending import declare_ending
from contracts.services.drop_option import drop_option
from contracts.services.halt_option import end_halted_options, halt_option
from notices.models import Notice
from notices.selectors import notices_about
from terms.registry import pack_for
from tests import factories
from tests.billing import things
from workflow.errors import Refused
from workflow.selectors import state_changes_of

pytestmark = pytest.mark.django_db

DAY, FIRST, LAST = date(2025, 8, 1), date(2025, 8, 11), date(2025, 11, 10)
NEXT = LAST + timedelta(days=1)


def announce(option: ContractOption, **fields: Any) -> Notice:
    values: dict[str, Any] = {
        "reason": "相互接続の停止",
        "starts_on": FIRST,
        "ends_on": LAST,
        "option": option,
    }
    return announce_halt(
        contract=option.contract, by=factories.staff(), at=factories.at(DAY), **(values | fields)
    )


def halted(contract: Contract | None = None) -> ContractOption:
    option = factories.option(contract or factories.contract())
    factories.dispatched(announce(option), DAY)
    halt_option(option=option, by=factories.staff(), on=FIRST)
    option.refresh_from_db()
    return option


@pytest.mark.article("isp-access", "24")
def test_a_halted_option_is_abolished_by_itself_while_its_contract_goes_on():
    option = halted()
    contract, beside = option.contract, factories.option(option.contract)
    assert (option.halt.article, option.halt.starts_on, option.ends_on) == ("isp-access 24", FIRST, LAST)
    assert state_changes_of(contract).latest("id").transition == "halt_option"
    assert carry_out_day(on=LAST)["halted options ended"] == 0
    assert carry_out_day(on=NEXT)["halted options ended"] == 1
    assert carry_out_day(on=NEXT)["halted options ended"] == 0
    contract.refresh_from_db()
    beside.refresh_from_db()
    assert (contract.state, contract.ends_on, beside.ends_on) == (Contract.State.ACTIVE, None, None)
    notice = notices_about(option, "halt_ended").get()
    assert (notice.article, notice.recipient) == ("isp-access 24", contract.subscriber)
    assert option.product.name in notice.body
    assert "ご契約はそのまま続きます" in notice.body


@pytest.mark.article("isp-access", "24")
def test_the_notice_before_it_names_the_option_and_its_days_and_must_have_left_the_house():
    option = factories.option(factories.contract())
    with pytest.raises(Refused) as refused:
        halt_option(option=option, by=factories.staff(), on=FIRST)
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == ("no_notice", "isp-access 24")
    notice = announce(option)
    assert all(words in notice.body for words in (option.product.name, "2025年8月11日", "2025年11月10日"))
    with pytest.raises(Refused):
        halt_option(option=option, by=factories.staff(), on=FIRST)
    factories.dispatched(notice, DAY)
    with pytest.raises(Refused) as refused:
        halt_option(option=option, by=factories.staff(), on=FIRST - timedelta(days=1))
    assert refused.value.refusal.code == "too_early"
    assert not OptionHalt.objects.exists()


@pytest.mark.article("isp-access", "24")
@pytest.mark.article("isp-access", "29")
def test_a_halted_option_is_charged_through_the_month_in_which_it_is_abolished():
    things.standing()
    contract, product = things.contract("isp-access", 5200), factories.product(kind=Product.Kind.OPTION)
    things.tariff(product, 330)
    option = factories.option(contract, product=product)
    factories.dispatched(announce(option, ends_on=date(2025, 9, 10)), DAY)
    halt_option(option=option, by=factories.staff(), on=FIRST)
    for month in (8, 9, 10):
        things.bill(date(2025, month, 1))
    charged = [
        {
            charge.kind: charge.amount
            for charge in things.invoice(contract, date(2025, month, 1)).charges.all()
        }
        for month in (8, 9, 10)
    ]
    assert charged == [{"base": 5200, "option": 330}, {"base": 5200, "option": 330}, {"base": 5200}]


def test_its_subscriber_may_give_a_halted_option_up_sooner_and_is_not_told_twice():
    option = halted()
    sooner = date(2025, 9, 1)
    drop_option(contract=option.contract, product=option.product, by=factories.staff(), on=sooner)
    option.refresh_from_db()
    assert option.ends_on == sooner
    assert end_halted_options(on=NEXT) == 0
    assert not notices_about(option, "halt_ended").exists()
    assert OptionHalt.objects.get().done_on == NEXT


def test_a_halted_option_is_not_halted_or_added_anew():
    option = halted()
    with pytest.raises(ValidationError) as again:
        announce(option)
    with pytest.raises(ValidationError) as halting:
        halt_option(option=option, by=factories.staff(), on=FIRST)
    with pytest.raises(ValidationError) as adding:
        add_option(contract=option.contract, product=option.product, by=factories.staff(), on=FIRST)
    assert [list(each.value.message_dict) for each in (again, halting, adding)] == [
        ["option"], ["option"], ["product"]
    ]  # fmt: skip


def test_equipment_and_options_of_another_contract_are_not_halted():
    contract = factories.contract()
    for option in (
        factories.option(contract, kind=Product.Kind.EQUIPMENT),
        factories.option(factories.contract()),
    ):
        with pytest.raises(ValidationError) as refused:
            announce_halt(
                contract=contract, by=factories.staff(), at=factories.at(DAY), reason="相互接続の停止",
                starts_on=FIRST, ends_on=LAST, option=option,
            )  # fmt: skip
        assert "option" in refused.value.message_dict
    assert not Notice.objects.exists()


def test_the_document_says_whether_a_contract_or_an_option_is_halted():
    pack = pack_for("isp-access", DAY)
    only = {what: replace(pack, halt=replace(pack.halt, halts=(what,))) for what in ("contract", "option")}
    assert halt_of(only["contract"], "option").code == "no_halt"
    assert halt_of(only["option"], "contract").code == "no_halt"
    assert halt_of(only["option"], "option").article == pack.halt.article
    with pytest.raises(Refused):
        announce(factories.option(factories.contract("hikari-line")))


def test_an_option_ends_no_later_than_its_contract():
    option = halted()
    declare_ending(
        contract=option.contract, by=factories.staff(), on=FIRST, ended_by="subscriber", reason="移転",
        ends_on=date(2025, 8, 31),
    )  # fmt: skip
    assert carry_out_endings(on=date(2025, 9, 1)).ended == 1
    option.refresh_from_db()
    assert option.ends_on == date(2025, 8, 31)
    assert end_halted_options(on=NEXT) == 0
