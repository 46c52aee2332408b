import os
from pathlib import Path

import pytest

from config.embedded import paths
from config.trouble import Trouble


def test_sockets_lie_with_the_data_where_the_path_is_short(monkeypatch):
    assert paths.sockets(Path("/srv/backoffice/.run")) == Path("/srv/backoffice/.run/sockets")


def test_sockets_of_a_long_path_lie_in_a_short_one_that_is_always_the_same():
    long, other = (Path("/srv") / ("x" * 120) / name for name in ("a", "b"))
    found = paths.sockets(long)
    assert len(os.fsencode(found / "pg" / ".s.PGSQL.5432.lock")) <= 103
    assert found == paths.sockets(long)
    assert found != paths.sockets(other)


@pytest.mark.parametrize("name", ["業務", "with space", "a,b", "50%", "a?b#c"])
def test_sockets_of_a_path_with_unusual_letters_lie_in_a_plain_one(name):
    folder = Path("/srv") / name / ".run"
    assert paths.sockets(folder).is_relative_to(paths.short_temporary_folder())


def test_a_long_folder_for_temporary_files_is_not_used(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / ("t" * 100)))
    assert paths.short_temporary_folder() == Path("/tmp")


def test_a_private_folder_is_closed_to_others(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o777)
    assert paths.make_private(folder).stat().st_mode & 0o777 == 0o700


def test_a_link_in_place_of_a_private_folder_is_refused(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "folder").symlink_to(tmp_path / "real")
    with pytest.raises(Trouble, match="belongs to somebody else"):
        paths.make_private(tmp_path / "folder")


def test_a_file_in_place_of_a_private_folder_is_refused(tmp_path):
    (tmp_path / "folder").touch()
    with pytest.raises(Trouble, match="cannot be made"):
        paths.make_private(tmp_path / "folder")
