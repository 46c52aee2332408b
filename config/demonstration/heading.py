"""A heading of what there is to exercise, and the ways to count from the books."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model

from terms.pack import Pack
from workflow.models import StateChange


@dataclass(frozen=True)
class Heading:
    """One sort of thing: which names of it a document lists, and how often each name stands in the books."""

    title: str
    listed: Callable[[Pack], Iterable[str]]
    counted: Callable[[], Counter[str]]


def count_of(model: type[Model], *columns: str, apart: str = " ", **conditions: object) -> Counter[str]:
    """How often each combination of the columns stands there."""
    rows = model._default_manager.filter(**conditions).order_by().values_list(*columns).annotate(Count("pk"))
    counted = Counter[str]()
    for *names, count in rows:
        counted[apart.join(map(str, names))] += count
    return counted


def moved(*moves: tuple[type[Model], str]) -> Heading:
    """Transitions of state machines, whatever the document."""
    return Heading(
        "moved",
        lambda pack: [f"{model._meta.model_name} {transition}" for model, transition in moves],
        _transitions,
    )


def _transitions() -> Counter[str]:
    models = {kind.pk: kind.model for kind in ContentType.objects.all()}
    rows = StateChange.objects.order_by().values_list("subject_type", "transition").annotate(Count("pk"))
    return Counter({f"{models[kind]} {transition}": count for kind, transition, count in rows})


def there(*models: type[Model]) -> Heading:
    """Rows of any sort."""
    return Heading(
        "recorded",
        lambda pack: [str(model._meta.model_name) for model in models],
        lambda: Counter({str(model._meta.model_name): model._default_manager.count() for model in models}),
    )


def always(title: str, model: type[Model], column: str, values: Iterable[str]) -> Heading:
    """Each of the values that a column can have."""
    return Heading(title, lambda pack: values, lambda: count_of(model, column))
