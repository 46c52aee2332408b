"""What must be done between the servers' start and the first page: schema, packs, jobs, the demonstration."""

from collections.abc import Callable, Iterator
from functools import partial

from django.core.management import call_command

from config import env


def steps() -> Iterator[tuple[str, Callable[[], object]]]:
    """Each step as its name and what does it. All of them are safe to run again, and quick when nothing is new.

    DEMONSTRATION=0 leaves the demonstration operator out.
    """
    yield "Tables", partial(call_command, "migrate", interactive=False, verbosity=0)
    demonstration = env.flag("DEMONSTRATION", default=True)
    # Made-up data may follow the release; an operator decides it by 'load_terms --correct'.
    correct = "システムの更新に伴う訂正" if demonstration else ""
    # A change of the terms binds only as it was announced: what changes, from when, and to whom it was told is for staff to say.
    yield "Terms packs", partial(call_command, "load_terms", correct=correct, leave_changes=True)
    yield "Roles", partial(call_command, "load_roles")
    yield "Scheduled jobs", partial(call_command, "schedule_jobs")
    if demonstration:
        yield "Demonstration", partial(call_command, "demonstrate")
