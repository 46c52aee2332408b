"""Letters leave the house as one printed file, which is their proof."""

import hashlib
import io

import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from notices.models import Notice, PrintBatch
from notices.services.print_letters import print_letters
from tests.notices.conftest import AT, after, subscriber, tell
from workflow.selectors import state_changes_of


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def letters(db):
    names = ["手紙 一郎", "手紙 二郎", "手紙 三郎"]
    return [tell(subscriber(channel="letter", email="", name=name)) for name in names]


def _pages(batch: PrintBatch) -> list[str]:
    with batch.file.open() as file:
        return [page.extract_text() for page in PdfReader(io.BytesIO(file.read())).pages]


def test_the_waiting_letters_are_printed_each_on_its_page_with_address_date_and_text(letters):
    batch = print_letters(at=AT)

    pages = _pages(batch)
    assert len(pages) == batch.letters == 3
    for page, letter in zip(pages, letters, strict=True):
        assert letter.recipient_name in page
        assert "〒150-0001" in page
        assert "2025年4月1日" in page
        assert "【重要】サービスの利用停止の予告" in page
        assert "2025年2月分の料金のお支払いを確認できないため" in page.replace("\n", "")


def test_the_batch_is_the_proof_of_each_letter(letters):
    batch = print_letters(at=AT)

    with batch.file.open() as file:
        assert hashlib.sha256(file.read()).hexdigest() == batch.sha256
    for place, letter in enumerate(letters, start=1):
        letter = Notice.objects.get(pk=letter.pk)
        assert (letter.state, letter.dispatched_at) == ("dispatched", AT)
        assert letter.evidence == {
            "batch": batch.pk,
            "file": batch.file.name,
            "sha256": batch.sha256,
            "letter": place,
            "of": 3,
        }
        assert [change.target for change in state_changes_of(letter)] == ["dispatched"]


def test_the_moment_may_have_any_fraction_of_a_second(letters):
    assert print_letters(at=after(microseconds=1)) is not None


def test_a_letter_is_printed_once_and_mails_not_at_all(letters):
    tell(subscriber())

    assert print_letters(at=AT) is not None
    assert print_letters(at=AT) is None
    assert Notice.objects.filter(state="queued").get().channel == "email"


def test_a_long_queue_is_printed_in_several_files_the_oldest_first(letters):
    assert print_letters(at=AT, limit=2).letters == 2
    last = print_letters(at=AT, limit=2)
    assert last.letters == 1
    assert "手紙 三郎" in _pages(last)[0]


def test_what_a_subscriber_calls_himself_is_printed_as_it_stands(db):
    name = '#panic("x") $a$ *b* \\ <c>'
    tell(subscriber(channel="letter", email="", name=name))

    [page] = _pages(print_letters(at=AT))
    assert '#panic("x") $a$ *b*' in page


def test_a_long_letter_goes_on_over_the_page(db):
    tell(subscriber(channel="letter", email=""), facts={"reason": "とても長い理由が続きます。" * 200})

    assert len(_pages(print_letters(at=AT))) > 1


def test_when_the_printing_fails_nothing_is_recorded_and_the_letters_wait(letters, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("no paper")

    monkeypatch.setattr("notices.services.print_letters.letters_pdf", broken)
    with pytest.raises(RuntimeError):
        print_letters(at=AT)

    assert set(Notice.objects.values_list("state", flat=True)) == {"queued"}
    assert not PrintBatch.objects.exists()


def test_a_batch_stays_on_record_as_it_was(letters):
    print_letters(at=AT)

    with pytest.raises(DatabaseError, match=r"Cannot update or delete"), transaction.atomic():
        PrintBatch.objects.update(sha256="0")
    with pytest.raises(DatabaseError, match=r"Cannot update or delete"), transaction.atomic():
        PrintBatch.objects.all().delete()
