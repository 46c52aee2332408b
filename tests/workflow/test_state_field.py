"""The state of a machine is protected, and to migrations plain text."""

import pytest
from django.db.migrations.loader import MigrationLoader
from django_fsm import FSMField

from contracts.models import Work
from workflow.models import StateField


def test_a_state_is_moved_by_transitions_alone():
    work = Work(state="planned")
    with pytest.raises(AttributeError, match="state"):
        work.state = "started"


def test_a_copy_of_it_is_protected_too():
    copied = Work._meta.get_field("state").clone()
    assert isinstance(copied, StateField)
    assert copied.protected


def test_no_migration_knows_a_machine():
    models = MigrationLoader(None).project_state().models
    machines = {
        key
        for key, model in models.items()
        if any(isinstance(each, FSMField) for each in model.fields.values())
    }
    assert machines == set()
