"""Of the contracts room: requests, works, sanctions, endings, equipment, papers."""

from datetime import date, timedelta
from typing import Any

from billing.services.hand_over_documents import hand_over_document
from contracts.models import (
    Contract,
    Ending,
    KeptVersion,
    LentEquipment,
    Line,
    Product,
    Request,
    ReturnPolicy,
    Subscriber,
    TermsVersion,
    Work,
)
from contracts.services.announce_interruption import announce_interruption
from contracts.services.check_anti_social import check_anti_social
from contracts.services.declare_ending import declare_ending
from contracts.services.form_group import form_group
from contracts.services.join_group import join_group
from contracts.services.lend_equipment import lend_equipment
from contracts.services.own_equipment import connect_own_equipment
from contracts.services.plan_work import plan_work
from contracts.services.propose_ending import propose_ending
from contracts.services.propose_suspension import propose_suspension
from contracts.services.receive_request import receive_request
from contracts.services.record_consents import record_consents
from contracts.services.record_disclosure import record_disclosure
from contracts.services.record_individual_agreement import record_individual_agreement
from contracts.services.record_outage import record_outage
from contracts.services.report_fault import report_fault
from tests import factories
from tests.admin.day import NOW, TERMS, TODAY
from tests.billing import things
from workflow.models import User


def make_contracts(root: User, proposer: User, contract: Contract) -> dict[str, Any]:
    line = line_of(contract)
    ending_contract = factories.contract(TERMS, start=date(2025, 8, 1))
    proposed_for = factories.contract(TERMS, start=date(2025, 8, 1))
    ground = next(
        found.code
        for found in contract.pack(TODAY).operator_ending.grounds
        if not found.after_suspension and not found.demand_first
    )
    return {
        "request": apply(factories.subscriber(kind=Subscriber.Kind.CORPORATION), root),
        "work": plan_work(
            contract=contract,
            by=root,
            kind=Work.Kind.ITEM_CHANGE,
            planned_at=NOW + timedelta(hours=2),
            items=[],
            on=TODAY,
        ),
        "suspension": propose_suspension(
            contract=contract,
            by=proposer,
            at=NOW,
            ground=serious(contract),
            reason="約款の義務に違反したため",
            starts_on=TODAY + timedelta(days=10),
            through=TODAY + timedelta(days=40),
        ),
        "ending": declare_ending(
            contract=ending_contract,
            by=root,
            on=TODAY,
            ended_by=Ending.By.SUBSCRIBER,
            reason="引越し",
            ends_on=date(2025, 12, 31),
        ),
        "ending_proposal": propose_ending(
            contract=proposed_for,
            by=proposer,
            at=NOW,
            ground=ground,
            reason="設備がないため",
            ends_on=date(2025, 12, 31),
        ),
        "interruption": announce_interruption(
            by=root,
            at=NOW,
            terms_code=TERMS,
            title="保守工事",
            ground=contract.pack(TODAY).interruption.grounds[0].code,
            starts_at=NOW + timedelta(days=5),
            ends_at=NOW + timedelta(days=5, hours=2),
            lines=[line],
        ),
        "outage": record_outage(
            line=line, by=root, down=NOW - timedelta(hours=5), known=NOW - timedelta(hours=4)
        ),
        "equipment": lend(contract, root),
        "own_equipment": connect_own_equipment(
            contract=contract, by=root, on=TODAY, kind="terminal", name="電話機", form="written"
        ),
        "ticket": report_fault(contract=contract, by=root, at=NOW, symptom="不通"),
    }


def papers(root: User, contract: Contract) -> None:
    """What was agreed to, disclosed and checked."""
    record_consents(contract=contract, by=root, at=NOW, form=Request.Form.WRITTEN)
    record_disclosure(
        contract=contract,
        by=root,
        at=NOW,
        ground="warrant",
        items=["name_and_address"],
        recipient="court",
        name="架空地方裁判所",
        reference="令和7年(ワ)第1号",
    )
    hand_over_document(contract=contract, by=root, at=NOW)
    record_individual_agreement(
        contract=contract,
        by=root,
        on=TODAY,
        since=date(2026, 4, 1),
        form=Request.Form.WRITTEN,
        evidence="覚書",
        tables={"late_interest": {"annual_rate": "0.05"}},
    )
    check_anti_social(subscriber=contract.subscriber, by=root, on=TODAY, method="database", result="clear")
    KeptVersion.objects.create(
        contract=contract,
        version=TermsVersion.objects.get(agreement__contract=contract),
        since=TODAY,
        article=f"{TERMS} 2",
        reason="効力発生前に公表していない",
    )


def building(by: User) -> None:
    """A group of lines with one line in it."""
    group = form_group(by=by, on=TODAY, terms_code=TERMS, plan="mini", grade="1-1", address=factories.ADDRESS)
    product = factories.product(TERMS, dwelling=Product.Dwelling.COLLECTIVE, item="1Gb/s")
    contract = factories.contract(TERMS, product=product, start=date(2025, 8, 1))
    join_group(group=group, contract=contract, by=by, on=TODAY)


def lend(contract: Contract, by: User) -> LentEquipment:
    ReturnPolicy.objects.get_or_create(
        terms_code=TERMS,
        valid_from=date(2022, 1, 1),
        defaults={"place": "返却センター", "return_days": 30, "remind_every": 14, "give_up_after": 60},
    )
    router = factories.product(TERMS, kind=Product.Kind.EQUIPMENT)
    things.tariff(router, 0, kind="option")
    factories.option(contract, product=router)
    return lend_equipment(
        contract=contract, product=router, serial_number=f"SN-{router.pk}", by=by, on=date(2025, 8, 1)
    )


def apply(subscriber: Subscriber, by: User) -> Request:
    return receive_request(
        by=by,
        at=NOW,
        kind=Request.Kind.NEW,
        subscriber=subscriber,
        terms_code=TERMS,
        form=factories.asked_form(TERMS),
        details=factories.new_details(factories.product(TERMS)),
    )


def line_of(contract: Contract) -> Line:
    assert contract.line is not None
    return contract.line


def serious(contract: Contract) -> str:
    """A ground of suspension that has a last day."""
    table = contract.pack(TODAY).suspension
    assert table is not None
    return next(ground.code for ground in table.grounds if not ground.until_paid)
