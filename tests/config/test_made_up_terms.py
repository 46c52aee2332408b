"""Versions that the demonstration operator made up are read with the documents, from the run folder that they belong to."""

from datetime import date

import pytest

from config import made_up_terms
from terms.registry import BUILT_IN, ENVIRONMENT, pack_folders, registry, versions


@pytest.fixture(autouse=True)
def forgotten_afterwards():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ENVIRONMENT, "")
        yield
    registry.cache_clear()


def test_a_run_without_versions_changes_nothing(tmp_path):
    made_up_terms.know(tmp_path)
    assert pack_folders() == [BUILT_IN]


def test_a_version_of_the_run_is_known_once_however_often_it_is_looked_for(tmp_path):
    (built_in,) = (BUILT_IN / "hikari-phone").glob("*.toml")
    path = made_up_terms.folder(tmp_path) / "hikari-phone" / "2026-07-01.toml"
    path.parent.mkdir(parents=True)
    text = built_in.read_text(encoding="utf-8").replace(built_in.stem, "2026-07-01", 1)
    path.write_text(text, encoding="utf-8")

    made_up_terms.know(tmp_path)
    made_up_terms.know(tmp_path)

    assert pack_folders() == [BUILT_IN, made_up_terms.folder(tmp_path)]
    assert [pack.effective for pack in versions("hikari-phone")][1:] == [date(2026, 7, 1)]
