"""manage.py draw_machines — draw every state machine from the code into docs/state-machines.md."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django_fsm import RETURN_VALUE

from workflow.models import Machine

PAGE = Path("docs/state-machines.md")
HEAD = """# State machines

Drawn from the code by `manage.py draw_machines`; `make check` fails when this page is not what the code says.
States move only through `workflow.services.perform`.
"""


class Command(BaseCommand):
    help = "Draw every state machine into docs/state-machines.md; with --check only compare."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when the page is out of date")

    def handle(self, *args: object, check: bool, **options: object) -> None:
        page = settings.BASE_DIR / PAGE
        drawn = draw()
        if check:
            if not page.exists() or page.read_text(encoding="utf-8") != drawn:
                raise CommandError(f"{PAGE} is out of date; run: manage.py draw_machines")
            return
        page.write_text(drawn, encoding="utf-8")
        self.stdout.write(f"{PAGE} written.")


def draw() -> str:
    """The page: one Mermaid diagram for each machine."""
    machines = [model for model in apps.get_models() if issubclass(model, Machine)]
    with translation.override("en"):
        return "\n".join([HEAD, *map(_section, machines)])


def _section(model: type[Machine]) -> str:
    field: Any = next(field for field in model._meta.fields if field.name == "state")
    lines = [
        f"## {model.__name__}",
        "",
        (model.__doc__ or "").strip().splitlines()[0],
        "",
        "```mermaid",
        "stateDiagram-v2",
    ]
    lines.append(f"    [*] --> {field.default}")
    moves = sorted(
        {
            (t.source, target, t.name)
            for t in field.get_all_transitions(model)
            for target in _targets(t.target)
        },
        key=lambda move: _order(model, move),
    )
    lines += [f"    {source} --> {target}: {name}" for source, target, name in moves]
    lines += [
        f"    {state} --> [*]"
        for state in model.State.values
        if state not in {source for source, _, _ in moves}
    ]
    return "\n".join([*lines, "```", ""])


def _targets(target: str | RETURN_VALUE) -> list[str]:
    # A transition that decides its target itself names those it may choose from.
    return [str(state) for state in target.allowed_states] if isinstance(target, RETURN_VALUE) else [target]


def _order(model: type[Machine], move: tuple[str, str, str]) -> tuple[int, int, str]:
    states = list(model.State.values)
    return states.index(move[0]), states.index(move[1]), move[2]
