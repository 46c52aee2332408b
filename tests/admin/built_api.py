"""Of the line information: contracts of the API, credentials, deliveries, how long data stay."""

from datetime import date, timedelta
from typing import Any

from contracts.models import (
    Contract,
    Subscriber,
)
from contracts.retention.category import Erased, Piece
from contracts.retention.certificates import certify
from contracts.retention.registry import category
from contracts.services.hold_data import place_hold
from contracts.services.set_retention import set_retention
from lineinfo.models import (
    ApiCall,
    ApiContract,
    ApiSuspension,
    BadRow,
    EndedPart,
    LineBatch,
    LineStatus,
    TargetService,
)
from lineinfo.parts import Part
from lineinfo.services.accept_api_contract import accept_api_contract
from lineinfo.services.apply_api_contract import apply_api_contract
from lineinfo.services.claim_api_damage import claim_api_damage
from lineinfo.services.end_api_part import end_api_part
from lineinfo.services.issue_credential import issue_credential
from lineinfo.services.issue_system_credential import issue_system_credential
from lineinfo.services.record_api_breach import record_api_breach
from lineinfo.services.register_api_user import register_api_user
from lineinfo.services.register_subcontractor import register_subcontractor
from lineinfo.services.report_theft import report_theft
from lineinfo.services.suspend_api_contract import suspend_api_contract
from tests import factories
from tests.admin.built_contracts import line_of
from tests.admin.day import NOW, TERMS, TODAY
from workflow.models import User


def make_api(root: User, contract: Contract) -> dict[str, Any]:
    code = "line-info-api"
    TargetService.objects.create(terms_code=code, product=contract.product, since=date(2025, 7, 1))
    api = apply_api_contract(subscriber=contract.subscriber, terms_code=code, by=root, on=TODAY)
    accept_api_contract(contract=api, by=root, at=NOW)
    user = register_api_user(
        contract=api, by=root, on=TODAY, name="網野 見張", organisation="見張システム株式会社", email="watch@example.jp",
        viewing_consent_on=TODAY, supply_consent_on=TODAY,
    )  # fmt: skip
    stolen = issue_credential(api_user=user, by=root, at=NOW).credential
    incident = report_theft(credential=stolen, by=root, at=NOW, happened="端末の紛失")
    credential = issue_credential(api_user=user, by=root, at=NOW).credential
    ApiCall.objects.create(
        api_contract=api, credential=credential, at=NOW, method="GET", path="/api/v1/lines/", status=200
    )
    LineStatus.objects.create(line=line_of(contract), state=LineStatus.State.UP, as_of=NOW)
    issue_system_credential(system="nms-1", by=root, at=NOW, expires_at=NOW + timedelta(days=30))
    deliver(root, "day.csv")
    retain(root, contract.subscriber, 30)
    end_part(root)
    other = apply_api_contract(subscriber=_another_holder(contract), terms_code=code, by=root, on=TODAY)
    accept_api_contract(contract=other, by=root, at=NOW)
    table = api.pack(TODAY).suspension
    assert table is not None
    ground = table.grounds[0].code
    suspend_api_contract(
        contract=other,
        by=root,
        at=NOW,
        ground=ground,
        reason="義務の違反",
        starts_on=TODAY + timedelta(days=5),
        through=None,
    )
    assert ApiSuspension.objects.exists()
    conduct(other, root)
    return {"api_contract": api, "api_user": user, "credential": credential, "incident": incident}


def end_part(by: User) -> None:
    """One more part of the API ends next year, as long as one is left."""
    left = [part for part in Part if not EndedPart.objects.filter(part=part).exists()]
    if len(left) > 1:
        end_api_part(
            terms_code="line-info-api",
            by=by,
            at=NOW,
            part=left[0],
            ends_on=date(2026, 3, 31),
            reason="装置の撤去",
        )


def retain(by: User, subscriber: Subscriber, days: int) -> None:
    found = category("api_calls")
    period = set_retention(
        category=found, days=days, starts_on=TODAY + timedelta(days=days), by=by, at=NOW, reason="決定"
    )
    place_hold(by=by, at=NOW, reason="係争中", subscriber=subscriber)
    certify(Piece("calls", TODAY, lambda: Erased(1)), Erased(1), category=found, period=period, by=by, at=NOW)


def deliver(by: User, name: str) -> None:
    batch = LineBatch.objects.create(
        name=name,
        source=LineBatch.Source.UPLOAD,
        sha256=name.ljust(64, "0"),
        size=9,
        received_at=NOW,
        received_from=by,
        bad=1,
    )
    BadRow.objects.create(batch=batch, line_number=2, kind=BadRow.Kind.BAD, reason="?", text="?")


def conduct(api: ApiContract, root: User) -> None:
    """A subcontractor, its breach and the damage that it did."""
    subcontractor = register_subcontractor(
        contract=api, by=root, on=TODAY, name="保守委託株式会社", entrusted="監視", disclosed="API ID", duties_on=TODAY,
        supervision="四半期の監査",
    )  # fmt: skip
    breach = record_api_breach(
        contract=api, by=root, at=NOW, duty="disclosure", happened_on=TODAY, evidence="仕様の公開", subcontractor=subcontractor
    )  # fmt: skip
    claim_api_damage(
        contract=api, by=root, at=NOW, fault="negligence", happened="復旧の費用", amount=10_000,
        pay_by=TODAY + timedelta(days=30), breach=breach,
    )  # fmt: skip


def _another_holder(contract: Contract) -> Subscriber:
    subscriber = factories.subscriber(kind=Subscriber.Kind.CORPORATION)
    factories.contract(TERMS, subscriber=subscriber, product=contract.product, start=date(2025, 8, 1))
    return subscriber
