"""Some months of an operator, lived through the real services."""

import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from billing.explain import explain_invoice
from billing.models import Charge, Invoice, PartnerClaim, PartnerRemittance, Payment
from config.demonstration.logins import make_logins
from contracts.models import Contract, Request, Subscriber
from notices.models import Notice
from terms.article import ArticleRef
from terms.registry import codes, pack_for
from workflow.models import StateChange

# A transaction of its own for every action, as in life: notices are not sent from inside another one.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("whole_days")]


@pytest.fixture
def operator(smtp, run_folder):
    """The operator's documents, catalogue and tariffs, without any subscriber."""
    for command in ("load_terms", "load_roles", "load_catalogue", "load_target_services", "load_tariffs"):
        call_command(command, stdout=StringIO())


def operate(months: int, subscribers: int, until: date | None = None) -> str:
    out = StringIO()
    call_command(
        "operate", first="2025-07", months=months, subscribers=subscribers, seed=7, until=until, stdout=out
    )
    return out.getvalue()


def counted(summary: str, name: str) -> int:
    """The figure that stands behind the name."""
    return int(re.search(rf"^{name} +([\d,]+)$", summary, re.MULTILINE)[1].replace(",", ""))


def test_a_few_months_go_from_the_application_to_the_paid_invoice(operator, smtp, tmp_path):
    newcomers = 8
    summary = operate(4, newcomers)

    assert counted(summary, "newcomers") == newcomers
    # Beside them, those to whom a contract passed, and whoever was missing.
    assert Subscriber.objects.count() == counted(summary, "subscribers")
    opened = set(Contract.objects.exclude(service_start=None).values_list("terms_code", flat=True))
    # The API is nobody's contract of its own line; it has contracts of its own kind.
    assert opened == {code for code in codes() if pack_for(code, date(2025, 7, 1)).free_of_charge is None}
    assert Invoice.objects.filter(state=Invoice.State.SETTLED).exists()
    assert Payment.objects.exists()
    assert PartnerClaim.objects.filter(charge__invoice__state=Invoice.State.SETTLED).exists()
    assert PartnerRemittance.objects.filter(state=PartnerRemittance.State.REMITTED).exists()
    never = summary.partition("Not exercised: ")[2]
    for row in (
        "paymentpromise", "lumppayment", "instalmentplan", "supplement", "extrabill", "heldinvoice", "invoicepaper", "partnerfault",
        "referenceversion", "supersededreading",
    ):  # fmt: skip
        assert f"recorded: {row}\n" not in never
    assert "arrears_to_partner" not in never
    assert "invoices issued" in summary
    assert "parked contracts" not in summary
    assert len(smtp) == Notice.objects.filter(dispatched_at__isnull=False, channel="email").count() > 50
    _every_invoice_explains_itself()
    _every_change_names_its_day_and_its_actor()
    _the_logins_are_written(tmp_path)


def _every_invoice_explains_itself():
    for invoice in Invoice.objects.all():
        told = explain_invoice(invoice)
        assert (
            sum(line["amount"] for line in told["lines"]) + sum(tax["tax"] for tax in told["taxes"])
            == invoice.total
        )
        for line in told["lines"]:
            assert line["article"]["title"], line
    for charge in Charge.objects.exclude(tariff=None):
        ArticleRef.parse(charge.article)


def _every_change_names_its_day_and_its_actor():
    assert not StateChange.objects.filter(on__lt=date(2025, 7, 1)).exists()
    refused = Request.objects.filter(state=Request.State.REFUSED)
    assert all(request.decision_reason and request.article for request in refused)


def _the_logins_are_written(folder):
    path = folder / "logins.txt"
    make_logins(path, at=timezone.now())
    text = path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o077 == 0, "others must not read passwords"
    assert "admin" in text
    assert "customer" in text


def test_operate_does_not_start_on_top_of_subscribers_that_are_there(operator):
    operate(1, 1, until=date(2025, 7, 4))
    with pytest.raises(CommandError, match="already"):
        operate(1, 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [({"first": "July"}, "July"), ({"first": "2025-07", "months": 0}, "1 or more")],
)
def test_operate_says_what_is_wrong_with_its_arguments(operator, arguments, message):
    with pytest.raises(CommandError, match=message):
        call_command("operate", **({"months": 1, "subscribers": 1} | arguments))


def test_operate_asks_for_a_catalogue(db):
    with pytest.raises(CommandError, match="load_catalogue"):
        call_command("operate", first="2025-07")
