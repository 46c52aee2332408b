"""Other carriers' charges on our invoices: bought, or collected as their agent; and what ends a collection."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from billing.books.journal import trial_balance, unbalanced
from billing.models import Charge, CollectionAgency, CreditNote, Invoice, PartnerClaim
from billing.services.abolish_collection import abolish_collection
from billing.services.agree_collection import agree_collection
from billing.services.enter_partner_charge import enter_partner_charge
from billing.services.run_arrears import run_arrears
from billing.services.tell_unpaid_claim import tell_unpaid_claim
from contracts.models import Contract, Partner, PartnerContract
from contracts.services.record_consents import record_consents
from notices.models import Notice
from tests import factories
from tests.billing import things
from workflow.errors import Refused, WrongState

MAY = date(2025, 5, 1)
ON = date(2025, 5, 20)
DUE = date(2025, 6, 27)
FOR, BY = CollectionAgency.Direction.FOR_PARTNER, CollectionAgency.Direction.BY_PARTNER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


@pytest.fixture
def carrier() -> Partner:
    return factories.partner(code="east", name="架空東日本", role=Partner.Role.INTERCONNECTED_CARRIER)


def agree(contract: Contract, carrier: Partner, direction: str = FOR, **judged) -> CollectionAgency:
    facts = {"doubtful": False, "partner_agrees": True, "hindrance": False, "on": ON} | judged
    return agree_collection(
        contract=contract,
        partner=carrier,
        direction=direction,
        requested_on=date(2025, 5, 10),
        by=things.people()[0],
        **facts,
    )


def enter(contract: Contract, carrier: Partner, basis: str, **values) -> PartnerClaim:
    fields = {"reference": "A-1", "amount": 3300} | values
    return enter_partner_charge(
        contract=contract,
        partner=carrier,
        basis=basis,
        name="通話料",
        since=date(2025, 4, 1),
        until=date(2025, 5, 1),
        by=things.people()[0],
        on=ON,
        **fields,
    )


def balances() -> dict[str, int]:
    found = trial_balance(since=date(2025, 1, 1), until=date(2026, 1, 1))
    return {each.account: each.balance for each in found}


@pytest.mark.article("hikari-line", "46")
def test_a_bought_claim_is_asked_for_with_our_charges_and_without_a_notice_of_its_own(carrier):
    contract = things.contract("hikari-line", 6000)
    with pytest.raises(Refused, match="consent") as refused:
        enter(contract, carrier, "purchased")
    assert str(refused.value.refusal.article) == "hikari-line 46-1"
    record_consents(contract=contract, by=things.people()[0], at=factories.at(ON), form="written")
    before = Notice.objects.count()
    claim = enter(contract, carrier, "purchased")
    assert Notice.objects.count() == before
    things.bill(MAY)
    # 6,000 with tax, and 3,300 in which the tax is the carrier's.
    assert things.invoice(contract).total == 9900
    assert (claim.charge.article, claim.charge.kind) == ("hikari-line 46-2", Charge.Kind.PARTNER)
    assert (balances()["partners"], balances()["sales"], balances()["tax"]) == (-3300, -6000, -600)
    assert unbalanced() == []
    # Deemed our own charge: unpaid, it is a debt like any other.
    assert run_arrears(on=DUE + timedelta(days=5)) == {"reminder": 1}
    with pytest.raises(ValidationError, match="entered already"):
        enter(contract, carrier, "purchased")


@pytest.mark.article("isp-access", "47")
def test_only_the_claims_of_the_carrier_with_a_contract_beside_ours_are_bought(carrier):
    contract = things.contract("isp-access", 5000)
    record_consents(contract=contract, by=things.people()[0], at=factories.at(ON), form="written")
    with pytest.raises(Refused, match="no contract with this carrier"):
        enter(contract, carrier, "purchased")
    PartnerContract.objects.create(
        contract=contract, partner=carrier, article="isp-access 47-1", purchased=True, since=ON
    )
    assert enter(contract, carrier, "purchased").charge.article == "isp-access 47-1"


@pytest.mark.article("hikari-line", "47")
def test_the_carrier_is_told_of_its_unpaid_claim_once_and_not_before_it_is_overdue(carrier):
    contract = things.contract("hikari-line", 6000)
    record_consents(contract=contract, by=things.people()[0], at=factories.at(ON), form="written")
    claim, by = enter(contract, carrier, "purchased"), things.people()[0]
    with pytest.raises(ValidationError, match="Nothing is owed"):
        tell_unpaid_claim(claim=claim, by=by, at=factories.at(ON))
    things.bill(MAY)
    claim = PartnerClaim.objects.get()
    with pytest.raises(Refused, match="overdue"):
        tell_unpaid_claim(claim=claim, by=by, at=factories.at(DUE))
    entry = tell_unpaid_claim(claim=claim, by=by, at=factories.at(DUE + timedelta(days=1)))
    told = Notice.objects.get(occasion="arrears_told_to_partner")
    assert (told.facts["amount"], claim.told, entry.partner) == (3300, entry, carrier)
    with pytest.raises(ValidationError, match="told of it already"):
        tell_unpaid_claim(claim=claim, by=by, at=factories.at(DUE + timedelta(days=2)))


@pytest.mark.parametrize(
    ("judged", "item", "code"),
    [
        ({"doubtful": True}, "(1)", "doubtful"),
        ({"partner_agrees": False}, "(2)", "partner"),
        ({"hindrance": True}, "(3)", "hindrance"),
    ],
)
@pytest.mark.parametrize(
    ("direction", "article"),
    [
        pytest.param(FOR, "59-1", marks=pytest.mark.article("hikari-line", "59")),
        pytest.param(BY, "60-1", marks=pytest.mark.article("hikari-line", "60")),
    ],
)
def test_a_collection_is_refused_on_each_condition_of_the_document(
    carrier, direction, article, judged, item, code
):
    with pytest.raises(Refused) as refused:
        agree(things.contract("hikari-line"), carrier, direction, **judged)
    refusal = refused.value.refusal
    assert (str(refusal.article), refusal.code) == (f"hikari-line {article}{item}", code)
    assert not CollectionAgency.objects.exists()


@pytest.mark.article("hikari-line", "59")
def test_a_collection_is_refused_in_arrears_and_under_a_document_that_has_none(carrier):
    contract = things.contract("hikari-line")
    things.bill(MAY)
    with pytest.raises(Refused, match="6,600 yen are overdue"):
        agree(contract, carrier, on=DUE + timedelta(days=1))
    with pytest.raises(Refused, match="no such collection"):
        agree(things.contract("hikari-phone"), carrier)
    with pytest.raises(ValidationError, match="no interconnected carrier"):
        agree(contract, Partner(code="b", name="架空請求", role=Partner.Role.BILLING_OPERATOR))


@pytest.mark.article("hikari-line", "59")
def test_what_we_collect_as_agent_is_the_carriers_and_goes_back_on_the_first_overdue(carrier):
    contract = things.contract("hikari-line", 6000)
    with pytest.raises(Refused, match="No collection for this partner") as refused:
        enter(contract, carrier, "agency")
    assert str(refused.value.refusal.article) == "hikari-line 59-1"
    agency = agree(contract, carrier)
    told = Notice.objects.filter(occasion="collection_agreed")
    assert [each.facts["collects"] for each in told] == ["当社", "当社"]
    enter(contract, carrier, "agency")
    things.bill(MAY)
    assert (things.invoice(contract).total, balances()["partners"]) == (9900, -3300)
    assert run_arrears(on=DUE) == {}
    assert run_arrears(on=DUE + timedelta(days=1)) == {"collection_abolished": 1}
    assert run_arrears(on=DUE + timedelta(days=2)) == {}
    agency.refresh_from_db()
    assert (agency.state, agency.abolished_on) == ("abolished", DUE + timedelta(days=1))
    # What is still asked for is ours alone.
    assert things.invoice(contract).open_amount == 6600
    assert (CreditNote.objects.get().total, balances()["partners"], balances()["sales"]) == (3300, 0, -6000)
    assert PartnerClaim.objects.get().returned_on == DUE + timedelta(days=1)
    assert unbalanced() == []
    notice = Notice.objects.filter(occasion="collection_abolished").first()
    assert (notice.article, notice.facts["handed_back"]) == ("hikari-line 59-2", 3300)
    with pytest.raises(Refused):
        enter(contract, carrier, "agency", reference="A-2")
    with pytest.raises(WrongState):
        abolish_collection(agency=agency, by=things.people()[0], on=DUE, reason="二度目")


@pytest.mark.article("hikari-line", "59")
def test_what_was_paid_of_the_carriers_charge_stays_paid(carrier):
    contract = things.contract("hikari-line", 6000)
    agree(contract, carrier)
    enter(contract, carrier, "agency")
    things.bill(MAY)
    things.pay(contract, 9900, DUE)
    assert run_arrears(on=DUE + timedelta(days=1)) == {}
    assert CollectionAgency.objects.get().state == "agreed"
    assert not CreditNote.objects.exists()


@pytest.mark.article("hikari-line", "60")
def test_what_the_carrier_collects_for_us_ends_on_the_first_overdue(carrier):
    contract = things.contract("hikari-line", 6000)
    agency = agree(contract, carrier, BY)
    other = Partner.objects.create(
        code="west", name="架空西日本", role=Partner.Role.INTERCONNECTED_CARRIER, email="west@example.jp"
    )
    with pytest.raises(ValidationError, match="collects the charges of this contract already"):
        agree(contract, other, BY)
    things.bill(MAY)
    assert run_arrears(on=DUE) == {}
    assert run_arrears(on=DUE + timedelta(days=1)) == {"collection_abolished": 1}
    agency.refresh_from_db()
    assert agency.state == "abolished"
    # Our claim was ours all the time.
    assert things.invoice(contract).state == Invoice.State.ISSUED
    assert things.invoice(contract).open_amount == 6600
    told = Notice.objects.filter(occasion="collection_abolished", article="hikari-line 60-2")
    assert told.count() == 2
    # Nothing of the carrier's was asked for by us, so nothing is said to be given back.
    assert not any("請求をやめた額" in notice.body for notice in told)
