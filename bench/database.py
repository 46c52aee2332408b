"""A database for each size: a copy of one that has its tables, the catalogue and the tariffs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django
from django.core.management import call_command
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from config.progress import step

TEMPLATE, NAME = "backoffice", "bench"


def make_template() -> None:
    """The tables, the catalogue, the tariffs."""
    django.setup()
    from billing.services.load_tariffs import load_tariffs
    from contracts.services.load_catalogue import load_catalogue
    from workflow.selectors import clock_user

    with step("Tables"):
        call_command("migrate", interactive=False, verbosity=0)
        load_catalogue()
        load_tariffs(by=clock_user(), at=timezone.now())


@contextmanager
def database() -> Iterator[None]:
    """Everything inside goes to a new copy of the template, which is dropped afterwards."""
    _as_administrator(f"CREATE DATABASE {NAME} TEMPLATE {TEMPLATE}")
    use(NAME)
    try:
        yield
    finally:
        use(TEMPLATE)
        _as_administrator(f"DROP DATABASE {NAME} WITH (FORCE)")


def use(name: str) -> None:
    """Connect to another database of the same server."""
    connection.close()
    connection.settings_dict["NAME"] = name


def execute(statement: str, values: Any = None) -> list[tuple[Any, ...]]:
    """Run a statement and return its rows, where it has some."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


def insert(model: type[Model], source: str, /, **columns: str) -> None:
    """Rows of ``model`` for each row of ``source`` (from FROM on): ``columns`` in SQL, the others as a new object has them."""
    rest = {
        field.column: field.get_db_prep_save(
            "" if default is None and not field.null else default, connection
        )
        for field in model._meta.concrete_fields
        for default in [field.get_default()]
        if field.column not in columns and not field.primary_key
    }
    names = ", ".join(f'"{name}"' for name in (*columns, *rest))
    given = ", ".join(columns.values()).replace("%", "%%")
    values = ", ".join([given, *["%s"] * len(rest)])
    statement = f"INSERT INTO {model._meta.db_table} ({names}) SELECT {values} {source.replace('%', '%%')}"
    with connection.cursor() as cursor:
        # Without triggers: the history of made-up rows is not what is measured.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, list(rest.values()))
        cursor.execute("SET session_replication_role = origin")


def settle() -> None:
    """After filling: IDs go on behind the rows, the planner knows the tables, and what is dirty is on the disk."""
    for (table,) in execute(
        "SELECT table_name FROM information_schema.columns WHERE column_name = 'id' AND identity_generation IS NOT NULL"
        " AND table_schema = 'public'"
    ):
        execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table} HAVING max(id) IS NOT NULL"
        )
    execute("VACUUM ANALYZE")
    execute("CHECKPOINT")


def _as_administrator(statement: str) -> None:
    use("postgres")
    execute(statement)
    connection.close()
