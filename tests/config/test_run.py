"""`make run` and `make test` as a person meets them: what they say when they cannot start, and how they stop."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from config import addresses
from config.embedded import paths

ROOT = paths.ROOT


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory(prefix="backoffice-test-", dir=paths.short_temporary_folder()) as made:
        Path(made).chmod(0o755)
        yield Path(made) / ".run"


@pytest.fixture
def start(folder):
    """Start ``python -m config.run`` on a folder of its own; whatever is left of it is ended with the test."""
    started = []

    def start_run(*arguments, **environment):
        process = subprocess.Popen(
            [sys.executable, "-m", "config.run", *arguments],
            cwd=ROOT,
            env=clean_environment(
                RUN_FOLDER=str(folder), DJANGO_SETTINGS_MODULE="config.settings", **environment
            ),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start_run
    for process in started:
        process.terminate()
        process.communicate(timeout=60)


def clean_environment(**changes):
    ours = (
        "DATABASE_URL",
        "REDIS_URL",
        "EMAIL_URL",
        "EMAIL_HOST",
        "RUN_FOLDER",
        "WEB_PORT",
        "MAIL_PORT",
        "COLLECTOR_URL",
        "COLLECTOR_PORT",
    )
    return {name: value for name, value in os.environ.items() if name not in ours} | changes


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def read_until(process, text):
    said = ""
    while text not in said:
        line = process.stdout.readline()
        assert line, f"it ended after saying {said!r} and {process.stderr.read()!r}"
        said += line
    return said


def the_only_complaint(process):
    _said, complaint = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Traceback" not in complaint
    (line,) = complaint.splitlines()
    return line


def test_a_port_in_use_is_one_line_that_names_another(start):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = held.getsockname()[1]
        line = the_only_complaint(start(WEB_PORT=str(port)))
    assert line.startswith(f"Port {port} cannot be used")
    assert f"make run WEB_PORT={port + 1}" in line


def test_a_database_that_does_not_answer_is_one_line_and_nothing_is_started(start, folder):
    url = f"postgresql://user:secret@127.0.0.1:{free_port()}/back"
    line = the_only_complaint(
        start(DATABASE_URL=url, WEB_PORT=free_port(), MAIL_PORT=free_port(), COLLECTOR_PORT=free_port())
    )
    assert "does not answer" in line
    assert "correct DATABASE_URL" in line
    assert not (folder / "valkey").exists()


def test_a_broker_that_does_not_answer_is_one_line(start):
    url = f"redis://127.0.0.1:{free_port()}/0"
    line = the_only_complaint(
        start(REDIS_URL=url, WEB_PORT=free_port(), MAIL_PORT=free_port(), COLLECTOR_PORT=free_port())
    )
    assert "correct REDIS_URL" in line


@pytest.mark.parametrize(
    "setting", [{"WEB_PORT": "eighty"}, {"DATABASE_URL": "mysql://db/back"}, {"HTTPS": "maybe"}]
)
def test_a_setting_that_cannot_be_meant_is_one_line_with_its_name(start, setting):
    (name,) = setting
    assert name in the_only_complaint(start(**setting))


def test_a_second_run_in_the_same_folder_is_refused(start):
    first = start("--servers-only")
    read_until(first, "Ctrl-C stops them")
    assert "already running" in the_only_complaint(start("--servers-only"))


def test_ctrl_c_stops_the_servers_and_the_next_start_works(start, folder):
    for _again in range(2):
        process = start("--servers-only")
        read_until(process, "Ctrl-C stops them")
        assert answers(folder) == (True, True)
        process.send_signal(signal.SIGINT)
        said, complaint = process.communicate(timeout=60)
        assert (process.returncode, said.strip(), complaint) == (0, "Stopped.", "")
        assert answers(folder) == (False, False)


def test_everything_starts_to_the_sign_in_page_and_ctrl_c_leaves_nothing_behind(start, folder):
    port = free_port()
    process = start(WEB_PORT=port, MAIL_PORT=free_port(), COLLECTOR_PORT=free_port(), DEMONSTRATION="0")
    read_until(process, "Ctrl-C stops everything")
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/") as page:
        assert 'name="password"' in page.read().decode()
    below = psutil.Process(process.pid).children(recursive=True)
    assert {"gunicorn", "celery", "config.mail_sink", "config.collector"} <= {
        word.rpartition("/")[2] for child in below for word in child.cmdline()
    }
    process.send_signal(signal.SIGINT)
    said, _complaints = process.communicate(timeout=60)
    assert process.returncode == 0
    assert said.rstrip().endswith("Stopped.")
    assert [child for child in below if child.is_running()] == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next start stops what was left")
def test_servers_do_not_outlive_a_run_that_was_killed(start, folder):
    process = start("--servers-only")
    read_until(process, "Ctrl-C stops them")
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 30
    while answers(folder) != (False, False) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert answers(folder) == (False, False)


def answers(folder):
    """Whether PostgreSQL and Valkey of that folder answer."""
    entry = addresses.database(paths.database_url(folder))
    found = []
    try:
        psycopg.connect(host=entry["HOST"], user=entry["USER"], dbname=entry["NAME"]).close()
        found.append(True)
    except psycopg.OperationalError:
        found.append(False)
    try:
        with redis.Redis.from_url(paths.redis_url(folder)) as client:
            found.append(bool(client.ping()))
    except redis.RedisError:
        found.append(False)
    return tuple(found)


@pytest.fixture
def project(tmp_path):
    """A folder with what `make` reads before it has a virtual environment."""
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    return tmp_path


def make_environment(project, python):
    return subprocess.run(
        ["sh", str(ROOT / "config" / "venv.sh")],
        cwd=project,
        env=clean_environment(PYTHON=str(python)),
        capture_output=True,
        text=True,
    )


def fake_python(project, *, script):
    python = project / "python"
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)
    return python


def test_an_old_python_is_one_line_that_says_what_to_do(project):
    old = fake_python(project, script='[ "$1" = -V ] && echo Python 3.9.2 && exit; exit 1')
    made = make_environment(project, old)
    assert made.returncode == 1
    (line,) = made.stderr.splitlines()
    assert line.startswith("Python 3.11 or newer is needed, and here is Python 3.9.2")
    assert "make run PYTHON=" in line


def test_no_python_is_one_line(project):
    made = make_environment(project, project / "none")
    assert made.returncode == 1
    assert "here is no Python" in made.stderr.splitlines()[-1]


def test_a_python_that_cannot_make_environments_is_one_line(project):
    script = (
        'case "$1" in -V) echo Python 3.11.2;; -c) exit 0;; *) echo ensurepip is not available; exit 1;; esac'
    )
    made = make_environment(project, fake_python(project, script=script))
    assert made.returncode == 1
    (line,) = made.stderr.splitlines()
    assert "apt-get install python3-venv" in line
    assert not (project / ".venv").exists()


def test_an_environment_that_is_up_to_date_is_left_alone(project):
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "bin" / "python").symlink_to(sys.executable)
    wanted = subprocess.run(
        "cksum < requirements.txt", shell=True, cwd=project, capture_output=True, text=True
    ).stdout
    (project / ".venv" / ".installed").write_text(wanted)
    made = make_environment(project, project / "none")
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
