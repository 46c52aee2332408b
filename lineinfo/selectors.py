"""Reads of line information that portal, staff and API share."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from contracts.models import Subscriber
from contracts.moments import start_of
from lineinfo.models import (
    ApiCall,
    ApiContract,
    ApiSuspension,
    ApiUser,
    Credential,
    CredentialIncident,
    TargetService,
)
from lineinfo.models.api_contract import LIVE_STATES


def api_terms_codes() -> list[str]:
    """The codes of the documents under which an API contract can be had: those with target services."""
    return list(TargetService.objects.order_by("terms_code").values_list("terms_code", flat=True).distinct())


def api_contracts_of(subscriber: Subscriber) -> QuerySet[ApiContract]:
    """Every API contract of a subscriber, the latest first."""
    return subscriber.api_contracts.order_by("-id")


def live_api_contract_of(subscriber: Subscriber, terms_code: str) -> ApiContract | None:
    """The one API contract under a document that binds both sides now, if there is one."""
    return subscriber.api_contracts.filter(terms_code=terms_code, state__in=LIVE_STATES).first()


def api_users_of(contract: ApiContract, *, deleted: bool = False) -> QuerySet[ApiUser]:
    """The registered API users, with those deleted where asked for."""
    users = contract.api_users.order_by("id")
    return users if deleted else users.filter(deleted_on__isnull=True)


def credentials_of(contract: ApiContract) -> QuerySet[Credential]:
    """Every credential of the contract's users with its user, the latest first."""
    return (
        Credential.objects.filter(api_user__api_contract=contract).select_related("api_user").order_by("-id")
    )


def working_credentials(user: ApiUser, *, at: datetime) -> list[Credential]:
    """The credentials with which a user can sign in at ``at``."""
    usable = user.credentials.filter(state__in=[Credential.State.ACTIVE, Credential.State.ROTATED])
    return [credential for credential in usable if not credential.is_over(at)]


def incidents_of(contract: ApiContract) -> QuerySet[CredentialIncident]:
    """Reports of theft or misuse under the contract, the latest first."""
    return (
        CredentialIncident.objects.filter(credential__api_user__api_contract=contract)
        .select_related("credential__api_user")
        .order_by("-id")
    )


def incidents_of_user(user: ApiUser) -> QuerySet[CredentialIncident]:
    """Reports of theft or misuse of one API user's credentials, the latest first."""
    return (
        CredentialIncident.objects.filter(credential__api_user=user)
        .select_related("credential")
        .order_by("-id")
    )


def open_suspension_of(contract: ApiContract) -> ApiSuspension | None:
    """The suspension that is announced or in force, if there is one."""
    return contract.suspensions.filter(
        state__in=[ApiSuspension.State.ANNOUNCED, ApiSuspension.State.IN_FORCE]
    ).first()


def calls_of(contract: ApiContract) -> QuerySet[ApiCall]:
    """The log of the contract's calls with their users, the latest first. Page it by id: it is long."""
    return contract.calls.select_related("credential__api_user").order_by("-id")


def calls_of_user(user: ApiUser) -> QuerySet[ApiCall]:
    """The log of one API user's calls, the latest first."""
    return (
        ApiCall.objects.filter(api_contract=user.api_contract_id, credential__api_user=user)
        .select_related("credential__api_user")
        .order_by("-id")
    )


@dataclass(frozen=True)
class CallCount:
    """How many calls were answered and how many refused."""

    answered: int
    refused: int


def count_calls(user: ApiUser, *, on: date) -> CallCount:
    """An API user's calls on one day in Japan."""
    calls = ApiCall.objects.filter(
        api_contract=user.api_contract_id,
        credential__api_user=user,
        at__gte=start_of(on),
        at__lt=start_of(on + timedelta(days=1)),
    )
    counted = calls.aggregate(
        answered=Count("pk", filter=Q(code="")), refused=Count("pk", filter=~Q(code=""))
    )
    return CallCount(**counted)
