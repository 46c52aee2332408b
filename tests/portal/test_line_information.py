"""API users and their credentials, in the customer's own hands."""

import re
from datetime import date

import pytest

from lineinfo.models import ApiContract, ApiUser, Credential, CredentialIncident, Subcontractor
from lineinfo.services.log_call import log_call
from tests import factories
from tests.portal.customers import Customer

NEW_USER = {
    "name": "見守 花子",
    "organisation": "情報システム部",
    "email": "hanako@example.jp",
    "viewing_consent_on": "2025-11-19",
    "supply_consent_on": "2025-11-20",
}


def test_the_contract_stands_with_its_lines_and_users(aoba: Customer) -> None:
    page = aoba.see("/line-information/")
    assert aoba.api.api_id in page
    target = aoba.subscriber.contracts.get(terms_code="hikari-line")
    assert target.line is not None
    assert target.line.number in page
    assert aoba.api_user.name in page


@pytest.mark.article("line-info-api", "6")
def test_who_has_none_reads_how_to_apply_for_it(aoba: Customer) -> None:
    Credential.objects.all().delete()
    ApiUser.objects.all().delete()
    Subcontractor.objects.all().delete()
    ApiContract.objects.all().delete()
    page = aoba.see("/line-information/")
    assert "書面でお申し込みください" in page
    assert "/terms/line-info-api/6/" in page


@pytest.mark.article("line-info-api", "9")
@pytest.mark.parametrize("missing", ["viewing_consent_on", "supply_consent_on"])
def test_without_either_consent_nobody_is_registered(missing: str, aoba: Customer) -> None:
    reply = aoba.client.post(f"/line-information/{aoba.api.api_id}/users/new/", NEW_USER | {missing: ""})
    page = reply.content.decode()
    assert "お受けできません" in page
    assert "/terms/line-info-api/9/" in page
    assert 'value="見守 花子"' in page
    assert page.count("任意") == 2, "the subcontractor and the choice of lines; a consent is not optional"
    assert ApiUser.objects.filter(name="見守 花子").count() == 0


@pytest.mark.article("line-info-api", "9")
def test_with_both_consents_an_api_user_is_registered_changed_and_deleted(aoba: Customer) -> None:
    aoba.client.post(f"/line-information/{aoba.api.api_id}/users/new/", NEW_USER)
    user = ApiUser.objects.get(name="見守 花子")
    assert user.api_contract == aoba.api
    assert user.all_lines

    line = aoba.subscriber.contracts.get(terms_code="hikari-line").line
    assert line is not None
    details = {name: NEW_USER[name] for name in ("name", "organisation", "email")}
    aoba.client.post(f"/line-information/users/{user.pk}/change/", details | {"lines": [line.pk]})
    user.refresh_from_db()
    assert (user.all_lines, list(user.lines.all())) == (False, [line])

    aoba.client.post(f"/line-information/users/{user.pk}/delete/")
    user.refresh_from_db()
    assert user.deleted_on is not None
    aoba.see("/line-information/")  # where the messages are read
    assert "見守 花子" not in aoba.see("/line-information/")


def test_a_line_of_somebody_else_cannot_be_given_to_an_api_user(aoba: Customer, midori: Customer) -> None:
    theirs = midori.subscriber.contracts.get(terms_code="hikari-line").line
    assert theirs is not None
    aoba.client.post(f"/line-information/{aoba.api.api_id}/users/new/", NEW_USER | {"lines": [theirs.pk]})
    assert not ApiUser.objects.filter(name="見守 花子").exists()


def secret_on(page: str) -> str:
    found = re.search(r'id="secret">([^<]+)<', page)
    assert found
    return found[1]


@pytest.mark.article("line-info-api", "8")
def test_a_secret_is_shown_once(aoba: Customer) -> None:
    reply = aoba.client.post(f"/line-information/users/{aoba.api_user.pk}/issue/")
    secret = secret_on(reply.content.decode())
    issued = aoba.api_user.credentials.latest("id")
    assert secret.find(issued.prefix) >= 0
    assert "no-store" in reply["Cache-Control"]
    page = aoba.see(f"/line-information/users/{aoba.api_user.pk}/")
    assert secret not in page
    assert issued.prefix in page


def test_a_credential_is_replaced_and_the_old_one_works_on_for_a_while(aoba: Customer) -> None:
    reply = aoba.client.post(f"/line-information/credentials/{aoba.credential.pk}/rotate/")
    assert secret_on(reply.content.decode())
    aoba.credential.refresh_from_db()
    assert aoba.credential.state == Credential.State.ROTATED
    assert "更新済み(しばらく有効)" in aoba.see(f"/line-information/users/{aoba.api_user.pk}/")


def test_a_credential_is_blocked_at_once(aoba: Customer) -> None:
    address = f"/line-information/credentials/{aoba.credential.pk}/revoke/"
    assert "止めました" in aoba.client.post(address, follow=True).content.decode()
    aoba.credential.refresh_from_db()
    assert aoba.credential.state == Credential.State.REVOKED
    again = aoba.client.post(address, follow=True).content.decode()
    assert 'class="message error"' in again


@pytest.mark.article("line-info-api", "8")
def test_theft_is_reported_and_the_credential_is_blocked_first(aoba: Customer) -> None:
    address = f"/line-information/credentials/{aoba.credential.pk}/report/"
    assert aoba.client.post(address, {"happened": ""}).status_code == 200
    assert not CredentialIncident.objects.exists()
    aoba.client.post(address, {"happened": "端末の盗難"})
    aoba.credential.refresh_from_db()
    assert aoba.credential.state == Credential.State.REVOKED
    assert CredentialIncident.objects.get().reported_by == aoba.user


@pytest.mark.article("line-info-api", "17")
def test_while_the_contract_is_suspended_no_credential_is_issued(aoba: Customer) -> None:
    ApiContract.objects.filter(pk=aoba.api.pk).update(
        state=ApiContract.State.SUSPENDED, article="line-info-api 17-1(3)", reason="義務の違反"
    )
    reply = aoba.client.post(f"/line-information/users/{aoba.api_user.pk}/issue/")
    assert reply.status_code == 409
    assert "認証情報は発行していません" in reply.content.decode()
    assert aoba.api_user.credentials.count() == 1
    assert "義務の違反" in aoba.see("/line-information/")


SUBCONTRACTOR = {
    "name": "運用委託株式会社",
    "entrusted": "夜間の監視",
    "disclosed": "API IDと状態の仕様",
    "duties_on": "2025-11-01",
    "supervision": "毎月の報告",
}


@pytest.mark.article("line-info-api", "13")
def test_a_subcontractor_is_registered_once_bound_and_ends_with_its_staff(aoba: Customer) -> None:
    address = f"/line-information/{aoba.api.api_id}/subcontractors/new/"
    unbound = aoba.client.post(address, SUBCONTRACTOR | {"duties_on": ""}).content.decode()
    assert "/terms/line-info-api/13/" in unbound
    assert not Subcontractor.objects.filter(name="運用委託株式会社").exists()

    aoba.client.post(address, SUBCONTRACTOR)
    found = Subcontractor.objects.get(name="運用委託株式会社")
    assert "運用委託株式会社" in aoba.see("/line-information/")
    staff = NEW_USER | {"subcontractor": found.pk, "whole_log": "on"}
    aoba.client.post(f"/line-information/{aoba.api.api_id}/users/new/", staff)
    user = ApiUser.objects.get(name="見守 花子")
    assert (user.subcontractor, user.whole_log) == (found, True)
    assert "運用委託株式会社" in aoba.see(f"/line-information/users/{user.pk}/")

    aoba.client.post(f"/line-information/subcontractors/{found.pk}/end/")
    user.refresh_from_db()
    assert user.deleted_on is not None
    aoba.see("/line-information/")  # where the messages are read
    assert "運用委託株式会社" not in aoba.see("/line-information/")


def test_the_contractor_reads_the_log_of_all_its_calls_page_by_page(aoba: Customer, midori: Customer) -> None:
    at = factories.at(date(2025, 11, 20))
    for number in range(60):
        log_call(
            credential=aoba.credential, at=at, method="GET", path=f"/api/v1/lines?n={number}.", status=200
        )
    log_call(credential=midori.credential, at=at, method="GET", path="/api/v1/foreign", status=200)

    first = aoba.see(f"/line-information/{aoba.api.api_id}/calls/")
    assert "n=59." in first
    assert "n=9." not in first
    assert "foreign" not in first
    assert aoba.api_user.name in first
    following = re.search(r"before=(\d+)", first)
    assert following
    second = aoba.see(f"/line-information/{aoba.api.api_id}/calls/?before={following[1]}")
    assert "n=9." in second
    assert "n=10." not in second
    assert aoba.client.get(f"/line-information/{aoba.api.api_id}/calls/?before=x").status_code == 404
    assert aoba.client.get(f"/line-information/{midori.api.api_id}/calls/").status_code == 404
