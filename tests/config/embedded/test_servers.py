"""The embedded servers, started for real in folders as people have them."""

import os
import stat
import tempfile
from pathlib import Path

import psycopg
import pytest
import redis

from config import addresses
from config.embedded import binaries, paths, postgres, valkey
from config.trouble import Trouble

as_root = pytest.mark.skipif(os.getuid() != 0, reason="only root's PostgreSQL runs as another user")


@pytest.fixture
def run(monkeypatch):
    """A folder that everybody can get to, unlike pytest's own; the folder for temporary files is in it, too."""
    with tempfile.TemporaryDirectory(prefix="backoffice-test-", dir=paths.short_temporary_folder()) as folder:
        Path(folder).chmod(0o755)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder) / "run"


def connect(run):
    entry = addresses.database(paths.database_url(run))
    return psycopg.connect(host=entry["HOST"], user=entry["USER"], dbname=entry["NAME"], autocommit=True)


def test_postgresql_keeps_its_data_from_one_start_to_the_next(run):
    server = postgres.start(run)
    with connect(run) as connection:
        assert connection.info.server_version // 10000 == 18
        connection.execute("CREATE TABLE kept AS SELECT 1")
    server.stop()
    assert not server.is_running()

    server = postgres.start(run)
    with connect(run) as connection:
        assert connection.execute("TABLE kept").fetchall() == [(1,)]
    server.stop()


def test_nobody_else_may_use_the_sockets(run):
    servers = [postgres.start(run, hasty=True), valkey.start(run, hasty=True)]
    sockets = [paths.sockets(run) / "pg" / ".s.PGSQL.5432", paths.sockets(run) / "valkey.sock"]
    assert [stat.S_IMODE(socket.stat().st_mode) for socket in sockets] == [0o700, 0o700]
    for server in servers:
        server.stop()


def test_valkey_keeps_queued_jobs_from_one_start_to_the_next(run):
    paths.make_private(run)
    server = valkey.start(run)
    with redis.Redis.from_url(paths.redis_url(run)) as client:
        client.lpush("celery", "job")
    server.stop()

    server = valkey.start(run)
    with redis.Redis.from_url(paths.redis_url(run)) as client:
        assert client.lrange("celery", 0, -1) == [b"job"]
    server.stop()


def test_both_start_in_a_long_deep_folder(run):
    deep = run.joinpath(*["業務システム-2026"] * 8)
    deep.parent.mkdir(parents=True)
    for folder in deep.parents:
        if folder.is_relative_to(run):
            folder.chmod(0o755)
    servers = [postgres.start(deep, hasty=True), valkey.start(deep, hasty=True)]
    with connect(deep) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    for server in servers:
        server.stop()
    assert (deep / "postgres" / "PG_VERSION").exists()


@as_root
def test_a_folder_closed_to_others_stays_closed_and_its_data_lie_outside(run):
    """As in /root: PostgreSQL's own account cannot get into it."""
    run.mkdir(mode=0o700)
    inside = run / "project" / ".run"
    server = postgres.start(inside, hasty=True)
    with connect(inside) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    server.stop()
    assert stat.S_IMODE(run.stat().st_mode) == 0o700
    outside = (inside / "postgres").resolve()
    assert not outside.is_relative_to(run)
    postgres.remove(inside)
    assert not outside.parent.exists()


@as_root
def test_programs_that_postgresqls_account_cannot_reach_are_copied(run, monkeypatch):
    closed = run / "closed"
    closed.mkdir(parents=True, mode=0o700)
    real = binaries.carried()
    (closed / real.name).symlink_to(real)
    (closed / f"{real.name}.libs").symlink_to(real.with_name(f"{real.name}.libs"))
    monkeypatch.setattr(binaries, "carried", lambda: closed / real.name)
    server = postgres.start(run, hasty=True)
    server.stop()
    assert (run / "postgresql" / real.name / "pginstall18" / "bin" / "postgres").exists()


def test_a_server_that_cannot_start_is_one_line_with_its_reason(run):
    postgres.start(run, hasty=True).stop()
    (run / "postgres" / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(Trouble, match=r"PostgreSQL did not start: .*configuration file") as trouble:
        postgres.start(run, hasty=True)
    assert "\n" not in str(trouble.value)


def test_data_of_another_user_are_refused(run):
    postgres.start(run, hasty=True).stop()
    os.chown(run / "postgres", 12345, 12345) if os.getuid() == 0 else pytest.skip(
        "only root can give data away"
    )
    with pytest.raises(Trouble, match="made by another user"):
        postgres.start(run, hasty=True)
