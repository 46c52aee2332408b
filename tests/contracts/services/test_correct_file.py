"""A published version whose file did not carry out what the document says: it is corrected, on record."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, transaction

from contracts.models import FileCorrection, TermsVersion
from contracts.pack_files import digest
from contracts.services.correct_file import correct_file
from terms.registry import registry
from tests import factories
from workflow.selectors import clock_user

pytestmark = pytest.mark.django_db

AT = factories.at(date(2026, 6, 1))


@pytest.fixture
def edited(packs, tmp_path):
    """The version of a document whose file was changed after it was published."""
    packs("isp-access", date(2026, 7, 1))
    call_command("load_terms")
    path = tmp_path / "isp-access" / "2026-07-01.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# clearer\n", encoding="utf-8")
    registry.cache_clear()
    return TermsVersion.objects.get(terms_code="isp-access", effective=date(2026, 7, 1))


def test_the_corrected_file_stands_with_its_reason_and_the_one_published_is_kept(edited):
    published = edited.digest
    call_command("load_terms", correct="表の写し漏れ")
    correction = FileCorrection.objects.get()
    assert (correction.version, correction.reason, correction.by) == (edited, "表の写し漏れ", clock_user())
    edited.refresh_from_db()
    assert edited.digest == published
    assert edited.file_digest == correction.digest == digest(edited.pack) != published
    call_command("load_terms")
    call_command("load_terms", correct="二度目")
    assert FileCorrection.objects.count() == 1


def test_who_corrects_is_named_and_must_be_allowed_to_publish(edited):
    staff = factories.staff("yamada")
    with pytest.raises(CommandError, match="suzuki"):
        call_command("load_terms", correct="表の写し漏れ", by="suzuki")
    with pytest.raises(CommandError, match="yamada"):
        call_command("load_terms", correct="表の写し漏れ", by=staff.username)
    assert not FileCorrection.objects.exists()


def test_a_file_whose_examples_do_not_come_out_is_not_taken_over(edited, tmp_path):
    path = tmp_path / "isp-access" / "2026-07-01.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"0.145"', '"0.1"'), encoding="utf-8")
    registry.cache_clear()
    with pytest.raises(CommandError, match="isp-access"):
        call_command("load_terms", correct="表の写し漏れ")
    assert not FileCorrection.objects.exists()


def test_nothing_is_corrected_without_a_reason_nor_before_it_is_published(edited):
    with pytest.raises(ValidationError) as refused:
        correct_file(pack=edited.pack, reason=" ", by=clock_user(), at=AT)
    assert list(refused.value.message_dict) == ["reason"]
    TermsVersion.objects.filter(pk=edited.pk).delete()
    with pytest.raises(TermsVersion.DoesNotExist):
        correct_file(pack=edited.pack, reason="表の写し漏れ", by=clock_user(), at=AT)
    assert not FileCorrection.objects.exists()


def test_a_correction_is_never_changed(edited):
    call_command("load_terms", correct="表の写し漏れ")
    with pytest.raises(ProgrammingError), transaction.atomic():
        FileCorrection.objects.update(reason="別の理由")
