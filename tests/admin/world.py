"""A little of everything: at least one row of each kind that the staff side shows. Real rows, by way of the services."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import Group

from billing.models import (
    BillingRun,
    Invoice,
    ParkedContract,
    Payment,
    Tariff,
    Usage,
)
from contracts.models import (
    Contract,
    Ending,
    EndingProposal,
    Interruption,
    LentEquipment,
    Line,
    Outage,
    OwnEquipment,
    RepairTicket,
    Request,
    Subscriber,
    Suspension,
    Work,
)
from contracts.services.declare_ending import declare_ending
from contracts.services.plan_work import plan_work
from contracts.services.propose_suspension import propose_suspension
from contracts.services.record_outage import record_outage
from contracts.services.report_fault import report_fault
from lineinfo.models import (
    ApiCall,
    ApiContract,
    ApiUser,
    Credential,
    CredentialIncident,
    LineBatch,
    LineStatus,
)
from lineinfo.services.issue_credential import issue_credential
from lineinfo.services.issue_system_credential import issue_system_credential
from notices.models import Notice, Posting
from notices.services.post import post
from notices.services.print_letters import print_letters
from tests import factories
from tests.admin import outages
from tests.admin.built_api import conduct, deliver, end_part, make_api, retain
from tests.admin.built_contracts import apply, building, lend, line_of, make_contracts, papers, serious
from tests.admin.built_money import accelerate, make_money
from tests.admin.day import NOW, TERMS, TODAY
from tests.billing import things
from workflow.models import User
from workflow.services.load_roles import load_roles


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
    people = make_contracts(root, proposer, contract)
    building(root)
    money = make_money(root, contract)
    outages.make(root, contract, TODAY)
    api = make_api(root, contract)
    papers(root, contract)
    posting = post(
        category=Posting.Category.OTHER,
        title="お知らせ",
        body="本文です。",
        article=contract.pack(TODAY).article("1"),
        at=NOW,
    )
    letter = factories.subscriber(channel=Subscriber.Channel.LETTER, email="")
    apply(letter, root)
    print_letters(at=NOW)
    notice = Notice.objects.filter(channel=Notice.Channel.EMAIL, state=Notice.State.QUEUED).earliest("id")
    return World(
        root=root, proposer=proposer, subscriber=contract.subscriber, contract=contract, line=line_of(contract),
        notice=notice, posting=posting, **people, **money, **api,
    )  # fmt: skip


def more(world: World) -> None:
    """Another subscriber with another contract and everything around it, and another of everything for the first."""
    root = world.root
    contract = factories.contract(TERMS, subscriber=world.subscriber, start=date(2025, 8, 1))
    factories.option(world.contract)
    lend(world.contract, root)
    building(root)
    report_fault(contract=world.contract, by=root, at=NOW, symptom="不通")
    apply(factories.subscriber(kind=Subscriber.Kind.CORPORATION), root)
    plan_work(contract=world.contract, by=root, kind=Work.Kind.REPAIR, planned_at=NOW, items=[], on=TODAY)
    propose_suspension(
        contract=contract, by=world.proposer, at=NOW, ground=serious(contract), reason="違反", starts_on=TODAY + timedelta(days=9),
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
        line=line_of(contract), by=root, down=NOW - timedelta(hours=5), known=NOW - timedelta(hours=4)
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
    conduct(world.api_contract, root)
    LineStatus.objects.create(line=line_of(contract), state=LineStatus.State.DOWN, as_of=NOW)
    issue_system_credential(system="nms-2", by=root, at=NOW, expires_at=NOW + timedelta(days=30))
    deliver(root, f"night-{LineBatch.objects.count()}.csv")
    retain(root, contract.subscriber, 40 + 10 * LineBatch.objects.count())
    end_part(root)
    things.tariff(contract.product)
    accelerate(root)
