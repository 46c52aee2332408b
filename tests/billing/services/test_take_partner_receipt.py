"""What partners collect of our invoices: the list to the partner and its answer (hikari-line 60)."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from billing.books.journal import unbalanced
from billing.models import (
    CollectionAgency,
    PartnerList,
    Payment,
    TransferLine,
)
from billing.partner_files import list_lines
from billing.services.abolish_collection import abolish_collection
from billing.services.make_partner_list import make_partner_list
from billing.services.make_transfer_request import make_transfer_request
from billing.services.take_partner_receipt import take_partner_receipt
from contracts.importing.read_file import ImportRefused
from contracts.models import Contract, Disclosure, Partner
from tests import factories
from tests.billing import things
from tests.billing.services.test_partner_claims import BY, MAY, agree, balances, carrier

__all__ = ["carrier"]

DUE = date(2025, 6, 27)
END = date(2025, 6, 30)
AT = factories.at(END, 12)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def by_partner(carrier: Partner, **fields) -> Contract:
    contract = fields.pop("contract", None) or things.contract("hikari-line", 6000)
    agree(contract, carrier, BY)
    return contract


def listed(carrier: Partner) -> PartnerList:
    return make_partner_list(partner=carrier, by=things.people()[0], at=AT)


def answered(made: PartnerList, *answers: tuple[int, str]) -> bytes:
    """The list as the partner fills it in: for each row what was collected, and when."""

    def rows() -> Iterator[str]:
        head, *lines = "".join(list_lines(made)).splitlines()
        yield head
        for line, (yen, day) in zip(lines, answers, strict=True):
            yield ",".join([*line.split(",")[:-2], str(yen), day])

    return "\n".join(rows()).encode()


def taken(carrier: Partner, data: bytes, *, fee: int = 0, received_on: date = END):
    return take_partner_receipt(
        partner=carrier, data=data, fee=fee, received_on=received_on, by=things.people()[0], at=AT
    )


@pytest.mark.article("hikari-line", "60")
def test_the_partner_is_told_each_sum_once_and_pays_over_what_it_collected(carrier):
    contract = by_partner(carrier)
    things.contract("hikari-line", 6000)
    things.bill(MAY)
    made = listed(carrier)
    assert (made.count, made.amount) == (1, 6600)
    row = "".join(list_lines(made)).splitlines()[1].split(",")
    assert row[1:6] == [contract.number, things.invoice(contract).number, "2025-05", str(DUE), "6600"]
    with pytest.raises(ValidationError, match="nothing for"):
        listed(carrier)
    receipt = taken(carrier, answered(made, (6600, "2025-06-20")), fee=110)
    assert (receipt.collected, receipt.fee, receipt.amount) == (6600, 110, 6490)
    payment = Payment.objects.get(method="partner")
    assert (payment.paid_on, payment.amount) == (date(2025, 6, 20), 6600)
    assert things.invoice(contract).state == "settled"
    found = balances()
    assert (found["bank"], found["collection_fees"], found["collecting_partners"]) == (6490, 110, 0)
    assert unbalanced() == []


@pytest.mark.article("hikari-line", "60")
def test_what_the_partner_is_told_and_tells_stands_in_the_register_of_disclosures_once_for_each_contract(
    carrier,
):
    contract = by_partner(carrier)
    things.contract("hikari-line", 6000)
    things.bill(MAY)
    things.bill(date(2025, 6, 1))
    made = listed(carrier)
    assert made.count == 2
    receipt = taken(carrier, answered(made, (6600, "2025-06-20"), (0, "")))
    entries = Disclosure.objects.order_by("id").values_list(
        "contract", "partner", "answer", "items", "article", "reference"
    )
    told = (contract.pk, carrier.pk, "given", ["billing_data"], "hikari-line 60-1", f"collect-{made.pk}")
    tells = (contract.pk, carrier.pk, "received", ["payment_status"], "hikari-line 60-1")
    assert list(entries) == [told, (*tells, f"collected-{receipt.pk}")]
    with pytest.raises(ValidationError, match="nothing for"):
        listed(carrier)
    assert Disclosure.objects.count() == 2


@pytest.mark.article("hikari-line", "60")
def test_of_an_invoice_with_other_contracts_the_partner_asks_for_its_own_contracts_part_alone(carrier):
    contract = things.contract("hikari-line", 6001)
    product = factories.product("hikari-line")
    things.tariff(product, 3333)
    other = things.contract("hikari-line", product=product, subscriber=contract.subscriber)
    by_partner(carrier, contract=contract)
    things.bill(MAY)
    invoice = things.invoice(contract)
    # 933 yen of tax on 9,334: of it 6,001/9,334, rounded down.
    assert invoice.total == 9334 + 933
    assert other.subscriber == contract.subscriber
    assert listed(carrier).amount == 6001 + 599
    account = things.by_transfer(contract)
    assert account == invoice.account
    make_transfer_request(
        account=things.collection_account(), debit_on=date(2025, 6, 27), by=things.people()[0],
        at=factories.at(date(2025, 6, 10)),
    )  # fmt: skip
    assert TransferLine.objects.get().amount == invoice.total - 6600


@pytest.mark.article("hikari-line", "60")
def test_nobody_else_asks_for_what_a_partner_collects_until_it_says_no_or_the_collection_is_abolished(
    carrier,
):
    contract = by_partner(carrier)
    things.by_transfer(contract)
    things.bill(MAY)
    made = listed(carrier)
    request = {"account": things.collection_account(), "debit_on": DUE, "by": things.people()[0]}
    with pytest.raises(ValidationError, match="waits for account transfer"):
        make_transfer_request(**request, at=factories.at(date(2025, 6, 10)))
    with pytest.raises(ValidationError, match="more than the 0 yen"):
        taken(carrier, answered(made, (0, "")), fee=1)
    taken(carrier, answered(made, (0, "")))
    things.bill(date(2025, 6, 1))
    july = request | {"debit_on": date(2025, 7, 28), "at": factories.at(date(2025, 7, 10))}
    listed(carrier)
    make_transfer_request(**july)
    assert [line.invoice.month for line in TransferLine.objects.all()] == [MAY]
    agency = CollectionAgency.objects.get(contract=contract)
    abolish_collection(agency=agency, by=things.people()[0], on=date(2025, 7, 11), reason="未払い")
    make_transfer_request(**july | {"debit_on": date(2025, 7, 29)})
    assert [line.invoice.month for line in TransferLine.objects.order_by("id")] == [MAY, date(2025, 6, 1)]


@pytest.mark.article("hikari-line", "60")
def test_a_file_that_does_not_answer_our_list_changes_nothing_and_says_why_row_by_row(carrier):
    by_partner(carrier)
    by_partner(carrier)
    things.bill(MAY)
    made = listed(carrier)
    first, second = made.lines.order_by("id")
    data = f"照会番号,回収額,入金日\n{first.pk},6601,2025-06-20\n{second.pk},6600,\n{second.pk},0,\n999999,1,2025-07-20\nx,1,\n"
    with pytest.raises(ImportRefused) as refused:
        taken(carrier, data.encode())
    said = [(problem.line, problem.column) for problem in refused.value.problems]
    assert said == [
        (2, "回収額"), (3, "入金日"), (4, "照会番号"), (5, "照会番号"), (5, "入金日"), (6, "照会番号"),
    ]  # fmt: skip
    assert not Payment.objects.exists()
    good = f"照会番号,回収額,入金日\n{first.pk},6600,2025-06-20\n{second.pk},0,\n".encode()
    with pytest.raises(ValidationError, match="cannot arrive"):
        taken(carrier, good, received_on=END + timedelta(days=1))
    taken(carrier, good)
    assert [line.collected for line in made.lines.order_by("id")] == [6600, 0]
    with pytest.raises(ImportRefused) as again:
        taken(carrier, good)
    assert "answered before" in str(again.value.problems[0])
    elsewhere = factories.partner(code="west", name="架空西日本", role=Partner.Role.INTERCONNECTED_CARRIER)
    with pytest.raises(ImportRefused) as foreign:
        taken(elsewhere, good)
    assert "no list for this partner" in str(foreign.value.problems[0])


@pytest.mark.parametrize("day", ["2025-06-20", "2025/6/20", "2025年6月20日"])
def test_the_partner_may_write_its_days_as_a_spreadsheet_does(carrier, day):
    contract = by_partner(carrier)
    things.bill(MAY)
    taken(carrier, answered(listed(carrier), (6600, day)))
    assert things.account(contract).payments.get().paid_on == date(2025, 6, 20)
