"""Which version applies on a day."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from terms import registry as module
from terms.errors import NoSuchPack, NoSuchRule, NoSuchVersion, PackError
from terms.pack import Pack
from terms.registry import (
    BUILT_IN,
    Registry,
    codes,
    load_registry,
    pack_for,
    pack_version,
    registry,
    rule_for,
    statute,
    versions,
)
from terms.rules.late_interest import LateInterest
from terms.rules.periodic_charge import PeriodicCharge
from terms.rules.renewal import Renewal
from tests.terms.apply import day

PACKS = Path(__file__).parent / "data" / "packs"


@pytest.fixture
def two_versions(tmp_path: Path) -> Registry:
    """The made-up document, and its next version with another rate."""
    folder = tmp_path / "made-up"
    shutil.copytree(PACKS / "made-up", folder)
    text = (folder / "2026-04-01.toml").read_text(encoding="utf-8")
    text = text.replace("effective = 2026-04-01", "effective = 2027-04-01").replace(
        'annual_rate = "0.12"', 'annual_rate = "0.10"'
    )
    (folder / "2027-04-01.toml").write_text(text, encoding="utf-8")
    return load_registry([BUILT_IN, tmp_path])


def rate(pack: Pack) -> str:
    return str(pack.rule(LateInterest).annual_rate)


def test_the_latest_version_that_is_effective_by_then_applies(two_versions):
    assert rate(two_versions.pack_for("made-up", day("2026-04-01"))) == "0.12"
    assert rate(two_versions.pack_for("made-up", day("2027-03-31"))) == "0.12"
    assert rate(two_versions.pack_for("made-up", day("2027-04-01"))) == "0.10"
    assert rate(two_versions.pack_for("made-up", day("2030-01-01"))) == "0.10"
    assert rate(two_versions.latest("made-up")) == "0.10"
    assert [pack.effective for pack in two_versions.versions("made-up")] == [
        day("2026-04-01"),
        day("2027-04-01"),
    ]


def test_before_the_first_version_nothing_applies_unless_the_earliest_is_asked_for(two_versions):
    with pytest.raises(NoSuchVersion, match="the first is effective 2026-04-01"):
        two_versions.pack_for("made-up", day("2026-03-31"))
    assert rate(two_versions.pack_for("made-up", day("2026-03-31"), earliest=True)) == "0.12"
    assert rate(two_versions.pack_for("made-up", day("2027-04-01"), earliest=True)) == "0.10"


def test_a_version_is_found_by_its_effective_date(two_versions):
    assert rate(two_versions.pack_version("made-up", day("2026-04-01"))) == "0.12"
    with pytest.raises(NoSuchVersion, match="it has 2026-04-01, 2027-04-01"):
        two_versions.pack_version("made-up", day("2026-04-02"))


def test_an_unknown_document_is_named_with_those_that_are_known():
    with pytest.raises(NoSuchPack, match='no document has the code "isp"; known: business-network'):
        pack_for("isp", day("2025-06-01"))


def test_the_law_is_no_document_but_binds_all():
    assert codes() == ["business-network", "hikari-line", "hikari-phone", "isp-access", "line-info-api"]
    assert registry().all_codes() == [*codes(), "statute"]
    assert statute(day("2025-06-01")).law
    with pytest.raises(NoSuchVersion):
        statute(statute(day("2025-06-01")).effective - timedelta(1))


def test_the_law_fills_what_a_document_leaves_open():
    api = pack_for("line-info-api", day("2025-07-01"))
    isp = pack_for("isp-access", day("2025-07-01"))
    assert rule_for(api, LateInterest, on=day("2025-07-01")).article.pack == "statute"
    assert rule_for(api, LateInterest).article.pack == "statute"
    assert rule_for(isp, LateInterest).article.pack == "isp-access"
    with pytest.raises(NoSuchRule, match="neither isp-access 2022-07-01 nor the law"):
        rule_for(isp, Renewal)
    with pytest.raises(NoSuchRule):
        rule_for(api, PeriodicCharge)


def test_registries_without_the_law_say_so():
    with pytest.raises(NoSuchPack, match="law = true"):
        load_registry([PACKS]).statute(day("2026-06-01"))


def test_a_version_in_two_files_is_refused():
    with pytest.raises(PackError, match="two packs are made-up 2026-04-01"):
        load_registry([PACKS, PACKS])


def test_the_functions_of_the_module_ask_the_projects_registry():
    assert versions("isp-access") == registry().versions("isp-access")
    assert pack_version("isp-access", day("2022-07-01")) is pack_for("isp-access", day("2025-01-01"))


def test_further_folders_come_from_the_environment(monkeypatch):
    registry.cache_clear()
    monkeypatch.setenv(module.ENVIRONMENT, str(PACKS))
    try:
        assert "made-up" in codes()
        registry.cache_clear()
        monkeypatch.setenv(module.ENVIRONMENT, str(PACKS / "nowhere"))
        with pytest.raises(PackError, match="TERMS_PACKS_DIR names this folder"):
            codes()
    finally:
        registry.cache_clear()
