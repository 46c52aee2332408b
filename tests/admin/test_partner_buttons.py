"""What partners are paid, are to collect and paid over, by the buttons of the staff side."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from billing.models import (
    BillingAccount,
    CollectionAgency,
    PartnerClaim,
    PartnerList,
    PartnerReceipt,
    PartnerRemittance,
    Payment,
)
from billing.services.agree_collection import agree_collection
from billing.services.enter_partner_charge import enter_partner_charge
from contracts.models import Contract, Partner
from tests import factories
from tests.admin.day import AUGUST
from tests.admin.pressing import address, buttons, done, errors, press
from tests.admin.world import TODAY
from tests.billing import things
from workflow.models import User
from workflow.selectors import state_changes_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def carrier(db) -> Partner:
    things.standing()
    return factories.partner(code="east", name="架空東日本", role=Partner.Role.INTERCONNECTED_CARRIER)


def collected(carrier: Partner, direction: str) -> Contract:
    """A contract billed for August with a collection agreed; the partner's 3,300 yen on it, where it is for the partner."""
    contract = things.contract("hikari-line", 6000)
    on = AUGUST + timedelta(days=9)
    agree_collection(
        contract=contract, partner=carrier, direction=direction, requested_on=on, doubtful=False,
        partner_agrees=True, hindrance=False, by=things.people()[0], on=on,
    )  # fmt: skip
    if direction == "for_partner":
        enter_partner_charge(
            contract=contract, partner=carrier, basis="agency", reference="A-1", name="通話料", amount=3300,
            since=AUGUST, until=on, by=things.people()[0], on=on,
        )  # fmt: skip
    things.bill(AUGUST)
    return contract


@pytest.mark.article("hikari-line", "59")
def test_a_remittance_goes_from_its_proposal_to_the_bank_by_two_people(
    with_role, signed_in, chief: User, carrier: Partner
):
    contract = collected(carrier, "for_partner")
    client, other = with_role("billing"), signed_in(chief)
    asked = {"partner": carrier.pk, "through": TODAY - timedelta(days=1), "fee": 100}
    assert "支払うものはありません" in errors(press(client, PartnerRemittance, "propose", **asked), "partner")
    things.pay(contract, 9900, TODAY - timedelta(days=2))
    assert done(press(client, PartnerRemittance, "propose", **asked))
    remittance = PartnerRemittance.objects.get()
    assert buttons(client, remittance) == []
    assert press(client, remittance, "approve").status_code == 403
    assert done(press(other, remittance, "approve"))
    page = client.get(reverse("admin:billing_partnerremittance_csv", args=[remittance.pk]))
    assert "A-1" in b"".join(page).decode()
    wrong = press(client, remittance, "remitted", remitted_on=TODAY + timedelta(days=1))
    assert errors(wrong, "remitted_on")
    assert done(press(client, remittance, "remitted", remitted_on=TODAY))
    remittance.refresh_from_db()
    assert (remittance.state, remittance.amount) == ("remitted", 3300 - 110)
    assert press(with_role("network"), PartnerRemittance, "propose", **asked).status_code == 403


def test_a_remittance_is_refused_by_the_second_person(with_role, signed_in, chief: User, carrier: Partner):
    contract = collected(carrier, "for_partner")
    things.pay(contract, 9900, TODAY - timedelta(days=2))
    done(press(with_role("billing"), PartnerRemittance, "propose", partner=carrier.pk, through=TODAY, fee=0))
    remittance = PartnerRemittance.objects.get()
    assert done(press(signed_in(chief), remittance, "reject", reason="手数料の確認"))
    remittance.refresh_from_db()
    assert remittance.state == "rejected"


@pytest.mark.article("hikari-line", "60")
def test_a_partner_is_given_its_list_and_what_it_collected_is_taken(with_role, carrier: Partner):
    contract = collected(carrier, "by_partner")
    client = with_role("billing")
    assert done(press(client, PartnerList, "make", partner=carrier.pk))
    assert "ありません" in errors(press(client, PartnerList, "make", partner=carrier.pk), "partner")
    made = PartnerList.objects.get()
    page = b"".join(client.get(reverse("admin:billing_partnerlist_csv", args=[made.pk]))).decode()
    assert contract.number in page
    line = made.lines.get()

    def send(amount: int):
        content = f"照会番号,回収額,入金日\n{line.pk},{amount},{TODAY}\n".encode()
        data = {"partner": carrier.pk, "received_on": TODAY.isoformat(), "fee": 110}
        return client.post(
            address(PartnerReceipt, "receive"), data | {"content": SimpleUploadedFile("answer.csv", content)}
        )

    assert "6,600" in errors(send(6601), "content")
    assert not Payment.objects.exists()
    assert done(send(6600))
    assert PartnerReceipt.objects.get().amount == 6490
    assert Payment.objects.get().method == Payment.Method.PARTNER


def test_invoices_are_sent_by_post_and_by_e_mail_again_by_button(with_role):
    things.standing()
    account: BillingAccount = things.account(things.contract("hikari-line"))
    client = with_role("billing")
    assert "stop-letters" not in buttons(client, account)
    assert done(press(client, account, "letters"))
    assert account.invoice_choices.get().since == TODAY.replace(day=1)
    assert "letters" not in buttons(client, account)
    assert done(press(client, account, "stop-letters"))
    assert account.invoice_choices.get().until is not None


@pytest.mark.article("hikari-line", "59")
def test_the_pages_of_a_collection_and_of_a_partners_charge_say_who_entered_them(with_role, carrier: Partner):
    contract = collected(carrier, "for_partner")
    clerk = things.people()[0]
    for found in (CollectionAgency.objects.get(contract=contract), PartnerClaim.objects.get(reference="A-1")):
        name = found._meta.model_name
        page = with_role("billing").get(reverse(f"admin:billing_{name}_change", args=[found.pk]))
        assert [change.by for change in state_changes_of(found)] == [clerk]
        history = page.context["staff_panels"][-1]
        assert [str(clerk) in map(str, row) for row in history.rows] == [True]
