"""What a customer of the portal has: one of everything. Real rows; see tests/factories.py for the rest."""

from dataclasses import dataclass
from datetime import date

from django.test import Client

from billing.models import Charge, CollectorOrder, Invoice
from contracts.models import Contract, Evidence, Line, Product, Request, Subscriber
from contracts.services.receive_evidence import receive_evidence
from contracts.services.receive_request import receive_request
from lineinfo.models import ApiContract, ApiUser, Credential, Subcontractor
from lineinfo.services.accept_api_contract import accept_api_contract
from lineinfo.services.apply_api_contract import apply_api_contract
from lineinfo.services.issue_credential import issue_credential
from lineinfo.services.register_api_user import register_api_user
from lineinfo.services.register_subcontractor import register_subcontractor
from notices.models import Notice
from notices.selectors import notices_to
from tests import factories
from tests.billing import things
from workflow.models import User

TODAY = date(2025, 11, 20)
PASSWORD = "correct horse battery"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


@dataclass
class Customer:
    """A subscriber who is signed in, with a running contract, its invoice of October and a request about it."""

    subscriber: Subscriber
    user: User
    client: Client
    contract: Contract
    invoice: Invoice
    request: Request
    api: ApiContract
    api_user: ApiUser
    credential: Credential
    subcontractor: Subcontractor

    @property
    def line(self) -> Line:
        """The line of the contract."""
        assert self.contract.line is not None
        return self.contract.line

    @property
    def charge(self) -> Charge:
        """The one line of the invoice."""
        return self.invoice.charges.get()

    @property
    def collector_order(self) -> CollectorOrder:
        """An order to pay the invoice by card that ran out."""
        return CollectorOrder.objects.get_or_create(
            invoice=self.invoice,
            method=CollectorOrder.Method.CARD,
            defaults={
                "amount": self.invoice.total,
                "state": CollectorOrder.State.EXPIRED,
                "opened_at": factories.at(TODAY),
                "expires_on": TODAY,
            },
        )[0]

    @property
    def notice(self) -> Notice:
        """The latest notice to the subscriber."""
        return notices_to(self.subscriber)[0]

    @property
    def paper(self) -> Evidence:
        """A paper that the customer sent with the request."""
        return self.request.evidence.first() or receive_evidence(
            request=self.request,
            by=self.user,
            on=TODAY,
            title="委任状",
            file_name="委任状.pdf",
            content=PDF,
        )

    def see(self, address: str, language: str = "ja", **query: str) -> str:
        """The page at an address of ours, which must be there."""
        self.client.cookies["django_language"] = language
        answer = self.client.get(address, query)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()


def signed_in(user: User) -> Client:
    """A client of that user."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def portal_user(name: str) -> User:
    """An account as the operator makes it for a customer."""
    return User.objects.create_user(name, f"{name}@example.jp", PASSWORD)


def customer(name: str, target: Product) -> Customer:
    """A corporation under isp-access, with a second contract that the API is about."""
    user = portal_user(name)
    subscriber = factories.subscriber(
        kind=Subscriber.Kind.CORPORATION, name=f"株式会社{name}", user=user, email=user.email
    )
    contract = things.contract("isp-access", 5100, subscriber=subscriber)
    factories.contract("hikari-line", subscriber=subscriber, product=target)
    request = receive_request(
        by=user,
        at=factories.at(date(2025, 11, 10)),
        kind=Request.Kind.PAUSE,
        subscriber=subscriber,
        terms_code="isp-access",
        form=Request.Form.WEB,
        details={"on": date(2025, 12, 1)},
        contract=contract,
    )
    api = apply_api_contract(subscriber=subscriber, terms_code="line-info-api", by=user, on=date(2025, 10, 1))
    accept_api_contract(contract=api, by=factories.staff(), at=factories.at(date(2025, 10, 2)))
    api_user = register_api_user(
        contract=api,
        by=user,
        on=date(2025, 10, 3),
        name="網野 見張",
        organisation="見張システム株式会社",
        email="watch@example.jp",
        viewing_consent_on=date(2025, 10, 2),
        supply_consent_on=date(2025, 10, 3),
    )
    subcontractor = register_subcontractor(
        contract=api,
        by=user,
        on=date(2025, 10, 3),
        name="保守委託株式会社",
        entrusted="監視",
        disclosed="API ID",
        duties_on=date(2025, 10, 1),
        supervision="四半期の監査",
    )
    issued = issue_credential(api_user=api_user, by=user, at=factories.at(date(2025, 10, 3)))
    return Customer(
        subscriber=subscriber,
        user=user,
        client=signed_in(user),
        contract=contract,
        invoice=Invoice(),
        request=request,
        api=api,
        api_user=api_user,
        credential=issued.credential,
        subcontractor=subcontractor,
    )
