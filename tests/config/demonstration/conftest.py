"""A world of the demonstration on its first day."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from config.demonstration.staff import hire
from config.demonstration.world import World
from terms.registry import ENVIRONMENT, registry

FIRST = date(2025, 7, 1)


@pytest.fixture
def world(db: None) -> World:
    """Staff with their roles, and nothing else."""
    call_command("load_roles")
    return World(rng=Random(1), staff=hire(), today=FIRST, began=FIRST)


@pytest.fixture
def run_folder(settings: LazySettings, tmp_path: Path) -> Iterator[Path]:
    """A run folder of its own; the versions that are made up in it are forgotten with it."""
    settings.RUN_FOLDER = tmp_path
    settings.LINE_RECORDS_FOLDER = tmp_path / "line-records"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ENVIRONMENT, os.environ.get(ENVIRONMENT, ""))
        yield tmp_path
    registry.cache_clear()
