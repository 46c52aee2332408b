"""Corporations that read the information on their own lines through the API."""

from functools import partial

from config.demonstration import api_life, people
from config.demonstration.world import World
from contracts.models import Contract, Subscriber
from lineinfo.errors import CredentialRejected
from lineinfo.models import ApiContract, TargetService
from lineinfo.models.api_contract import LIVE_STATES
from lineinfo.rights import visible_contracts
from lineinfo.services.accept_api_contract import accept_api_contract
from lineinfo.services.apply_api_contract import apply_api_contract
from lineinfo.services.authenticate import authenticate
from lineinfo.services.issue_credential import issue_credential
from lineinfo.services.log_call import log_call
from lineinfo.services.register_api_user import register_api_user
from lineinfo.services.withdraw_api_application import withdraw_api_application
from terms.errors import NoSuchVersion
from terms.registry import pack_for
from workflow.errors import Refused, WrongState

INTERESTED = 0.5
MISTAKEN = 0.03
"""How many of the corporations apply, with a target service and without one."""
FEW = 6
"""So many API contracts are wanted at least: below that one more of those with a target service applies every week."""


class ApiCustomers:
    """Applies for API contracts when target contracts open, and calls the API from then on."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.tokens: dict[int, str] = {}

    def consider(self, contract: Contract) -> None:
        """A corporation whose contract opened may want the data of its lines; who has no target service is refused."""
        if contract.subscriber.kind != Subscriber.Kind.CORPORATION:
            return
        for terms_code in (
            TargetService.objects.order_by("terms_code").values_list("terms_code", flat=True).distinct()
        ):
            target = TargetService.objects.filter(terms_code=terms_code, product=contract.product).exists()
            if self.world.chance(INTERESTED if target else MISTAKEN):
                self.world.within(3, 20, partial(self._apply, contract.subscriber, terms_code))

    def fill_up(self) -> None:
        """Where few have an API contract, one more of those who could applies."""
        for terms_code in (
            TargetService.objects.order_by("terms_code").values_list("terms_code", flat=True).distinct()
        ):
            waiting = ApiContract.objects.filter(
                terms_code=terms_code, state__in=[*LIVE_STATES, ApiContract.State.APPLIED]
            )
            could = Contract.objects.filter(
                product__in=TargetService.objects.filter(terms_code=terms_code).values("product"),
                state=Contract.State.ACTIVE,
                subscriber__kind=Subscriber.Kind.CORPORATION,
            ).exclude(subscriber__in=waiting.values("subscriber"))
            if waiting.count() < FEW and (contract := could.order_by("-pk").first()):
                self._apply(contract.subscriber, terms_code)

    def _apply(self, subscriber: Subscriber, terms_code: str) -> None:
        world = self.world
        try:
            pack_for(terms_code, world.today)
        except NoSuchVersion:
            # The API is not offered yet: they come back when it is.
            world.within(30, 60, partial(self._apply, subscriber, terms_code))
            return
        try:
            api = apply_api_contract(
                subscriber=subscriber, terms_code=terms_code, by=world.staff["reception"], on=world.today
            )
            world.tally[f"request received: {terms_code} new"] += 1
        except Refused as refused:
            world.turned_down("request", refused)
            return
        except WrongState:
            return
        world.within(1, 4, partial(self._accept, api))

    def _accept(self, api: ApiContract) -> None:
        world = self.world
        if not api_life.answer(world, api):
            # They ask once more, with what was wanting.
            world.within(5, 20, partial(self._apply, api.subscriber, api.terms_code))
            return
        try:
            accept_api_contract(contract=api, by=world.staff["reception"], at=world.at(11))
        except Refused as refused:
            world.turned_down("request", refused)
            # The target contract is another's by now: they take the application back.
            withdraw_api_application(
                contract=api, by=world.staff["reception"], on=world.today, reason=refused.refusal.reason
            )
            return
        world.tally[f"contract opened: {api.terms_code}"] += 1
        person = people.person(world.rng)
        user = register_api_user(
            contract=api,
            by=world.staff["reception"],
            on=world.today,
            name=person["name"],
            organisation=api.subscriber.name,
            email=f"api{api.pk:04d}@example.jp",
            viewing_consent_on=world.today,
            supply_consent_on=world.today,
        )
        self.tokens[api.pk] = issue_credential(
            api_user=user, by=world.staff["reception"], at=world.at(13)
        ).token

    def call(self) -> None:
        """Every customer's system asks for the status of its lines, once a week in this simulation."""
        for pk, token in list(self.tokens.items()):
            at = self.world.at(6, pk % 60)
            try:
                caller = authenticate(token=token, at=at)
            except CredentialRejected as rejected:
                # Stolen or expired: its system does not call again.
                self.world.tally[f"API calls rejected: {rejected.code}"] += 1
                del self.tokens[pk]
                continue
            lines = [
                c.line
                for c in visible_contracts(api_contract=caller.api_contract, on=self.world.today)
                if c.line
            ]
            for line in lines:
                log_call(
                    credential=caller.credential,
                    at=at,
                    method="GET",
                    path=f"/api/v1/lines/{line.number}/status",
                    status=200,
                )
                self.world.tally["API calls"] += 1
