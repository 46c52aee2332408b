"""Lists and pages cost the same number of queries, however many rows there are."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.models import BillingAccount, Invoice
from contracts.models import Contract, Request, Subscriber
from tests import factories
from tests.admin import world as worlds
from workflow.models import StateChange
from workflow.staff import paginator
from workflow.staff.paginator import BoundedPaginator

pytestmark = pytest.mark.django_db

# The session, the user, the permissions, the count, the rows, and a prefetch for each kind of thing they point to.
MOST_OF_A_LIST = 14
MOST_OF_A_PAGE = 45


def queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(page).status_code == 200
    return len(found)


def most_of(page: str) -> int:
    """More only where the rows are about things of any kind: one query a kind."""
    if page != reverse("admin:workflow_statechange_changelist"):
        return MOST_OF_A_LIST
    return MOST_OF_A_LIST + StateChange.objects.values("subject_type").distinct().count()


def test_no_list_asks_for_each_of_its_rows(world: worlds.World, signed_in):
    client: Client = signed_in(world.root)
    lists = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
    ]
    # What is remembered from page to page, such as the kinds of things, is asked for before anything is counted.
    client.get(reverse("admin:workflow_statechange_changelist"))
    before = {page: queries(client, page) for page in lists}
    assert {page: count for page, count in before.items() if count > most_of(page)} == {}
    for _ in range(3):
        worlds.more(world)
    grown = {page: (before[page], after) for page in lists if (after := queries(client, page)) > before[page]}
    assert grown == {}


def test_no_page_asks_for_each_row_of_its_tables(world: worlds.World, signed_in):
    client: Client = signed_in(world.root)
    pages = [
        f"/staff/contracts/subscriber/{world.subscriber.pk}/change/",
        f"/staff/contracts/contract/{world.contract.pk}/change/",
        f"/staff/billing/invoice/{world.invoice.pk}/change/",
        f"/staff/billing/billingrun/{world.run.pk}/change/",
        "/staff/",
    ]
    client.get(pages[0])
    before = {page: queries(client, page) for page in pages}
    assert {page: count for page, count in before.items() if count > MOST_OF_A_PAGE} == {}
    for _ in range(3):
        worlds.more(world)
    grown = {page: (before[page], after) for page in pages if (after := queries(client, page)) > before[page]}
    assert grown == {}


def test_a_list_is_counted_to_a_limit_only(db: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(paginator, "MOST", 3)
    for _ in range(5):
        factories.subscriber()
    pages = BoundedPaginator(Subscriber.objects.order_by("-id"), 2)
    assert (pages.count, pages.num_pages, pages.is_capped) == (3, 2, True)
    monkeypatch.setattr(paginator, "MOST", 10)
    assert not BoundedPaginator(Subscriber.objects.order_by("-id"), 2).is_capped


def test_the_queue_stands_in_order_of_arrival(world: worlds.World, signed_in):
    client: Client = signed_in(world.root)
    listed = list(client.get("/staff/contracts/request/").context["cl"].result_list)
    assert len(listed) > 1
    assert listed == sorted(listed, key=lambda request: (request.received_at, request.pk))
    assert {request.state for request in listed} <= {Request.State.RECEIVED, Request.State.IN_REVIEW}


@pytest.mark.parametrize(
    "term",
    [
        "山田 太郎",
        "山田太郎",
        "山田　太郎",
        "やまだ",
        "ヤマダ　タ",
        "ﾔﾏﾀﾞ",
        "03-1234",
        "0312345678",
        "０３",
        "taro@",
        "TARO@example.jp",
    ],
)
def test_a_subscriber_is_found_by_what_is_said_on_the_telephone(root: Client, term: str):
    taro = factories.subscriber(
        name="山田 太郎", name_kana="ヤマダ　タロウ", phone="03-1234-5678", email="taro@example.jp"
    )
    factories.subscriber(
        name="鈴木 花子", name_kana="スズキ　ハナコ", phone="06-9876-5432", email="hanako@example.jp"
    )
    assert list(root.get("/staff/contracts/subscriber/", {"q": term}).context["cl"].result_list) == [taro]
    response = root.get("/staff/find/", {"q": term})
    assert response.status_code == 302
    assert response["Location"].endswith(f"/subscriber/{taro.pk}/change/")


def test_searching_a_number_uses_its_index(root: Client):
    for _ in range(3):
        factories.subscriber()
    found = Subscriber.objects.earliest("id")
    contract = factories.contract(subscriber=found)
    for page, term in (
        ("contracts/subscriber", found.number),
        ("contracts/contract", contract.number),
        ("contracts/contract", found.number),
    ):
        assert root.get(f"/staff/{page}/", {"q": term.lower()}).context["cl"].result_count == 1, (page, term)


def test_every_name_phone_and_mail_has_an_index_of_its_own(db: None):
    from contracts.search import subscribers_matching

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = subscribers_matching("0312").order_by().explain()
    for index in ("subscriber_name", "subscriber_kana", "subscriber_phone", "subscriber_email"):
        assert index in plan, plan
    assert "Seq Scan" not in plan


@pytest.mark.parametrize(
    "term", ["", "   ", "\0", "x" * 5000, "%", "_", "'; DROP TABLE contracts_contract; --"]
)
def test_nonsense_finds_nothing_and_breaks_nothing(root: Client, term: str):
    factories.subscriber()
    for page in (
        "/staff/find/",
        "/staff/contracts/subscriber/",
        "/staff/contracts/contract/",
        "/staff/billing/invoice/",
    ):
        assert (
            root.get(page, {"q": term.replace("\0", "") if page != "/staff/find/" else term}).status_code
            == 200
        )
    assert Contract.objects.count() == 0


def test_an_invoice_is_found_by_its_number_and_by_its_subscriber(world: worlds.World, signed_in):
    client: Client = signed_in(world.root)
    for term in (world.invoice.number, world.subscriber.number):
        listed = client.get("/staff/billing/invoice/", {"q": term}).context["cl"].result_list
        assert world.invoice in list(listed)
    assert client.get("/staff/find/", {"q": world.invoice.number})["Location"].endswith(
        f"/invoice/{world.invoice.pk}/change/"
    )
    assert Invoice.objects.count() > 1 or BillingAccount.objects.count() >= 1
