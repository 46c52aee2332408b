"""What must be done between the servers' start and the first page: schema, packs, jobs, the demonstration."""

from collections.abc import Callable, Iterator

from django.core.management import call_command, get_commands


def steps() -> Iterator[tuple[str, Callable[[], object]]]:
    """Each step as its name and what does it. All of them are safe to run again, and quick when nothing is new."""
    yield "Tables", lambda: call_command("migrate", interactive=False, verbosity=0)
    for name, command in (
        ("Terms packs", "load_terms"),
        ("Roles", "load_roles"),
        ("Scheduled jobs", "schedule_jobs"),
        ("Demonstration", "demonstrate"),
    ):
        if command in get_commands():
            yield name, lambda command=command: call_command(command)  # type: ignore[misc]
