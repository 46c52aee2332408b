"""Every address of the portal with the arguments that lead to a customer's own things."""

from collections.abc import Callable, Iterator

from django.urls import reverse

from portal.urls import urlpatterns
from tests.portal.customers import Customer

PUBLIC = {"documents", "document", "article"}
# The same for every subscriber, or tried in files of their own (test_contract_documents.py, test_consents.py, test_invoices.py).
SHARED = {"application", "contract_document", "credit_note", "withdraw_consent"}
# Files, not pages.
FILES = {"paper", "invoice_paper", "invoice_explained"}
PUBLIC = {"areas", "documents", "document", "article"}
# Answered only to POST; the others show something to GET.
POSTED = {"pay", "end_subcontractor", "issue_credential", "rotate_credential", "revoke_credential"}

OWN: dict[str, Callable[[Customer], list[object]]] = {
    "contract": lambda customer: [customer.contract.number],
    "ask": lambda customer: [customer.contract.number, "pause"],
    "paper": lambda customer: [customer.request.number, customer.paper.pk],
    "request": lambda customer: [customer.request.number],
    "invoice": lambda customer: [customer.invoice.number],
    "invoice_paper": lambda customer: [customer.invoice.number],
    "invoice_explained": lambda customer: [customer.invoice.number],
    "invoice_line": lambda customer: [customer.invoice.number, customer.charge.pk],
    "pay": lambda customer: [customer.invoice.number, "card"],
    "collector_order": lambda customer: [customer.invoice.number, customer.collector_order.pk],
    "notice": lambda customer: [customer.notice.pk],
    "new_api_user": lambda customer: [customer.api.api_id],
    "api_calls": lambda customer: [customer.api.api_id],
    "new_subcontractor": lambda customer: [customer.api.api_id],
    "end_subcontractor": lambda customer: [customer.subcontractor.pk],
    "api_user": lambda customer: [customer.api_user.pk],
    "change_api_user": lambda customer: [customer.api_user.pk],
    "delete_api_user": lambda customer: [customer.api_user.pk],
    "issue_credential": lambda customer: [customer.api_user.pk],
    "rotate_credential": lambda customer: [customer.credential.pk],
    "revoke_credential": lambda customer: [customer.credential.pk],
    "report_credential": lambda customer: [customer.credential.pk],
}


def names(*, with_arguments: bool) -> Iterator[str]:
    """The names of all addresses that belong to subscribers, with or without arguments in them."""
    for pattern in urlpatterns:
        if pattern.name not in PUBLIC | SHARED and bool(pattern.pattern.converters) == with_arguments:
            yield str(pattern.name)


def address_of(name: str, customer: Customer) -> str:
    """The address of that name that shows something of the customer's."""
    return reverse(f"portal:{name}", args=OWN[name](customer) if name in OWN else [])
