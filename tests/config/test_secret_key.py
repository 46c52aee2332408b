import stat
from concurrent.futures import ThreadPoolExecutor

from config.secret_key import secret_key


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    run = tmp_path / "run"
    key = secret_key(run)
    assert len(key) >= 50
    assert secret_key(run) == key
    assert stat.S_IMODE((run / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in run.iterdir()] == ["secret_key"]


def test_two_folders_have_two_keys(tmp_path):
    assert secret_key(tmp_path / "a") != secret_key(tmp_path / "b")


def test_starts_at_the_same_moment_get_the_same_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: secret_key(tmp_path), range(8)))) == 1
