"""Every page of the staff side opens, in both languages, for those who may do everything and for those who only look."""

import html
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from terms.registry import registry
from tests import factories
from tests.admin.world import World, member

pytestmark = pytest.mark.django_db

# Nothing of these is made here: sign-ins of people and jobs of the clock.
WITHOUT_ROWS = {"Authenticator", "PeriodicTask"}


def _name(model: type[Model], page: str) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"


def _pages(of: str) -> Iterator[str]:
    for model, model_admin in admin.site._registry.items():
        yield reverse(_name(model, "changelist"))
        if of == "root" and model_admin.has_add_permission(_Anyone()):
            yield reverse(_name(model, "add"))
        row = model._default_manager.first()
        assert row is not None or model.__name__ in WITHOUT_ROWS, f"the world has no {model.__name__}"
        if row is not None:
            yield reverse(_name(model, "change"), args=[row.pk])


class _Anyone:
    """A request of somebody who may do everything."""

    class user:
        @staticmethod
        def has_perm(_name: str) -> bool:
            return True

    GET: dict[str, str] = {}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("who", ["root", "audit"])
def test_every_list_and_every_page_opens(world: World, signed_in, who: str, language: str):
    user = world.root if who == "root" else member("audit")
    client: Client = signed_in(user, language)
    pages = list(_pages(who))
    assert len(pages) > 80
    broken = {page: status for page in pages if (status := client.get(page).status_code) != 200}
    # Whether somebody has a second factor is nothing that audit looks at.
    if who == "audit":
        broken = {page: status for page, status in broken.items() if "/mfa/" not in page}
    assert broken == {}


@pytest.mark.parametrize("who", ["reception", "billing", "credit_control", "network", "audit"])
def test_the_first_page_and_the_finder_open_for_every_role(world: World, signed_in, who: str):
    client: Client = signed_in(member(who))
    assert client.get("/staff/").status_code == 200
    assert client.get("/staff/find/", {"q": "ヤマダ"}).status_code == 200


def test_audit_sees_no_button_and_no_form(world: World, signed_in):
    client: Client = signed_in(member("audit"))
    for model in admin.site._registry:
        row = model._default_manager.first()
        if row is None:
            continue
        page = client.get(reverse(_name(model, "change"), args=[row.pk])).content.decode()
        assert "/do/" not in page, model
        assert 'name="_save"' not in page, model
        assert "/do/" not in client.get(reverse(_name(model, "changelist"))).content.decode(), model


def test_a_stranger_is_sent_to_sign_in(world: World, client: Client):
    response = client.get("/staff/contracts/contract/")
    assert response.status_code == 302
    response = client.get(response["Location"])
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_a_subscriber_of_the_portal_is_no_staff(world: World, signed_in):
    world.subscriber.user = factories.staff("subscriber", is_superuser=False)
    world.subscriber.user.is_staff = False
    world.subscriber.user.save()
    client: Client = signed_in(world.subscriber.user)
    assert client.get("/staff/").status_code == 302


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_article_of_every_document_is_listed_and_has_its_page(world: World, signed_in, language: str):
    client: Client = signed_in(member("audit"), language)
    assert client.get("/staff/articles/").status_code == 200
    for code in registry().all_codes():
        articles = registry().latest(code).articles
        listed = client.get(f"/staff/articles/{code}/").context["articles"]
        assert [row["number"] for row in listed] == list(articles)
        for row, article in zip(listed, articles.values(), strict=True):
            assert row["summary"] == (article.summary_ja if language == "ja" else article.summary)
        # The last one has the oddest number: 別記9の2, 通則8, 電気通信事業法26の3.
        for row in (listed[0], listed[-1]):
            assert row["summary"] in html.unescape(client.get(row["url"]).content.decode())


def test_an_article_that_is_not_there_is_not_found(root: Client):
    assert root.get("/staff/articles/isp-access/999/").status_code == 404
    assert root.get("/staff/articles/no-such-document/").status_code == 404
    assert root.get("/staff/articles/isp-access/?version=1999-01-01").status_code == 404


@pytest.mark.parametrize(
    ("role", "address", "status", "said"),
    [
        ("audit", "articles/isp-access/999/", 404, "ページが見つかりません"),
        ("audit", "nowhere/", 404, "ページが見つかりません"),
        ("network", "billing/payment/", 403, "この操作はできません"),
    ],
)
def test_what_is_not_there_or_not_theirs_is_said_in_the_frame_of_the_staff(
    with_role, role: str, address: str, status: int, said: str
):
    response = with_role(role).get(f"/staff/{address}")
    page = response.content.decode()
    assert (response.status_code, said in page) == (status, True)
    assert 'href="/staff/"' in page, "the way back to today's work"
    assert "/staff/contracts/contract/" in page, "the menu"


def test_whoever_is_no_staff_is_not_told_what_there_is(client: Client):
    for address in ("nowhere/", "articles/isp-access/999/"):
        assert client.get(f"/staff/{address}").url.startswith("/staff/login/")


@pytest.mark.parametrize(
    ("address", "named"), [("hikari-line/1", "NURO Biz利用規約本則"), ("hikari-phone/2", "卸サービス約款")]
)
def test_further_documents_that_apply_stand_beside_their_article(root: Client, address: str, named: str):
    assert named in html.unescape(root.get(f"/staff/articles/{address}/").content.decode())


def test_defects_of_the_print_are_shown_beside_their_article(root: Client):
    pack = next(pack for code in registry().codes() if (pack := registry().latest(code)).defects)
    defect = pack.defects[0]
    page = html.unescape(
        root.get(reverse("admin:article", args=[pack.code, defect.article.head])).content.decode()
    )
    assert defect.text_ja in page
    assert defect.reading_ja in page


def test_every_list_stands_in_the_menu(world: World, signed_in):
    menu = signed_in(world.root).get("/staff/").context["sidebar_navigation"]
    linked = {str(item["link"]) for group in menu for item in group["items"]}
    assert {reverse(_name(model, "changelist")) for model in admin.site._registry} <= linked


def test_the_menu_shows_only_what_a_role_may_see(world: World, signed_in):
    menu = signed_in(member("network")).get("/staff/").context["sidebar_navigation"]
    shown = {str(item["link"]) for group in menu for item in group["items"] if item["has_permission"]}
    assert "/staff/contracts/work/" in shown
    assert not {"/staff/billing/payment/", "/staff/workflow/user/"} & shown


@pytest.mark.parametrize(
    ("language", "said"), [("ja", "条文をテストが証明しています"), ("en", "are proved by tests")]
)
def test_each_article_says_what_carries_it_out_and_which_tests_prove_it(
    world: World, signed_in, language: str, said: str
):
    client: Client = signed_in(member("audit"), language)
    assert said in client.get("/staff/articles/").content.decode()
    page = client.get("/staff/articles/isp-access/34/").content.decode()
    assert "terms/rules/late_interest.py" in page
    assert "tests/terms/rules/test_late_interest.py" in page


def test_an_executable_article_that_no_test_proves_is_shown_as_open(
    root: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("workflow.staff.proofs._written", dict)
    listed = root.get("/staff/articles/isp-access/").content.decode()
    assert "証明 0 / 43" in listed
    assert "未証明" in listed
    assert "未証明" in root.get("/staff/articles/isp-access/34/").content.decode()
    assert "未証明" not in root.get("/staff/articles/isp-access/1/").content.decode()
