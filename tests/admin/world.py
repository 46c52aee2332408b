"""A little of everything: at least one row of each kind that the staff side shows. Real rows, by way of the services."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Group

from billing.models import (
    ArrearsStep,
    BillingRun,
    CollectionAgency,
    CollectorOrder,
    Invoice,
    LumpPayment,
    ParkedContract,
    PartnerList,
    PartnerListLine,
    PartnerReceipt,
    PartnerRemittance,
    Payment,
    ReceivableEnd,
    Refund,
    ReviewPolicy,
    Tariff,
    Usage,
)
from billing.services.close_month import book_month
from billing.services.enter_partner_charge import enter_partner_charge
from billing.services.hand_over_documents import hand_over_document
from billing.services.issue_credit_note import issue_credit_note
from billing.services.make_transfer_request import make_transfer_request
from billing.services.move_first_day import move_first_day
from billing.services.open_account import open_account
from billing.services.open_dispute import open_dispute
from billing.services.propose_credit import propose_credit
from billing.services.propose_relief import propose_relief
from billing.services.propose_supplement import propose_supplement
from billing.services.record_promise import record_promise
from billing.services.take_deposits import take_deposits
from billing.zengin import deposits
from contracts.models import (
    Contract,
    Ending,
    EndingProposal,
    Interruption,
    KeptVersion,
    LentEquipment,
    Line,
    Outage,
    OwnEquipment,
    Partner,
    Product,
    RepairTicket,
    Request,
    ReturnPolicy,
    Subscriber,
    Suspension,
    TermsVersion,
    Work,
)
from contracts.retention.category import Erased, Piece
from contracts.retention.certificates import certify
from contracts.retention.registry import category
from contracts.services.accelerate_debts import accelerate_debts
from contracts.services.announce_interruption import announce_interruption
from contracts.services.check_anti_social import check_anti_social
from contracts.services.declare_ending import declare_ending
from contracts.services.form_group import form_group
from contracts.services.hold_data import place_hold
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
from contracts.services.record_reference_version import record_reference_version
from contracts.services.report_fault import report_fault
from contracts.services.set_retention import set_retention
from lineinfo.models import (
    ApiCall,
    ApiContract,
    ApiSuspension,
    ApiUser,
    BadRow,
    Credential,
    CredentialIncident,
    EndedPart,
    LineBatch,
    LineStatus,
    TargetService,
)
from lineinfo.parts import Part
from lineinfo.services.accept_api_contract import accept_api_contract
from lineinfo.services.apply_api_contract import apply_api_contract
from lineinfo.services.claim_api_damage import claim_api_damage
from lineinfo.services.end_api_part import end_api_part
from lineinfo.services.issue_credential import issue_credential
from lineinfo.services.issue_system_credential import issue_system_credential
from lineinfo.services.record_api_breach import record_api_breach
from lineinfo.services.register_api_user import register_api_user
from lineinfo.services.register_subcontractor import register_subcontractor
from lineinfo.services.report_theft import report_theft
from lineinfo.services.suspend_api_contract import suspend_api_contract
from notices.models import Notice, Posting
from notices.services.post import post
from notices.services.print_letters import print_letters
from terms.registry import pack_for
from tests import factories
from tests.admin import outages
from tests.billing import things
from workflow.models import User
from workflow.services.load_roles import load_roles

# The day on which everything stands as made here.
TODAY = date(2025, 10, 1)
NOW = factories.at(TODAY)
TERMS = "hikari-line"


@dataclass(frozen=True)
class World:
    """What tests press buttons on."""

    root: User
    proposer: User
    subscriber: Subscriber
    contract: Contract
    line: Line
    request: Request
    work: Work
    suspension: Suspension
    ending: Ending
    ending_proposal: EndingProposal
    interruption: Interruption
    outage: Outage
    equipment: LentEquipment
    own_equipment: OwnEquipment
    ticket: RepairTicket
    run: BillingRun
    invoice: Invoice
    payment: Payment
    tariff: Tariff
    notice: Notice
    posting: Posting
    api_contract: ApiContract
    api_user: ApiUser
    credential: Credential
    incident: CredentialIncident


def member(role: str) -> User:
    """Somebody with that role and no other."""
    user, _made = User.objects.get_or_create(username=f"one-of-{role}", defaults={"is_staff": True})
    user.groups.set(Group.objects.filter(name=role))
    return user


def serious(contract: Contract) -> str:
    """A ground of suspension that has a last day."""
    table = contract.pack(TODAY).suspension
    assert table is not None
    return next(ground.code for ground in table.grounds if not ground.until_paid)


def build() -> World:
    """The world, as it stands on TODAY."""
    load_roles()
    things.standing()
    factories.serve(TERMS)
    factories.partner()
    root = factories.staff("root", is_superuser=True)
    proposer = factories.staff("proposer", is_superuser=True)
    contract = things.contract(
        TERMS, start=date(2025, 4, 1), line=factories.line(TERMS, host_exchange="霞が関")
    )
    things.tariff(factories.option(contract).product, 500)
    people = _contracts(root, proposer, contract)
    _building(root)
    money = _money(root, contract)
    outages.make(root, contract, TODAY)
    api = _api(root, contract)
    papers(root, contract)
    posting = post(
        category=Posting.Category.OTHER,
        title="お知らせ",
        body="本文です。",
        article=contract.pack(TODAY).article("1"),
        at=NOW,
    )
    letter = factories.subscriber(channel=Subscriber.Channel.LETTER, email="")
    _apply(letter, root)
    print_letters(at=NOW)
    notice = Notice.objects.filter(channel=Notice.Channel.EMAIL, state=Notice.State.QUEUED).earliest("id")
    return World(
        root=root, proposer=proposer, subscriber=contract.subscriber, contract=contract, line=_line(contract),
        notice=notice, posting=posting, **people, **money, **api,
    )  # fmt: skip


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


def _line(contract: Contract) -> Line:
    assert contract.line is not None
    return contract.line


def _apply(subscriber: Subscriber, by: User) -> Request:
    return receive_request(
        by=by,
        at=NOW,
        kind=Request.Kind.NEW,
        subscriber=subscriber,
        terms_code=TERMS,
        form=factories.asked_form(TERMS),
        details=factories.new_details(factories.product(TERMS)),
    )


def _contracts(root: User, proposer: User, contract: Contract) -> dict[str, Any]:
    line = _line(contract)
    ending_contract = factories.contract(TERMS, start=date(2025, 8, 1))
    proposed_for = factories.contract(TERMS, start=date(2025, 8, 1))
    ground = next(
        found.code
        for found in contract.pack(TODAY).operator_ending.grounds
        if not found.after_suspension and not found.demand_first
    )
    return {
        "request": _apply(factories.subscriber(kind=Subscriber.Kind.CORPORATION), root),
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
            on=TODAY,
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
            on=TODAY,
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
        "equipment": _lend(contract, root),
        "own_equipment": connect_own_equipment(
            contract=contract, by=root, on=TODAY, kind="terminal", name="電話機", form="written"
        ),
        "ticket": report_fault(contract=contract, by=root, at=NOW, symptom="不通"),
    }


def _building(by: User) -> None:
    """A group of lines with one line in it."""
    group = form_group(by=by, on=TODAY, terms_code=TERMS, plan="mini", grade="1-1", address=factories.ADDRESS)
    product = factories.product(TERMS, dwelling=Product.Dwelling.COLLECTIVE, item="1Gb/s")
    contract = factories.contract(TERMS, product=product, start=date(2025, 8, 1))
    join_group(group=group, contract=contract, by=by, on=TODAY)


def _lend(contract: Contract, by: User) -> LentEquipment:
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


def _paying_otherwise(issued: Invoice, by: User) -> None:
    propose_supplement(charge=issued.charges.all()[0], amount=100, reason="登録誤り", by=by)
    propose_relief(
        terms_code=TERMS,
        when="disaster",
        covers=["charges"],
        percent=50,
        since=date(2026, 6, 1),
        through=date(2026, 6, 30),
        reason="豪雨",
        by=by,
        at=NOW,
    )
    move_first_day(terms_code=TERMS, since=date(2026, 6, 11), reason="請求の分散", by=by, at=NOW)
    LumpPayment.objects.create(
        account=issued.account,
        terms_code=TERMS,
        first_month=date(2030, 1, 1),
        last_month=date(2030, 2, 1),
        reason="移行",
        consented_on=TODAY,
        evidence="同意書",
        article=f"{TERMS} 通則6",
    )


def _other_document(by: User) -> None:
    record_reference_version(
        pack=pack_for(TERMS, TODAY),
        reference="main_terms",
        effective=date(2025, 1, 1),
        title="本則",
        kept_at="文書庫 12",
        by=by,
    )


def accelerate(by: User) -> None:
    """All debts of a subscriber are due at once."""
    accelerate_debts(
        contract=factories.contract("business-network"),
        by=by,
        on=TODAY,
        ground="insolvency",
        since=TODAY,
        reason="破産手続開始の申立て",
    )


def _money(root: User, contract: Contract) -> dict[str, Any]:
    billed = things.bill(date(2025, 8, 1))
    assert not billed.parked.filter(contract=contract).exists(), billed.parked.get(contract=contract).reason
    issued = things.invoice(contract, date(2025, 8, 1))
    payment = things.pay(contract, 1000, date(2025, 9, 20))
    preparer, _approver = things.people()
    from billing.services.prepare_run import prepare_run
    from billing.services.rate_run import rate_run

    ReviewPolicy.objects.create(
        terms_code=TERMS, valid_from=date(2022, 1, 1), ceiling=1, times=2, difference=1
    )
    run = prepare_run(month=date(2025, 9, 1), by=preparer, at=NOW)
    rate_run(run=run, by=preparer, at=NOW, here=True)
    run.refresh_from_db()
    ParkedContract.objects.create(run=run, contract=factories.contract(TERMS), reason="料金がない")
    Usage.objects.create(contract=contract, month=date(2025, 11, 1), amount=320)
    _paying_otherwise(issued, root)
    _other_document(root)
    accelerate(root)
    issued.refresh_from_db()
    ArrearsStep.objects.create(
        invoice=issued,
        contract=contract,
        kind=ArrearsStep.Kind.REMINDER,
        on=TODAY,
        article=f"{TERMS} 47",
        proof={"owed": 5000},
    )
    _bank(root, contract)
    _books(root, contract, payment)
    line = issued.charges.earliest("id").pk
    issue_credit_note(invoice=issued, amounts={line: 1}, by=root, at=NOW, reason="端数の訂正")
    propose_credit(invoice=issued, amounts={line: 1}, by=root, reason="端数の訂正")
    record_promise(invoice=issued, pay_by=date(2025, 10, 20), writing="電子メール", by=root, on=TODAY)
    CollectorOrder.objects.create(
        invoice=issued, method="card", amount=1, opened_at=NOW, expires_on=date(2025, 10, 15)
    )
    agency = CollectionAgency.objects.create(
        contract=contract,
        partner=Partner.objects.create(
            code="east", name="架空東日本", role=Partner.Role.INTERCONNECTED_CARRIER, email="east@example.jp"
        ),
        direction=CollectionAgency.Direction.FOR_PARTNER,
        requested_on=TODAY,
        agreed_on=TODAY,
        article=f"{TERMS} 59-1",
    )
    enter_partner_charge(
        contract=contract, partner=agency.partner, basis="agency", reference="A-1", name="通話料", amount=1,
        since=date(2025, 9, 1), until=TODAY, by=root, on=TODAY,
    )  # fmt: skip
    _settled_with_partner(agency, issued, root)
    open_dispute(invoice=issued, by=root, on=TODAY, reason="金額が違う")
    return {"run": run, "invoice": issued, "payment": payment, "tariff": Tariff.objects.earliest("id")}


def _settled_with_partner(agency: CollectionAgency, issued: Invoice, root: User) -> None:
    """A remittance that waits, what the partner is to collect, and what it paid over."""
    partner = agency.partner
    PartnerRemittance.objects.create(partner=partner, through=TODAY, collected=1)
    made = PartnerList.objects.create(partner=partner, count=1, amount=1, made_at=NOW, made_by=root)
    receipt = PartnerReceipt.objects.create(
        partner=partner, received_on=TODAY, collected=1, fee=0, recorded_by=root
    )
    PartnerListLine.objects.create(
        list=made, agency=agency, invoice=issued, amount=1, collected=1, receipt=receipt
    )


def _books(root: User, contract: Contract, payment: Payment) -> None:
    """A month of the books, a refund that waits, and a claim that ended."""
    book_month(date(2025, 9, 1))
    Refund.objects.create(account=payment.account, amount=1, reason="過払い")
    ReceivableEnd.objects.create(
        invoice=payment.allocations.get().invoice, kind="written_off", amount=1, on=TODAY, by=root
    )


def _bank(root: User, contract: Contract) -> None:
    """A request to debit, and a deposit that matches nobody."""
    ours = things.collection_account()
    things.by_transfer(contract)
    make_transfer_request(account=ours, debit_on=date(2025, 10, 10), by=root, at=NOW)
    open_account(subscriber=contract.subscriber, by=root)
    movement = deposits.Movement(
        inquiry_number="00000001", booked_on=TODAY, incoming=True, amount=1, payer="ｽｽﾞｷ"
    )
    statement = deposits.Statement(
        bank_code=ours.bank_code,
        branch_code=ours.branch_code,
        account_type="1",
        account_number=ours.account_number,
        movements=(movement,),
    )
    take_deposits(content=deposits.write([statement], line_ends=True), name="nyukin.txt", by=root, at=NOW)


def _api(root: User, contract: Contract) -> dict[str, Any]:
    code = "line-info-api"
    TargetService.objects.create(terms_code=code, product=contract.product, since=date(2025, 7, 1))
    api = apply_api_contract(subscriber=contract.subscriber, terms_code=code, by=root, on=TODAY)
    accept_api_contract(contract=api, by=root, at=NOW)
    user = register_api_user(
        contract=api, by=root, on=TODAY, name="網野 見張", organisation="見張システム株式会社", email="watch@example.jp",
        viewing_consent_on=TODAY, supply_consent_on=TODAY,
    )  # fmt: skip
    stolen = issue_credential(api_user=user, by=root, at=NOW).credential
    incident = report_theft(credential=stolen, by=root, at=NOW, happened="端末の紛失")
    credential = issue_credential(api_user=user, by=root, at=NOW).credential
    ApiCall.objects.create(
        api_contract=api, credential=credential, at=NOW, method="GET", path="/api/v1/lines/", status=200
    )
    LineStatus.objects.create(line=_line(contract), state=LineStatus.State.UP, as_of=NOW)
    issue_system_credential(system="nms-1", by=root, at=NOW, expires_at=NOW + timedelta(days=30))
    _delivery(root, "day.csv")
    _retention(root, contract.subscriber, 30)
    _end_part(root)
    other = apply_api_contract(subscriber=_another_holder(contract), terms_code=code, by=root, on=TODAY)
    accept_api_contract(contract=other, by=root, at=NOW)
    table = api.pack(TODAY).suspension
    assert table is not None
    ground = table.grounds[0].code
    suspend_api_contract(
        contract=other,
        by=root,
        at=NOW,
        ground=ground,
        reason="義務の違反",
        starts_on=TODAY + timedelta(days=5),
        through=None,
    )
    assert ApiSuspension.objects.exists()
    _conduct(other, root)
    return {"api_contract": api, "api_user": user, "credential": credential, "incident": incident}


def _end_part(by: User) -> None:
    """One more part of the API ends next year, as long as one is left."""
    left = [part for part in Part if not EndedPart.objects.filter(part=part).exists()]
    if len(left) > 1:
        end_api_part(
            terms_code="line-info-api",
            by=by,
            at=NOW,
            part=left[0],
            ends_on=date(2026, 3, 31),
            reason="装置の撤去",
        )


def _retention(by: User, subscriber: Subscriber, days: int) -> None:
    found = category("api_calls")
    period = set_retention(
        category=found, days=days, starts_on=TODAY + timedelta(days=days), by=by, at=NOW, reason="決定"
    )
    place_hold(by=by, at=NOW, reason="係争中", subscriber=subscriber)
    certify(Piece("calls", TODAY, lambda: Erased(1)), Erased(1), category=found, period=period, by=by, at=NOW)


def _delivery(by: User, name: str) -> None:
    batch = LineBatch.objects.create(
        name=name,
        source=LineBatch.Source.UPLOAD,
        sha256=name.ljust(64, "0"),
        size=9,
        received_at=NOW,
        received_from=by,
        bad=1,
    )
    BadRow.objects.create(batch=batch, line_number=2, kind=BadRow.Kind.BAD, reason="?", text="?")


def _conduct(api: ApiContract, root: User) -> None:
    """A subcontractor, its breach and the damage that it did."""
    subcontractor = register_subcontractor(
        contract=api, by=root, on=TODAY, name="保守委託株式会社", entrusted="監視", disclosed="API ID", duties_on=TODAY,
        supervision="四半期の監査",
    )  # fmt: skip
    breach = record_api_breach(
        contract=api, by=root, at=NOW, duty="disclosure", happened_on=TODAY, evidence="仕様の公開", subcontractor=subcontractor
    )  # fmt: skip
    claim_api_damage(
        contract=api, by=root, at=NOW, fault="negligence", happened="復旧の費用", amount=10_000,
        pay_by=TODAY + timedelta(days=30), breach=breach,
    )  # fmt: skip


def _another_holder(contract: Contract) -> Subscriber:
    subscriber = factories.subscriber(kind=Subscriber.Kind.CORPORATION)
    factories.contract(TERMS, subscriber=subscriber, product=contract.product, start=date(2025, 8, 1))
    return subscriber


def more(world: World) -> None:
    """Another subscriber with another contract and everything around it, and another of everything for the first."""
    root = world.root
    contract = factories.contract(TERMS, subscriber=world.subscriber, start=date(2025, 8, 1))
    factories.option(world.contract)
    _lend(world.contract, root)
    _building(root)
    report_fault(contract=world.contract, by=root, at=NOW, symptom="不通")
    _apply(factories.subscriber(kind=Subscriber.Kind.CORPORATION), root)
    plan_work(contract=world.contract, by=root, kind=Work.Kind.REPAIR, planned_at=NOW, items=[], on=TODAY)
    propose_suspension(
        contract=contract, by=world.proposer, on=TODAY, ground=serious(contract), reason="違反", starts_on=TODAY + timedelta(days=9),
        through=TODAY + timedelta(days=30),
    )  # fmt: skip
    outages.make(root, contract, TODAY)
    declare_ending(
        contract=factories.contract(TERMS),
        by=root,
        on=TODAY,
        ended_by=Ending.By.SUBSCRIBER,
        reason="",
        ends_on=date(2026, 1, 31),
    )
    record_outage(
        line=_line(contract), by=root, down=NOW - timedelta(hours=5), known=NOW - timedelta(hours=4)
    )
    ParkedContract.objects.create(run=world.run, contract=contract, reason="料金がない")
    Usage.objects.create(contract=contract, month=date(2025, 11, 1), amount=320)
    things.pay(world.contract, 100, TODAY)
    ApiCall.objects.create(
        api_contract=world.api_contract,
        credential=world.credential,
        at=NOW,
        method="GET",
        path="/",
        status=200,
    )
    issue_credential(api_user=world.api_user, by=root, at=NOW)
    _conduct(world.api_contract, root)
    LineStatus.objects.create(line=_line(contract), state=LineStatus.State.DOWN, as_of=NOW)
    issue_system_credential(system="nms-2", by=root, at=NOW, expires_at=NOW + timedelta(days=30))
    _delivery(root, f"night-{LineBatch.objects.count()}.csv")
    _retention(root, contract.subscriber, 40 + 10 * LineBatch.objects.count())
    _end_part(root)
    things.tariff(contract.product)
    accelerate(root)
