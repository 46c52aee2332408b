"""Papers that go with a request: sent with it or later, named with their article, read by nobody else."""

from datetime import date
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contracts.models import Contract, Evidence, Request
from contracts.papers import LARGEST
from contracts.services.receive_request import receive_request
from tests import factories
from tests.admin.pressing import buttons, done, errors, press
from tests.portal.customers import PDF, Customer, signed_in

LATER = {"step": "paper", "code": ""}


def paper(name: str = "証明書.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


@pytest.fixture
def succession(aoba: Customer) -> Request:
    """A request that lacks the paper for which hikari-line 別記2 asks."""
    contract = aoba.subscriber.contracts.get(terms_code="hikari-line")
    heir = factories.subscriber()
    return receive_request(
        by=aoba.user,
        at=factories.at(date(2025, 11, 19)),
        kind="succession",
        subscriber=aoba.subscriber,
        terms_code="hikari-line",
        form=factories.asked_form("hikari-line"),
        details={"cause": "inheritance", "on": date(2025, 11, 1), "successors": [heir.number]},
        contract=contract,
    )


def send(customer: Customer, request: Request, **fields: object) -> str:
    reply = customer.client.post(f"/requests/{request.number}/", LATER | fields, follow=True)
    return str(reply.content.decode())


@pytest.mark.article("hikari-line", "別記2")
def test_what_is_missing_is_named_with_its_article_until_it_is_there(
    aoba: Customer, succession: Request
) -> None:
    page = aoba.see(f"/requests/{succession.number}/")
    assert "まだ届いていません：承継を証明する書類" in page
    assert "別記2" in page
    page = send(aoba, succession, code="proof", file=paper())
    assert "まだ届いていません" not in page
    made = Evidence.objects.get(request=succession)
    assert (made.code, made.content_type, made.sha256) == (
        "proof",
        "application/pdf",
        sha256(PDF).hexdigest(),
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空です"),
        (b"<html><script>", "PDF、PNG又はJPEG"),
        (PDF + b"0" * LARGEST, "5 MB以下"),
    ],
)
def test_a_file_that_will_not_do_is_said_at_the_file_and_kept_nowhere(
    content: bytes, said: str, aoba: Customer
) -> None:
    page = send(aoba, aoba.request, title="写真", file=paper(content=content))
    assert 'id="id_file_error"' in page
    assert said in page
    assert not Evidence.objects.exists()


def test_the_same_file_twice_is_refused(aoba: Customer) -> None:
    send(aoba, aoba.request, title="委任状", file=paper())
    page = send(aoba, aoba.request, title="委任状", file=paper())
    assert "同じファイル" in page
    assert Evidence.objects.count() == 1


def test_another_paper_needs_a_name(aoba: Customer) -> None:
    assert "id_title_error" in send(aoba, aoba.request, file=paper())


def test_the_copy_comes_as_a_file_that_no_browser_shows(aoba: Customer) -> None:
    reply = aoba.client.get(f"/requests/{aoba.request.number}/papers/{aoba.paper.pk}/")
    assert reply.content == PDF
    assert reply["Content-Disposition"].startswith("attachment")
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert reply["Content-Type"] == "application/pdf"


def test_nothing_is_added_to_a_request_that_was_taken_back(aoba: Customer) -> None:
    aoba.client.post(f"/requests/{aoba.request.number}/")
    page = send(aoba, aoba.request, title="委任状", file=paper())
    assert not Evidence.objects.exists()
    assert page


def test_papers_are_sent_with_the_request(aoba: Customer) -> None:
    contract = aoba.subscriber.contracts.get(terms_code="hikari-line")
    address = f"/contracts/{contract.number}/ask/name_change/"
    fields = {"name": "株式会社青葉", "name_kana": "アオバ", "sure": "on"}
    page = aoba.client.post(address, {"step": "preview", **fields}).content.decode()
    assert "変更の事実を証明する書類" in page
    wrong = aoba.client.post(address, {"step": "send", "paper-proof": paper(content=b"GIF89a"), **fields})
    assert 'id="id_paper-proof_error"' in wrong.content.decode()
    assert not Request.objects.filter(kind="name_change").exists()
    reply = aoba.client.post(address, {"step": "send", "paper-proof": paper(), **fields})
    made = Request.objects.get(kind="name_change")
    assert reply["Location"] == f"/requests/{made.number}/"
    assert made.evidence.get().code == "proof"
    assert "証明書.pdf" in aoba.see(f"/requests/{made.number}/")


def test_staff_see_what_is_missing_add_it_and_hand_it_out(aoba: Customer, succession: Request) -> None:
    chief = signed_in(factories.staff("chief", is_superuser=True))
    address = f"/staff/contracts/request/{succession.pk}/"
    page = chief.get(f"{address}change/").content.decode()
    assert "承継を証明する書類" in page
    assert "不足" in page
    assert "add-paper" in buttons(chief, succession)
    queue = chief.get("/staff/contracts/request/?show=papers").content.decode()
    assert succession.number in queue
    assert aoba.request.number not in queue
    assert errors(press(chief, succession, "add-paper", code=""), "title")
    assert done(press(chief, succession, "add-paper", code="proof"))
    made = Evidence.objects.get()
    assert (made.code, made.content) == ("proof", None)
    assert succession.number not in chief.get("/staff/contracts/request/?show=papers").content.decode()
    assert chief.get(f"/staff/contracts/request/{aoba.request.pk}/papers/{aoba.paper.pk}/").content == PDF
    assert signed_in(factories.staff()).get(f"{address}papers/{made.pk}/").status_code == 403


def test_the_staff_form_shows_beforehand_what_it_costs(aoba: Customer) -> None:
    from tests.billing import things

    other = factories.product("isp-access", name="Nアクセス 10G", item="10Gb/s")
    things.tariff(other, 8100)
    chief = signed_in(factories.staff("chief", is_superuser=True))
    before = Request.objects.count()
    response = press(
        chief, aoba.contract, "receive-item-change", form="web", product=other.code, on=date(2025, 12, 1), _preview="1"
    )  # fmt: skip
    page = response.content.decode()
    assert "¥8,100" in page
    assert "¥5,100" in page
    assert Request.objects.count() == before


def test_the_page_of_an_open_request_says_what_it_costs_and_plans_its_work(aoba: Customer) -> None:
    chief = signed_in(factories.staff("chief", is_superuser=True))
    page = chief.get(f"/staff/contracts/request/{aoba.request.pk}/change/").content.decode()
    assert "2025-12" in page
    Request.objects.filter(pk=aoba.request.pk).update(state="accepted")
    aoba.request.refresh_from_db()
    done(
        press(chief, aoba.request, "plan-work", kind="relocation", planned_at=factories.at(date(2025, 12, 1)))
    )
    assert aoba.request.works.get().contract == Contract.objects.get(pk=aoba.contract.pk)
