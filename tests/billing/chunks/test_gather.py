"""What a run finds in the database to charge beside the monthly fees, and that it charges it once."""

from datetime import date, datetime, timedelta

import pytest

from billing.models import BillingRun, Charge, Invoice, Tariff, Usage
from billing.services.agree_instalments import agree_instalments
from contracts.models import ApprovalNumber, Contract, Ending, LineOrigin, Outage, Product, Request, Work
from contracts.services.change_product import change_product
from contracts.services.relocate_line import relocate_line
from terms.calendar import JAPAN
from tests import factories
from tests.billing import things
from workflow.errors import Refused

MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def moment(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=JAPAN)


def one_off(kind: str, **fields) -> Tariff:
    values = {
        "code": kind,
        "kind": kind,
        "terms_code": "hikari-line",
        "article": "hikari-line 41-1",
        "name": kind,
    }
    return things.tariff(None, fields.pop("amount", 20000), **(values | fields))


def work(of: Contract, day: date, *, state: str = Work.State.DONE, **fields) -> Work:
    values = {
        "kind": Work.Kind.OPENING,
        "items": ["construction"],
        "planned_at": moment(day),
        "started_at": moment(day),
        "done_at": moment(day, 12) if state == Work.State.DONE else None,
        "cancelled_at": moment(day, 12) if state == Work.State.CANCELLED else None,
    }
    return Work.objects.create(contract=of, state=state, **(values | fields))


def charges(of: Contract, *kinds: str) -> list[tuple[str, int]]:
    found = Charge.objects.filter(contract=of).order_by("id")
    if kinds:
        found = found.filter(kind__in=kinds)
    return list(found.values_list("source", "amount"))


@pytest.mark.article("hikari-line", "41")
def test_a_work_is_charged_in_the_month_it_was_done_and_never_again():
    one_off("construction")
    contract = things.contract()
    done = work(contract, date(2025, 6, 11))
    for month in (MAY, JUNE, JULY):
        things.bill(month)
    assert charges(contract, "construction") == [(f"work:{done.pk}", 20000)]
    assert things.invoice(contract, JUNE).total == 28600


def test_a_work_that_was_recorded_after_its_month_was_billed_is_charged_in_the_next():
    one_off("construction")
    contract = things.contract()
    things.bill(MAY)
    late = work(contract, date(2025, 5, 31))
    things.bill(JUNE)
    assert charges(contract, "construction") == [(f"work:{late.pk}", 20000)]


def test_a_work_on_the_last_evening_belongs_to_the_month_in_japan():
    one_off("construction")
    contract = things.contract()
    work(contract, date(2025, 5, 31), done_at=moment(date(2025, 5, 31), 23))  # the 31st at 14:00 UTC
    work(contract, date(2025, 6, 1), done_at=moment(date(2025, 6, 1), 0), started_at=None)  # still May in UTC
    things.bill(MAY)
    assert Charge.objects.filter(kind="construction").count() == 1


@pytest.mark.article("hikari-line", "41")
def test_a_work_that_was_given_up_after_it_began_is_charged_as_far_as_it_went():
    one_off("construction")
    contract = things.contract()
    work(contract, date(2025, 6, 11), state=Work.State.CANCELLED, cost_so_far=7000)
    work(contract, date(2025, 6, 12), state=Work.State.CANCELLED, started_at=None)
    things.bill(JUNE)
    assert [amount for _, amount in charges(contract, "construction")] == [7000]


@pytest.mark.article("isp-access", "29")
def test_an_outage_is_credited_once_in_the_month_it_ended():
    contract = things.contract("isp-access")
    down = moment(date(2025, 5, 31), 20)
    outage = Outage.objects.create(
        line=contract.line, down=down, known=down, restored=down + timedelta(hours=30)
    )
    Outage.objects.create(
        line=contract.line,
        down=down + timedelta(hours=1),
        known=down + timedelta(hours=1),
        restored=down + timedelta(hours=29),
    )
    for month in (MAY, JUNE, JULY):
        things.bill(month)
    (credit,) = charges(contract, "outage_credit")
    assert credit[0].startswith(f"outage:{outage.pk}+")
    assert credit[1] == -193  # a day of May: 6,000 / 31
    assert Charge.objects.get(kind="outage_credit").invoice == things.invoice(contract, JUNE)


def test_an_outage_recorded_later_adds_only_what_was_not_credited():
    contract = things.contract("isp-access")
    down = moment(date(2025, 6, 2))
    Outage.objects.create(line=contract.line, down=down, known=down, restored=down + timedelta(hours=30))
    things.bill(JUNE)
    Outage.objects.create(
        line=contract.line,
        down=down + timedelta(hours=20),
        known=down + timedelta(hours=20),
        restored=down + timedelta(hours=50),
    )
    things.bill(JULY)
    assert [amount for _, amount in charges(contract, "outage_credit")] == [-200, -200]
    things.bill(date(2025, 8, 1))
    assert len(charges(contract, "outage_credit")) == 2


def test_an_outage_before_the_service_or_on_another_line_is_nobodys_credit():
    contract = things.contract("isp-access", start=date(2025, 5, 20))
    before = moment(date(2025, 5, 10))
    Outage.objects.create(line=contract.line, down=before, known=before, restored=moment(date(2025, 6, 3)))
    elsewhere = moment(date(2025, 6, 10))
    Outage.objects.create(
        line=factories.line(), down=elsewhere, known=elsewhere, restored=elsewhere + timedelta(days=3)
    )
    things.bill(JUNE)
    assert charges(contract, "outage_credit") == []


@pytest.mark.article("business-network", "9")
def test_an_ending_in_the_base_term_is_charged_once():
    contract = things.contract(
        "business-network",
        50000,
        start=date(2024, 4, 1),
        term_start=date(2024, 4, 1),
        term_months=24,
        ends_on=date(2025, 6, 30),
        state=Contract.State.ENDED,
    )
    ending = Ending.objects.create(
        contract=contract,
        by=Ending.By.SUBSCRIBER,
        article="business-network 9",
        reason="移転",
        declared_on=date(2025, 5, 20),
        ends_on=date(2025, 6, 30),
    )
    for month in (JUNE, JULY):
        things.bill(month)
    assert charges(contract, "early_termination") == [(f"ending:{ending.pk}", 450000)]


@pytest.mark.article("hikari-line", "39")
def test_a_handling_fee_is_charged_when_the_request_was_accepted_even_before_the_opening():
    one_off("handling", amount=800, occasion="new", article="hikari-line 39")
    contract = things.contract(state=Contract.State.ACCEPTED)
    request = Request.objects.create(
        kind=Request.Kind.NEW,
        terms_code="hikari-line",
        subscriber=contract.subscriber,
        contract=contract,
        state=Request.State.ACCEPTED,
        decided_on=date(2025, 6, 3),
    )
    for month in (JUNE, JULY):
        things.bill(month)
    assert charges(contract) == [(f"request:{request.pk}", 800)]


@pytest.mark.article("hikari-phone", "39")
def test_a_handling_fee_goes_back_when_the_phone_is_given_up_before_works():
    one_off("handling", amount=1000, occasion="new", article="hikari-phone 39", terms_code="hikari-phone")
    contract = things.contract("hikari-phone", state=Contract.State.ACCEPTED)
    Request.objects.create(
        kind=Request.Kind.NEW,
        terms_code="hikari-phone",
        subscriber=contract.subscriber,
        contract=contract,
        state=Request.State.ACCEPTED,
        decided_on=date(2025, 5, 3),
    )
    things.bill(MAY)
    Contract.objects.filter(pk=contract.pk).update(state=Contract.State.CANCELLED, ends_on=date(2025, 6, 20))
    things.bill(JUNE)
    things.bill(JULY)
    assert [amount for _, amount in charges(contract)] == [1000, -1000]
    # Nobody is asked for less than nothing: the refund waits for a person.
    assert Invoice.objects.filter(account=things.account(contract)).count() == 1


def test_metered_use_is_charged_for_its_month():
    contract = things.contract("business-network", per=Product.Per.USE)
    Usage.objects.create(contract=contract, month=MAY, amount=1000)
    Usage.objects.create(contract=contract, month=JUNE, amount=31234)
    things.bill(JUNE)
    assert [amount for _, amount in charges(contract)] == [31234]


@pytest.mark.article("hikari-line", "41")
def test_instalments_are_charged_month_by_month_and_their_balance_with_the_ending():
    one_off("construction")
    contract = things.contract()
    built = work(contract, date(2025, 4, 10))
    agree_instalments(
        work=built,
        by=things.people()[0],
        requested=date(2017, 11, 15),
        dwelling="detached",
        first_month=date(2025, 5, 1),
    )
    things.bill(MAY)
    things.bill(JUNE)
    Contract.objects.filter(pk=contract.pk).update(state=Contract.State.ENDED, ends_on=date(2025, 7, 20))
    things.bill(JULY)
    things.bill(date(2025, 8, 1))
    assert [amount for _, amount in charges(contract, "instalment")] == [840, 620, 840 + 620 * 30 - 840 - 620]
    assert charges(contract, "construction") == []
    assert set(Charge.objects.filter(kind="instalment").values_list("tax_category", flat=True)) == {"exempt"}


@pytest.mark.article("hikari-line", "41")
def test_no_more_works_are_taken_on_instalments():
    contract = things.contract()
    with pytest.raises(Refused, match="41"):
        agree_instalments(
            work=work(contract, date(2025, 6, 10)),
            by=things.people()[0],
            requested=date(2025, 6, 1),
            dwelling="detached",
            first_month=JULY,
        )


def test_contracts_that_were_refused_or_never_accepted_are_not_looked_at():
    for state in (Contract.State.APPLIED, Contract.State.REFUSED, Contract.State.WITHDRAWN):
        things.contract(state=state)
    run = things.bill(JUNE)
    assert (run.rated, Charge.objects.count()) == (0, 0)
    assert run.state == BillingRun.State.ISSUED


@pytest.mark.article("hikari-line", "16")
def test_a_month_is_charged_by_the_items_that_the_contract_had_in_it():
    contract = things.contract("hikari-line", amount=6000)
    new = factories.product("hikari-line")
    things.tariff(new, 9000)
    change_product(contract=contract, product=new, by=factories.staff(), on=date(2025, 6, 16))
    things.bill(MAY)
    things.bill(JUNE)
    assert [amount for _source, amount in charges(contract, "base")] == [6000, 3000, 4500]


@pytest.mark.article("hikari-phone", "37")
def test_the_days_of_a_move_are_given_back_once():
    contract = things.contract("hikari-phone", amount=6000)
    factories.serve("hikari-phone")
    move = relocate_line(
        contract=contract,
        by=factories.staff(),
        on=date(2025, 6, 13),
        address=factories.ADDRESS,
        unusable_from=date(2025, 6, 10),
    )
    for month in (MAY, JUNE, JULY):
        things.bill(month)
    assert charges(contract, "outage_credit") == [(f"relocation:{move.pk}", -600)]


@pytest.mark.article("statute", "施行規則22の2の9")
def test_works_charged_in_the_month_before_an_initial_cancellation_go_back_beyond_what_the_law_leaves():
    one_off("construction")
    one_off("ending", code="initial-works", occasion="initial_works", amount=15000)
    contract = things.contract(service_start=date(2025, 5, 28), state=Contract.State.ENDED)
    work(contract, date(2025, 5, 28))
    things.bill(MAY)
    Contract.objects.filter(pk=contract.pk).update(ends_on=date(2025, 6, 3))
    Ending.objects.create(
        contract=contract,
        by=Ending.By.SUBSCRIBER,
        ground="initial_cancellation",
        article="statute 電気通信事業法26の3",
        reason="",
        declared_on=date(2025, 6, 3),
        ends_on=date(2025, 6, 3),
    )
    for month in (JUNE, JULY):
        things.bill(month)
    assert [amount for _source, amount in charges(contract, "adjustment")] == [-5000]


@pytest.mark.article("hikari-line", "22の3")
def test_after_a_move_to_another_provider_only_what_goes_on_here_is_charged():
    contract = things.contract(amount=3000)
    option = factories.product("hikari-line", kind=Product.Kind.OPTION)
    things.tariff(option, 500)
    contract.options.create(product=option, starts_on=date(2025, 4, 1))
    request = Request.objects.create(
        kind=Request.Kind.PROVIDER_CHANGE,
        terms_code="hikari-line",
        subscriber=contract.subscriber,
        contract=contract,
        state=Request.State.CARRIED_OUT,
        decided_on=date(2025, 5, 30),
    )
    ApprovalNumber.objects.create(
        contract=contract,
        request=request,
        number="F0613123456",
        issued_on=date(2025, 5, 30),
        valid_through=date(2025, 6, 13),
        used_on=date(2025, 6, 10),
    )
    for month in (JUNE, JULY):
        things.bill(month)
    assert charges(contract, "base") == [("", 1000)]
    assert charges(contract, "option") == [("", 500), ("", 500)]


@pytest.mark.article("hikari-line", "37")
def test_a_line_that_came_with_a_discount_owes_it_back_when_it_ends_early():
    one_off("ending", code="back", occasion="discount_clawback", amount=7600)
    contract = things.contract(state=Contract.State.ENDED)
    Contract.objects.filter(pk=contract.pk).update(ends_on=date(2025, 6, 20))
    LineOrigin.objects.create(
        contract=contract,
        kind=LineOrigin.Kind.CONVERSION,
        approval_number="W1234567890",
        discounted_since=date(2024, 1, 1),
    )
    ending = Ending.objects.create(
        contract=contract,
        by=Ending.By.SUBSCRIBER,
        article="hikari-line 23",
        reason="",
        declared_on=date(2025, 6, 1),
        ends_on=date(2025, 6, 20),
    )
    for month in (JUNE, JULY):
        things.bill(month)
    assert charges(contract, "ending") == [(f"ending:{ending.pk}", 7600)]
