"""What staff do with API contracts, users, credentials and incidents."""

import re
from datetime import date, timedelta

import pytest

from contracts.models import Contract, Product, Subscriber
from lineinfo.models import (
    ApiBreach,
    ApiContract,
    ApiDamageClaim,
    ApiSuspension,
    ApiUser,
    Credential,
    CredentialIncident,
    EndedPart,
    Subcontractor,
    TargetService,
)
from lineinfo.services.authenticate import authenticate
from lineinfo.services.keep_api_terms import keep_api_terms
from lineinfo.tokens import SEPARATOR
from notices.models import Notice, Posting
from tests import factories
from tests.admin.pressing import ask, buttons, done, errors, press, text
from tests.admin.world import NOW, TERMS, TODAY
from tests.more_packs import packs as packs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

API = "line-info-api"


@pytest.fixture
def target(clock: object) -> Contract:
    """A contract about a target service."""
    product: Product = factories.product(TERMS)
    TargetService.objects.create(terms_code=API, product=product, since=date(2025, 7, 1))
    return factories.contract(TERMS, product=product)


@pytest.fixture
def api(with_role, target: Contract) -> ApiContract:
    """An API contract in use, as reception brought it about."""
    client = with_role("reception")
    assert done(press(client, target.subscriber, "apply-api", terms_code=API, form="written"))
    contract = ApiContract.objects.get()
    assert done(press(client, contract, "accept"))
    contract.refresh_from_db()
    return contract


def test_the_path_at_the_head_of_a_page_leaves_an_api_id_as_it_is(with_role, api):
    page = with_role("reception").get(f"/staff/lineinfo/apicontract/{api.pk}/change/").content.decode()
    assert f">{api.api_id}</span>" in page or f">{api.api_id}</a>" in page
    assert api.api_id.capitalize() not in page


@pytest.fixture
def user(with_role, api: ApiContract) -> ApiUser:
    """A registered API user."""
    assert done(
        press(
            with_role("reception"),
            api,
            "register-user",
            **WHO,
            viewing_consent_on=TODAY,
            supply_consent_on=TODAY,
        )
    )
    return ApiUser.objects.get()


WHO = {"name": "網野 見張", "organisation": "見張システム株式会社", "email": "watch@example.jp"}


def test_one_without_a_target_contract_is_refused_with_the_article(with_role):
    subscriber = factories.subscriber(kind=Subscriber.Kind.CORPORATION)
    assert f"{API} 6" in errors(
        press(with_role("reception"), subscriber, "apply-api", terms_code=API, form="written")
    )
    assert not ApiContract.objects.exists()


def test_an_application_in_another_form_is_refused_at_that_field(with_role, target):
    response = press(with_role("reception"), target.subscriber, "apply-api", terms_code=API, form="web")
    assert f"{API} 6-1" in errors(response, "form")
    assert not ApiContract.objects.exists()


def test_an_application_is_accepted_refused_or_withdrawn(with_role, target, root):
    client = with_role("reception")
    assert done(press(client, target.subscriber, "apply-api", terms_code=API, form="written"))
    contract = ApiContract.objects.get()
    assert set(buttons(client, contract)) == {"accept", "refuse", "withdraw"}
    ground = ask(client, contract, "refuse").context["form"].fields["ground"].choices[0][0]
    assert errors(press(client, contract, "refuse", ground="", reason="理由"), "ground")
    assert done(press(client, contract, "refuse", ground=ground, reason="業務上の支障"))
    contract.refresh_from_db()
    assert (contract.state, contract.ground) == (ApiContract.State.REFUSED, ground)
    assert done(press(client, target.subscriber, "apply-api", terms_code=API, form="written"))
    assert done(press(client, ApiContract.objects.latest("id"), "withdraw", reason="都合"))
    assert ApiContract.objects.latest("id").state == ApiContract.State.WITHDRAWN


def test_without_both_consents_nobody_is_registered(with_role, api):
    response = press(
        with_role("reception"), api, "register-user", **WHO, viewing_consent_on=TODAY, supply_consent_on=""
    )
    assert f"{API} 9" in errors(response, "supply_consent_on")
    assert not ApiUser.objects.exists()


def test_the_secret_of_a_credential_is_shown_once(with_role, user):
    client = with_role("reception")
    assert errors(press(client, user, "issue", expires_at=NOW - timedelta(days=1)), "expires_at")
    response = press(client, user, "issue", expires_at=NOW + timedelta(days=90))
    assert response.status_code == 200
    token = response.context["done"].secret
    assert token in text(response.content.decode())
    assert "no-store" in response["Cache-Control"]
    assert authenticate(token=token, at=NOW).credential == Credential.objects.get()
    for page in (
        f"/staff/lineinfo/apiuser/{user.pk}/change/",
        f"/staff/lineinfo/credential/{Credential.objects.get().pk}/change/",
    ):
        shown = client.get(page).content.decode()
        assert token.partition(SEPARATOR)[2] not in shown
        assert Credential.objects.get().digest not in shown


def test_a_credential_is_replaced_revoked_and_reported_stolen(with_role, user):
    client = with_role("reception")
    press(client, user, "issue", expires_at=NOW + timedelta(days=90))
    old = Credential.objects.get()
    response = press(client, old, "rotate", reason="定期交換")
    assert response.context["done"].secret
    old.refresh_from_db()
    assert old.state == Credential.State.ROTATED
    successor = Credential.objects.latest("id")
    network = with_role("network")
    assert done(press(network, successor, "theft", happened="端末の紛失"))
    successor.refresh_from_db()
    assert successor.state == Credential.State.REVOKED
    assert done(press(network, old, "revoke", reason="念のため"))
    incident = CredentialIncident.objects.get()
    assert done(press(network, incident, "instruct", instruction="全端末の確認"))
    assert buttons(network, incident) == []


def test_whoever_only_looks_issues_and_revokes_nothing(with_role, user):
    press(with_role("reception"), user, "issue", expires_at=NOW + timedelta(days=90))
    credential = Credential.objects.get()
    client = with_role("audit")
    for obj, button in (
        (user, "issue"),
        (user, "delete"),
        (credential, "rotate"),
        (credential, "revoke"),
        (credential, "theft"),
    ):
        assert press(client, obj, button, reason="x", happened="x").status_code == 403
    credential.refresh_from_db()
    assert credential.state == Credential.State.ACTIVE


def test_an_api_user_is_narrowed_to_some_lines_and_deleted(with_role, user, target):
    client = with_role("reception")
    form = ask(client, user, "change").context["form"]
    assert [code for code, _label in form.fields["lines"].choices] == [str(target.line_id)]
    assert done(press(client, user, "change", **WHO, lines=str(target.line_id)))
    user.refresh_from_db()
    assert (user.all_lines, list(user.lines.all())) == (False, [target.line])
    press(client, user, "issue", expires_at=NOW + timedelta(days=90))
    assert done(press(client, user, "delete", reason="退職"))
    assert Credential.objects.get().state == Credential.State.REVOKED
    assert buttons(client, user) == []


def test_a_suspension_of_the_api_is_announced_before_it_comes(with_role, api, clock):
    client = with_role("credit_control")
    ground = ask(client, api, "suspend").context["form"].fields["ground"].choices[0][0]
    data = {"ground": ground, "reason": "義務の違反", "through": "", "urgent_reason": ""}
    assert f"{API} 17" in errors(press(client, api, "suspend", starts_on=TODAY, **data), "starts_on")
    first = TODAY + timedelta(days=5)
    assert done(press(client, api, "suspend", starts_on=first, **data))
    suspension = ApiSuspension.objects.get()
    clock.move_to(factories.at(first))
    assert f"{API} 17" in str(press(client, suspension, "enforce", on=first).context["form"].errors)
    factories.dispatched(suspension.notice, TODAY)
    assert done(press(client, suspension, "enforce", on=first))
    api.refresh_from_db()
    assert api.state == ApiContract.State.SUSPENDED
    assert done(press(client, suspension, "lift", reason="是正された"))
    api.refresh_from_db()
    assert api.state == ApiContract.State.ACTIVE


def test_an_urgent_suspension_says_that_it_is_in_force_already(with_role, api):
    client = with_role("credit_control")
    ground = ask(client, api, "suspend").context["form"].fields["ground"].choices[0][0]
    data = {
        "ground": ground,
        "reason": "義務の違反",
        "urgent_reason": "他の契約者の情報が見える",
        "starts_on": TODAY,
    }
    page = client.get(press(client, api, "suspend", **data).url).content.decode()
    assert "直ちに停止し" in page
    assert "予告しました" not in page
    assert re.search(r"\d日 \d+:\d\d", page), "a space between day and time"


def test_both_sides_end_an_api_contract(with_role, api):
    client = with_role("reception")
    ends = date(2025, 12, 31)
    assert response_errors(press(client, api, "contractor-ends", form="phone", ends_on=ends, reason=""))
    assert done(press(client, api, "contractor-ends", form="written", ends_on=ends, reason=""))
    api.refresh_from_db()
    assert (api.state, api.ends_on) == (ApiContract.State.ENDING, ends)
    assert not {"end", "suspend", "contractor-ends"} & set(buttons(client, api))


def test_the_operator_ends_an_api_contract_on_a_ground_of_the_document(with_role, api):
    client = with_role("credit_control")
    offered = [code for code, _label in ask(client, api, "end").context["form"].fields["ground"].choices]
    assert "uncured_suspension" in offered
    data = {"reason": "未解消", "ends_on": date(2025, 12, 31)}
    assert f"{API} 12" in str(
        press(client, api, "end", ground="uncured_suspension", **data).context["form"].errors
    )
    api.refresh_from_db()
    assert api.state == ApiContract.State.ACTIVE


def test_an_interruption_of_the_api_is_posted_and_told(with_role, api):
    client = with_role("network")
    button = f"interrupt-{API}"
    ground = ask(client, ApiContract, button).context["form"].fields["ground"].choices[0][0]
    data = {"title": "APIの保守", "ground": ground, "ends_at": NOW + timedelta(hours=8), "urgent_reason": ""}
    late = press(client, ApiContract, button, starts_at=NOW - timedelta(hours=1), **data)
    assert f"{API} 16" in response_errors(late)
    assert done(press(client, ApiContract, button, starts_at=NOW + timedelta(hours=6), **data))
    assert Posting.objects.get().title == "APIの保守"
    assert Notice.objects.filter(occasion__contains="interruption").exists()


def test_the_end_of_the_service_is_announced_by_those_who_may(with_role, root, api):
    button = f"discontinue-{API}"
    assert (
        press(
            with_role("reception"), ApiContract, button, ends_on=date(2026, 3, 31), reason="終了"
        ).status_code
        == 403
    )
    assert f"{API} 23" in response_errors(press(root, ApiContract, button, ends_on=TODAY, reason="終了"))
    assert done(press(root, ApiContract, button, ends_on=date(2026, 3, 31), reason="サービスの終了"))
    api.refresh_from_db()
    assert api.state == ApiContract.State.ENDING


def test_the_end_of_a_part_is_announced_by_those_who_may(with_role, root, api):
    button = f"end-part-{API}"
    data = {"part": "status", "ends_on": date(2026, 3, 31), "reason": "装置の撤去"}
    assert press(with_role("reception"), ApiContract, button, **data).status_code == 403
    assert errors(press(root, ApiContract, button, **(data | {"ends_on": TODAY})), "ends_on")
    assert done(press(root, ApiContract, button, **data))
    assert [(ended.part, ended.ends_on) for ended in EndedPart.objects.all()] == [
        ("status", date(2026, 3, 31))
    ]
    # Once is enough.
    assert errors(press(root, ApiContract, button, **data)) is not None
    assert EndedPart.objects.count() == 1


def test_a_successor_stands_in_an_api_contract_once_the_documents_are_there(with_role, api):
    successor = factories.subscriber(kind=Subscriber.Kind.CORPORATION)
    client = with_role("reception")
    assert errors(
        press(client, api, "succeed", successor="S99999999", cause="merger", documents="登記"), "successor"
    )
    assert errors(
        press(client, api, "succeed", successor=successor.number, cause="merger", documents=""), "documents"
    )
    assert done(
        press(
            client, api, "succeed", successor=successor.number, cause="merger", documents="履歴事項全部証明書"
        )
    )
    api.refresh_from_db()
    assert api.subscriber == successor


def response_errors(response) -> str:
    """What the form says is wrong, wherever."""
    assert response.status_code == 200
    return str(response.context["form"].errors)


SUBCONTRACTOR = {
    "name": "保守委託株式会社",
    "entrusted": "運用",
    "disclosed": "API ID",
    "supervision": "監査",
}


def test_a_subcontractor_is_registered_with_its_duties_and_ends_with_its_users(with_role, api):
    client = with_role("reception")
    assert errors(press(client, api, "register-subcontractor", **SUBCONTRACTOR, duties_on=""), "duties_on")
    assert done(press(client, api, "register-subcontractor", **SUBCONTRACTOR, duties_on=TODAY))
    subcontractor = Subcontractor.objects.get()
    consents = {"viewing_consent_on": TODAY, "supply_consent_on": TODAY}
    assert done(press(client, api, "register-user", **WHO, **consents, subcontractor=subcontractor.pk))
    user = ApiUser.objects.get()
    assert user.subcontractor == subcontractor
    assert done(press(client, subcontractor, "end", reason="契約の終了"))
    user.refresh_from_db()
    assert user.deleted_on == TODAY
    assert buttons(client, subcontractor) == []


def test_a_breach_is_recorded_sanctioned_in_part_and_cured(with_role, api, user):
    client = with_role("credit_control")
    assert done(
        press(
            client,
            api,
            "record-breach",
            duty="disclosure",
            happened_on=TODAY,
            evidence="仕様書の公開",
            api_user=user.pk,
        )
    )
    breach = ApiBreach.objects.get()
    form = ask(client, breach, "suspend").context["form"]
    assert [code for code, _ in form.fields["ground"].choices] == ["breach_of_duties"]
    sanction = {"ground": "breach_of_duties", "reason": "開示", "starts_on": TODAY + timedelta(days=7)}
    assert done(press(client, breach, "suspend", **sanction, parts=["status"]))
    suspension = ApiSuspension.objects.get()
    assert suspension.parts == ["status"]
    assert done(press(client, breach, "cure", reason="削除した"))
    suspension.refresh_from_db()
    assert suspension.state == ApiSuspension.State.WITHDRAWN
    assert buttons(client, breach) == []


def test_damages_are_claimed_and_claims_answered(with_role, api):
    client = with_role("credit_control")
    damage = {"happened": "復旧費用", "amount": 10_000, "pay_by": TODAY + timedelta(days=30)}
    assert errors(press(client, api, "claim-damage", **damage, fault="none"), "fault")
    assert done(press(client, api, "claim-damage", **damage, fault="intent"))
    ours = ApiDamageClaim.objects.get()
    assert set(buttons(client, ours)) == {"settle", "withdraw"}
    assert done(press(client, ours, "settle", reason="入金を確認した"))
    assert done(press(client, api, "receive-claim", happened="表示の誤り", amount=5_000))
    theirs = ApiDamageClaim.objects.latest("id")
    assert set(buttons(client, theirs)) == {"answer", "withdraw"}
    assert done(press(client, theirs, "answer", fault="negligence", reason="軽過失"))
    theirs.refresh_from_db()
    assert theirs.state == ApiDamageClaim.State.REFUSED
    assert press(with_role("audit"), api, "claim-damage", **damage, fault="intent").status_code == 403


@pytest.mark.article(API, "2")
def test_the_consent_to_a_version_that_did_not_bind_is_recorded_on_the_api_contract(with_role, api, packs):
    factories.publish_all()
    client = with_role("reception")
    assert "agree" not in buttons(client, api)
    ApiContract.objects.filter(pk=api.pk).update(accepted_on=date(2025, 8, 1))
    packs(API, date(2025, 9, 1))
    keep_api_terms(on=TODAY)
    assert "line-info-api 2" in text(ask(client, api, "agree").content.decode())
    assert errors(press(client, api, "agree", reason=""), "reason")
    assert done(press(client, api, "agree", reason="同意書", form="written"))
    api = ApiContract.objects.get(pk=api.pk)
    assert api.pack(TODAY).effective == date(2025, 9, 1)
    assert "agree" not in buttons(client, api)
