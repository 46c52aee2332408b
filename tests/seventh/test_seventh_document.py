"""A document that nobody has seen, given as one TOML file: a contract lives its whole life under it, and every number,
form and ground is the file's own. No code knows it."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from billing.falling_due import falls_due
from billing.models import ArrearsPolicy, Charge, DuePolicy, Invoice
from billing.services.open_account import open_account
from billing.services.run_arrears import run_arrears
from contracts.models import Contract, Ending, Evidence, Relocation, Request, Suspension, Work
from contracts.services.accelerate_debts import accelerate_debts
from contracts.services.accept_request import accept_request
from contracts.services.approve_suspension import approve_suspension
from contracts.services.carry_out_endings import carry_out_endings
from contracts.services.carry_out_requests import carry_out_requests
from contracts.services.declare_ending import declare_ending
from contracts.services.defer_request import defer_request
from contracts.services.enforce_suspension import enforce_suspension
from contracts.services.finish_work import finish_work
from contracts.services.give_suspension_notice import give_suspension_notice
from contracts.services.open_contract import open_contract
from contracts.services.pause_contract import pause_contract
from contracts.services.plan_work import plan_work
from contracts.services.propose_suspension import propose_suspension
from contracts.services.publish_terms import publish_terms
from contracts.services.receive_request import receive_request
from contracts.services.record_outage import record_outage
from contracts.services.refuse_request import refuse_request
from contracts.services.restore_outage import restore_outage
from contracts.services.resume_contract import resume_contract
from contracts.services.start_work import start_work
from notices.models import Notice
from terms.registry import pack_for, registry
from tests import factories
from tests.billing import things
from workflow.errors import Refused
from workflow.selectors import clock_user

pytestmark = pytest.mark.django_db

SEVENTH = "seventh"
START = date(2025, 4, 11)


@pytest.fixture(autouse=True)
def _seventh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TERMS_PACKS_DIR", str(Path(__file__).parent / "packs"))
    registry.cache_clear()
    things.standing()
    DuePolicy.objects.create(terms_code=SEVENTH, valid_from=date(2022, 1, 1), months_after=1, day=20)
    ArrearsPolicy.objects.create(
        terms_code=SEVENTH,
        valid_from=date(2022, 1, 1),
        reminder_after=2,
        suspension_notice_after=6,
        suspension_after=5,
        ending_notice_after=20,
        ending_after=7,
    )
    factories.serve(SEVENTH)
    publish_terms(pack=pack_for(SEVENTH, START), by=clock_user(), at=factories.at(date(2025, 1, 1)))
    yield
    monkeypatch.undo()
    registry.cache_clear()


def person() -> Any:
    made = factories.subscriber()
    open_account(subscriber=made, by=factories.staff())
    return made


def product(amount: int = 3000, **fields: Any) -> Any:
    made = factories.product(SEVENTH, **fields)
    things.tariff(made, amount)
    return made


def running(**fields: Any) -> Contract:
    item = fields.pop("product", None) or product()
    return factories.contract(SEVENTH, subscriber=person(), product=item, start=START, **fields)


def ask(contract: Contract, kind: str, *, day: date, form: str = "web", **details: Any) -> Request:
    return receive_request(
        by=factories.staff(),
        at=factories.at(day),
        kind=kind,
        subscriber=contract.subscriber,
        terms_code=SEVENTH,
        form=form,
        details=details,
        contract=contract,
    )


def amounts(contract: Contract, *kinds: str) -> list[int]:
    found = Charge.objects.filter(contract=contract, kind__in=kinds).order_by("id")
    return list(found.values_list("amount", flat=True))


def refusal(call: Any, *arguments: Any, **fields: Any) -> str:
    with pytest.raises(Refused) as refused:
        call(*arguments, **fields)
    return f"{refused.value.refusal.article} {refused.value.refusal.code}"


def test_an_application_comes_by_web_may_be_deferred_and_forms_the_contract_at_registration():
    who, item, by = person(), product(), factories.staff()

    def apply(form: str) -> Request:
        return receive_request(
            by=by,
            at=factories.at(START - timedelta(days=5)),
            kind=Request.Kind.NEW,
            subscriber=who,
            terms_code=SEVENTH,
            form=form,
            details=factories.new_details(item),
        )

    assert refusal(apply, "written") == "seventh 2-1 wrong_form"
    request = apply("web")
    defer_request(request=request, by=by, on=START - timedelta(days=4), reason="設備の確認")
    factories.explain(request, START - timedelta(days=3))
    accept_request(request=request, by=by, on=START - timedelta(days=3))
    assert request.contract is not None
    assert request.contract.formed_on is None
    open_contract(contract=request.contract, by=by, on=START)
    assert (request.contract.formed_on, request.contract.state) == (START, Contract.State.ACTIVE)


def test_an_item_changes_by_telephone_and_is_charged_by_days_of_thirty_rounded_up():
    contract = running(product=product(1000))
    new = product(2000)
    assert (
        refusal(ask, contract, "item_change", day=START, product=new.code, on=START) == "seventh 3 wrong_form"
    )
    request = ask(contract, "item_change", day=START, form="phone", product=new.code, on=date(2025, 4, 21))
    factories.explain(request, START)
    accept_request(request=request, by=factories.staff(), on=START)
    carry_out_requests(on=date(2025, 4, 21))
    things.bill(date(2025, 4, 1))
    # 10 days at 1000/30 and 10 at 2000/30, both up
    assert amounts(contract, "base") == [334, 667]


def test_a_request_is_refused_on_the_limit_that_this_document_sets_to_all_of_them():
    contract = running()
    request = ask(contract, "item_change", day=START, form="phone", product=product().code, on=START)
    refuse_request(request=request, by=factories.staff(), on=START, ground="night", reason="夜間のため")
    assert request.article == "seventh 2-6"


def test_a_move_needs_the_lease_or_what_stands_for_it_and_gives_its_days_back():
    contract, by = running(), factories.staff()
    place = {name: value for name, value in factories.ADDRESS.items() if value} | {"town": "霞が関1-1"}
    outside = place | {"prefecture": "沖縄県"}
    assert refusal(ask, contract, "relocation", day=START, **outside, on=START).startswith(
        "seventh 3-2 out_of_area"
    )
    request = ask(contract, "relocation", day=START, **place, on=date(2025, 5, 12))
    assert refusal(accept_request, request=request, by=by, on=START) == "seventh 3-3 no_evidence"
    Evidence.objects.create(
        request=request, code="landlord_consent", title="貸主の承諾書", seen_on=START, recorded_by=by
    )
    factories.explain(request, START)
    accept_request(request=request, by=by, on=START)
    work = plan_work(
        contract=contract,
        by=by,
        kind=Work.Kind.RELOCATION,
        planned_at=factories.at(date(2025, 5, 10)),
        items=[],
        request=request,
    )
    start_work(work=work, by=by, at=factories.at(date(2025, 5, 10), 9))
    finish_work(work=work, by=by, at=factories.at(date(2025, 5, 13), 9))
    request.refresh_from_db()
    assert request.state == Request.State.CARRIED_OUT
    assert Relocation.objects.get().article == "seventh 3-2"
    things.bill(date(2025, 4, 1))
    things.bill(date(2025, 5, 1))
    # three of May's 31 days of 3000 yen, up
    assert amounts(contract, "outage_credit") == [-291]


def test_a_pause_costs_nothing():
    contract, by = running(), factories.staff()
    pause_contract(contract=contract, by=by, on=date(2025, 5, 1))
    resume_contract(contract=contract, by=by, on=date(2025, 5, 16))
    things.bill(date(2025, 4, 1))
    things.bill(date(2025, 5, 1))
    # 20 days in April, 16 of 31 in May, in thirtieths
    assert amounts(contract, "base") == [2000, 1600]


def test_an_outage_counts_from_when_the_line_went_down_in_thirtieths():
    contract, by = running(), factories.staff()
    down = factories.at(date(2025, 5, 10), 0)
    assert contract.line is not None
    outage = record_outage(
        line=contract.line,
        by=by,
        down=down,
        known=down + timedelta(hours=20),
        restored=None,
        cause="not_customer",
    )
    restore_outage(outage=outage, by=by, restored=down + timedelta(hours=49))
    things.bill(date(2025, 4, 1))
    things.bill(date(2025, 5, 1))
    assert amounts(contract, "outage_credit") == [-200]


def test_a_suspension_knows_no_urgency_and_lasts_a_month_at_most():
    contract, by = running(), factories.staff()

    def propose(**fields: Any) -> Suspension:
        values = {"ground": "spam", "reason": "迷惑メール", "starts_on": date(2025, 5, 10)}
        return propose_suspension(
            contract=contract, by=by, at=factories.at(date(2025, 5, 1)), **(values | fields)
        )

    assert refusal(propose, through=date(2025, 5, 20), urgent=True).startswith("seventh 4")
    assert refusal(propose, ground="unapproved_connection", through=date(2025, 5, 20)).startswith("seventh 4")
    assert refusal(propose, through=date(2025, 6, 10)).startswith("seventh 4")
    suspension = propose(through=date(2025, 6, 9))
    approve_suspension(suspension=suspension, by=factories.staff(), at=factories.at(date(2025, 5, 2)))
    assert suspension.article == "seventh 4-1(2)"


def test_a_debt_leads_from_reminder_to_ending_in_the_days_of_this_operator():
    contract = running()
    things.bill(date(2025, 4, 1))
    bill = Invoice.objects.get(account=things.account(contract))
    assert bill.due_on == date(2025, 5, 20)
    seen = {}
    for number in range(1, 50):
        day = bill.due_on + timedelta(days=number)
        counts = run_arrears(on=day)
        things.send_everything(day)
        if counts:
            seen[number] = sorted(counts)
        carry_out_endings(on=day)
    contract.refresh_from_db()
    last_day = bill.due_on + timedelta(days=31 + 7)
    assert (contract.state, contract.ends_on) == (Contract.State.ENDED, last_day)
    assert seen == {
        2: ["reminder"],
        6: ["suspension_notice"],
        11: ["suspend"],
        31: ["ending_notice"],
    }
    assert contract.endings.get().article == "seventh 5-1(1)"


@pytest.mark.parametrize(("days", "interest"), [(4, 0), (5, 4)])
def test_interest_begins_after_four_days_and_counts_the_day_of_payment(days, interest):
    contract = running()
    things.bill(date(2025, 4, 1))
    bill = things.invoice(contract)
    assert bill.total == 2200
    things.pay(contract, 2200, bill.due_on + timedelta(days=days))
    # 2200 × 7.3 % × 5/365 = 2.2, up
    assert amounts_of_interest(contract) == ([3] if interest else [])


def amounts_of_interest(contract: Contract) -> list[int]:
    found = Charge.objects.filter(account=things.account(contract), kind="late_interest")
    return list(found.values_list("amount", flat=True))


def test_the_subscriber_ends_by_telephone_two_months_before():
    contract = running()
    late = date(2025, 6, 30)
    said = refusal(ask, contract, "ending", day=date(2025, 5, 1), form="web", ends_on=date(2025, 7, 31))
    assert said == "seventh 6 wrong_form"
    said = refusal(ask, contract, "ending", day=date(2025, 5, 1), form="phone", ends_on=late)
    assert said == "seventh 6 notice_too_late"
    ask(contract, "ending", day=date(2025, 5, 1), form="phone", ends_on=date(2025, 7, 1))
    carry_out_endings(on=date(2025, 7, 2))
    contract.refresh_from_db()
    assert (contract.state, contract.ends_on) == (Contract.State.ENDED, date(2025, 7, 1))


def test_the_operator_ends_on_a_ground_that_no_other_document_has():
    contract = running()
    clock = clock_user()

    def end(ground: str, ends_on: date) -> Ending:
        return declare_ending(
            contract=contract,
            by=clock,
            on=date(2025, 5, 1),
            ended_by=Ending.By.OPERATOR,
            ground=ground,
            reason="月へ移った",
            ends_on=ends_on,
        )

    assert refusal(end, "insolvency", date(2025, 5, 20)).startswith("seventh 5")
    assert refusal(end, "moon", date(2025, 5, 1)) == "seventh 5 notice_first"
    ending = end("moon", date(2025, 5, 20))
    assert ending.article == "seventh 5-1(2)"
    # The notice was not sent: the contract does not end.
    carry_out_endings(on=date(2025, 5, 21))
    contract.refresh_from_db()
    assert contract.state == Contract.State.ENDING
    assert isinstance(ending.notice, Notice)


def test_all_debts_fall_due_on_the_grounds_of_this_document_alone():
    contract, by = running(), factories.staff()
    things.bill(date(2025, 4, 1))
    invoice = things.invoice(contract)
    suspension = propose_suspension(
        contract=contract,
        by=by,
        at=factories.at(date(2025, 5, 1)),
        ground="spam",
        reason="迷惑メール",
        starts_on=date(2025, 5, 10),
        through=date(2025, 5, 20),
    )
    approve_suspension(suspension=suspension, by=factories.staff(), at=factories.at(date(2025, 5, 2)))
    give_suspension_notice(suspension=suspension, by=by, at=factories.at(date(2025, 5, 2)))
    factories.dispatched(suspension.notice, date(2025, 5, 2))
    assert falls_due(invoice) == invoice.due_on == date(2025, 5, 20)
    enforce_suspension(suspension=suspension, by=by, on=date(2025, 5, 10), still_holds=True)
    assert falls_due(invoice) == date(2025, 5, 10)
    made = contract.accelerations.get()
    assert (made.ground_article, made.article) == ("seventh 4-1(2)", "seventh 5")
    assert (made.notice.occasion, refusal(accelerate, contract)) == (
        "debts_accelerated",
        "seventh 5 no_such_ground",
    )


def accelerate(contract: Contract) -> None:
    day = date(2025, 5, 12)
    accelerate_debts(
        contract=contract, by=clock_user(), on=day, ground="uncured_suspension", since=day, reason="停止中"
    )


def test_its_tax_is_rounded_up_once_an_invoice():
    contract = running(product=product(1001))
    things.bill(date(2025, 4, 1))
    things.bill(date(2025, 5, 1))
    (tax,) = things.invoice(contract, date(2025, 5, 1)).taxes.all()
    assert (tax.net, tax.rate, tax.tax) == (1001, Decimal("0.100"), 101)
