"""Of the billing room: a run, invoices, payments, and what is done about them."""

from datetime import date, timedelta
from typing import Any

from billing.models import (
    ArrearsStep,
    CollectionAgency,
    CollectorOrder,
    DamageClaim,
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
from billing.services.bill_at_once import propose_bill
from billing.services.close_month import book_month
from billing.services.enter_partner_charge import enter_partner_charge
from billing.services.issue_credit_note import issue_credit_note
from billing.services.make_transfer_request import make_transfer_request
from billing.services.move_first_day import move_first_day
from billing.services.open_account import open_account
from billing.services.open_dispute import open_dispute
from billing.services.prepare_run import prepare_run
from billing.services.propose_credit import propose_credit
from billing.services.propose_relief import propose_relief
from billing.services.propose_supplement import propose_supplement
from billing.services.rate_run import rate_run
from billing.services.record_promise import record_promise
from billing.services.take_deposits import take_deposits
from billing.zengin import deposits
from contracts.models import (
    Contract,
    Partner,
)
from contracts.services.accelerate_debts import accelerate_debts
from contracts.services.record_reference_version import record_reference_version
from terms.registry import pack_for
from tests import factories
from tests.admin.day import NOW, TERMS, TODAY
from tests.billing import things
from workflow.models import User


def make_money(root: User, contract: Contract) -> dict[str, Any]:
    billed = things.bill(date(2025, 8, 1))
    assert not billed.parked.filter(contract=contract).exists(), billed.parked.get(contract=contract).reason
    issued = things.invoice(contract, date(2025, 8, 1))
    payment = things.pay(contract, 1000, date(2025, 9, 20))
    preparer, _approver = things.people()
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
    _damaged(root)
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
    propose_credit(invoice=issued, amounts={line: 1}, by=root, at=NOW, reason="端数の訂正")
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


def _paying_otherwise(issued: Invoice, by: User) -> None:
    propose_supplement(charge=issued.charges.all()[0], amount=100, reason="登録誤り", by=by, at=NOW)
    propose_bill(
        contract=issued.charges.all()[0].contract,
        through=TODAY,
        reason="解約の申出",
        by=by,
        at=NOW + timedelta(days=1),
    )
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


def _damaged(by: User) -> None:
    DamageClaim.objects.create(
        contract=factories.contract("isp-access"),
        happened_on=TODAY,
        what="書棚を壊された",
        loss=50000,
        consumer=True,
        fee=6000,
        amount=6000,
        article="isp-access 40",
        received_on=TODAY,
        recorded_by=by,
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
