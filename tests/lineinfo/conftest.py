"""A contractor with two target lines, another contractor with one, and the clock on 1 October 2025, 10:00 in Japan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import pytest
import time_machine
from django.core.cache import cache
from rest_framework.test import APIClient

from contracts.models import Contract, Line, Product, Subscriber
from lineinfo.errors import CredentialRejected
from lineinfo.models import ApiContract, ApiUser, Credential, TargetService
from lineinfo.services.accept_api_contract import accept_api_contract
from lineinfo.services.apply_api_contract import apply_api_contract
from lineinfo.services.authenticate import authenticate
from lineinfo.services.issue_credential import issue_credential
from lineinfo.services.register_api_user import register_api_user
from lineinfo.standing import closed
from tests import factories
from tests.more_packs import packs as packs
from workflow.models import User

API, TARGET = "line-info-api", "hikari-line"
TODAY = date(2025, 10, 1)
NOW = factories.at(TODAY)


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    """The time of the test, which stands until the test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        cache.clear()
        yield traveller


@pytest.fixture
def by(db: None) -> User:
    """The member of staff who acts."""
    return factories.staff()


@pytest.fixture
def target(db: None) -> Product:
    """A product that is a target service of the API since 1 July 2025."""
    product = factories.product(TARGET, name="Nライン 1Gb/s", item="1Gb/s")
    TargetService.objects.create(terms_code=API, product=product, since=date(2025, 7, 1))
    return product


@dataclass
class Customer:
    """A contractor with its lines, an API user who sees all of them, and that user's token."""

    subscriber: Subscriber
    contracts: list[Contract]
    api: ApiContract
    user: ApiUser
    credential: Credential
    token: str

    @property
    def lines(self) -> list[Line]:
        return [contract.line for contract in self.contracts if contract.line]

    @property
    def client(self) -> APIClient:
        """A client that carries the token."""
        client = APIClient(headers={"Accept-Language": "ja"})
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {self.token}")
        return client


def holder(
    target: Product, *, lines: int = 1, start: date = date(2025, 8, 1)
) -> tuple[Subscriber, list[Contract]]:
    """A corporation with target contracts."""
    subscriber = factories.subscriber(kind=Subscriber.Kind.CORPORATION)
    made = [
        factories.contract(
            TARGET,
            subscriber=subscriber,
            product=target,
            start=start,
            line=factories.line(TARGET, terminal_point="3F EPS", host_exchange="霞が関"),
        )
        for _ in range(lines)
    ]
    return subscriber, made


def register(api: ApiContract, by: User, *, on: date = TODAY, **values: object) -> ApiUser:
    """An API user with both consents."""
    details = {
        "name": "網野 見張",
        "organisation": "見張システム株式会社",
        "email": "watch@example.jp",
        "viewing_consent_on": on,
        "supply_consent_on": on,
    }
    return register_api_user(contract=api, by=by, on=on, **(details | values))


def customer(target: Product, by: User, *, lines: int = 1, at: datetime = NOW) -> Customer:
    """A contractor whose API contract was accepted and whose user has a credential."""
    subscriber, contracts = holder(target, lines=lines)
    api = apply_api_contract(subscriber=subscriber, terms_code=API, by=by, on=at.date())
    accept_api_contract(contract=api, by=by, at=at)
    user = register(api, by, on=at.date())
    issued = issue_credential(api_user=user, by=by, at=at)
    return Customer(subscriber, contracts, api, user, issued.credential, issued.token)


@pytest.fixture
def ours(target: Product, by: User) -> Customer:
    """A contractor with two lines."""
    return customer(target, by, lines=2)


@pytest.fixture
def theirs(target: Product, by: User) -> Customer:
    """Another contractor, with one line."""
    return customer(target, by)


def closed_as(ours: Customer, moment: datetime, part: str) -> str | None:
    """What closes that part at the moment, if anything does."""
    api = ApiContract.objects.get(pk=ours.api.pk)
    found = closed(api, on=moment.date(), at=moment, part=part)
    return found.code if found else None


def rejected(token: str, at: datetime = NOW) -> str:
    """Why the token opens nothing at the moment."""
    with pytest.raises(CredentialRejected) as found:
        authenticate(token=token, at=at)
    return found.value.code
