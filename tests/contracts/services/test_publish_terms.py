"""Publishing: every version once, never edited, a new one announced in the time the document asks for."""

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from contracts.models import TermsVersion
from contracts.services.publish_terms import publish_terms
from contracts.services.tell_terms_change import tell_terms_change
from notices.models import Notice, Posting
from terms import registry as registry_module
from terms.pack import Pack
from terms.registry import pack_version, registry
from tests import factories
from workflow.errors import Refused
from workflow.selectors import clock_user

pytestmark = pytest.mark.django_db

POSTED = factories.at(date(2026, 6, 1))


@pytest.fixture
def eighth_beside(tmp_path: Path):
    """Puts a document that is new here beside the others."""

    def copy() -> None:
        shutil.copytree(Path(__file__).parents[1] / "packs" / "eighth", tmp_path / "eighth")
        registry.cache_clear()

    return copy


def publish(pack: Pack, at: datetime = POSTED, **fields: Any) -> Any:
    return publish_terms(pack=pack, by=clock_user(), at=at, **fields)


def test_load_terms_publishes_every_version_once(capsys):
    call_command("load_terms")
    versions = list(TermsVersion.objects.values_list("terms_code", "effective"))
    assert ("isp-access", date(2022, 7, 1)) in versions
    assert {code for code, _ in versions} == set(registry().all_codes())
    call_command("load_terms")
    assert TermsVersion.objects.count() == len(versions)
    assert not Posting.objects.exists()


@pytest.mark.article("business-network", "4")
def test_versions_of_old_are_taken_over_without_posting_and_new_ones_are_posted(packs):
    packs("business-network", date(2024, 4, 1))
    packs("business-network", date(2025, 4, 1))
    call_command("load_terms")
    assert TermsVersion.objects.filter(terms_code="business-network").count() == 3
    assert not Posting.objects.exists()
    packs("business-network", timezone.localdate() + timedelta(days=60))
    call_command("load_terms")
    assert Posting.objects.get().article == "business-network 4"
    packs("business-network", timezone.localdate() + timedelta(days=10))
    with pytest.raises(CommandError):
        call_command("load_terms")


def test_a_start_publishes_new_documents_and_leaves_changes_of_known_ones_to_staff(packs, eighth_beside):
    call_command("load_terms")
    packs("business-network", timezone.localdate() + timedelta(days=60))
    packs("hikari-line", timezone.localdate() - timedelta(days=60))
    eighth_beside()
    call_command("load_terms", leave_changes=True)
    assert TermsVersion.objects.filter(terms_code__in=["business-network", "hikari-line"]).count() == 2
    assert TermsVersion.objects.filter(terms_code="eighth").exists()
    assert not Posting.objects.exists()


def test_a_published_file_that_was_edited_is_complained_of(packs, tmp_path):
    publish(pack_version("isp-access", date(2022, 7, 1)))
    publish(packs("isp-access", date(2026, 7, 1)))
    path = tmp_path / "isp-access" / "2026-07-01.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")
    registry.cache_clear()
    with pytest.raises(CommandError, match="isp-access"):
        call_command("load_terms")


def test_a_new_version_is_posted_with_what_changes(packs):
    publish(pack_version("isp-access", date(2022, 7, 1)))
    version = publish(packs("isp-access", date(2026, 7, 1)), changes=["解約手数料を改定します。"])
    assert (version.posting.category, version.posting.article) == (Posting.Category.TERMS, "isp-access 2")
    assert "2026年7月1日" in version.posting.body
    assert "解約手数料を改定します。" in version.posting.body
    assert version.posting.posted_from == POSTED


@pytest.mark.article("business-network", "4")
def test_business_network_changes_thirty_days_after_posting(packs):
    publish(pack_version("business-network", date(2023, 9, 10)))
    early = packs("business-network", date(2026, 6, 30))
    with pytest.raises(Refused) as refused:
        publish(early)
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (
        "effective_too_early",
        "business-network 4",
    )
    assert not Posting.objects.exists()
    assert publish(packs("business-network", date(2026, 7, 1))).effective == date(2026, 7, 1)


@pytest.mark.article("business-network", "4")
def test_a_change_that_the_law_asks_for_need_not_wait(packs):
    publish(pack_version("business-network", date(2023, 9, 10)))
    version = publish(packs("business-network", date(2026, 6, 2)), without_waiting="法令の改正に対応するため")
    assert "法令の改正に対応するため" in version.posting.body


@pytest.mark.article("isp-access", "2")
def test_isp_access_tells_each_subscriber_once_and_until_when_to_object(packs):
    publish(pack_version("isp-access", date(2022, 7, 1)))
    first = factories.contract()
    factories.contract(subscriber=first.subscriber)
    second = factories.contract()
    factories.contract(state="ended")
    factories.contract("hikari-line")
    version = publish(packs("isp-access", date(2026, 7, 1)))
    assert tell_terms_change(version=version, at=POSTED, changes=["解約手数料を改定します。"]) == 2
    assert {notice.recipient for notice in Notice.objects.all()} == {first.subscriber, second.subscriber}
    assert {notice.facts["objection_by"] for notice in Notice.objects.all()} == {"2026-07-01"}
    assert tell_terms_change(version=version, at=POSTED, changes=["解約手数料を改定します。"]) == 0


@pytest.mark.article("hikari-phone", "3")
def test_where_posting_is_enough_nobody_is_told_one_by_one(packs):
    publish(pack_version("hikari-phone", date(2024, 4, 1)))
    factories.contract("hikari-phone")
    version = publish(packs("hikari-phone", date(2026, 7, 1)))
    assert tell_terms_change(version=version, at=POSTED, changes=["料金表を改定します。"]) == 0


def test_a_pack_without_its_file_cannot_be_published(packs, tmp_path):
    pack = packs("isp-access", date(2026, 7, 1))
    shutil.rmtree(tmp_path / "isp-access")
    with pytest.raises(FileNotFoundError, match="2026-07-01"):
        publish(pack)
    assert registry_module.BUILT_IN.is_dir()


def test_a_text_changed_under_the_same_date_is_named(packs, tmp_path):
    publish(pack_version("isp-access", date(2022, 7, 1)))
    pack = packs("isp-access", date(2026, 7, 1))
    publish(pack)
    path = tmp_path / "isp-access" / "2026-07-01.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(ValidationError, match="2026-07-01"):
        publish(pack)


def examples(folder: Path, code: str, text: str) -> None:
    (folder / code / "examples").mkdir(parents=True)
    (folder / code / "examples" / "cases.toml").write_text(text, encoding="utf-8")


CASE = """[[case]]
id = "last-day-to-say-so"
terms = "business-network"
version = {version}
rule = "termination_notice_deadline"
given = {{ ends_on = 2026-12-31 }}
expect = {{ latest = {latest} }}
"""


def test_a_version_whose_worked_examples_do_not_come_out_is_not_published(packs, tmp_path):
    publish(pack_version("business-network", date(2023, 9, 10)))
    pack = packs("business-network", date(2026, 9, 1))
    examples(tmp_path, "business-network", CASE.format(version="2026-09-01", latest="2026-12-01"))
    with pytest.raises(Refused) as refused:
        publish(pack)
    assert refused.value.refusal.code == "examples_fail"
    assert "last-day-to-say-so" in str(refused.value)
    assert not TermsVersion.objects.filter(effective=pack.effective).exists()
    (tmp_path / "business-network/examples/cases.toml").write_text(
        CASE.format(version="2026-09-01", latest="2026-11-30"), encoding="utf-8"
    )
    assert publish(pack).effective == date(2026, 9, 1)


def test_a_version_that_no_worked_example_speaks_of_is_not_published(packs):
    publish(pack_version("business-network", date(2023, 9, 10)))
    pack = packs("business-network", date(2026, 9, 1))
    packs("business-network", date(2026, 12, 1))
    with pytest.raises(Refused) as refused:
        publish(pack)
    assert refused.value.refusal.code == "no_examples"
    assert "version = 2026-09-01" in str(refused.value)
