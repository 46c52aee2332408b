"""A heading of what there is to exercise, and the ways to count from the books."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Count, Model

from terms.pack import Pack
from workflow.models import Machine, StateChange, StateField

ROOMS = ("workflow", "notices", "contracts", "billing", "lineinfo")


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


def moved() -> Heading:
    """Every transition of every state machine, whatever the document."""
    names = [
        f"{model._meta.model_name} {name}"
        for model in _models()
        if issubclass(model, Machine)
        for field in model._meta.get_fields()
        if isinstance(field, StateField)
        for name in dict.fromkeys(each.name for each in field.get_all_transitions(model))
    ]
    return Heading("moved", lambda pack: names, _transitions)


def _transitions() -> Counter[str]:
    models = {kind.pk: kind.model for kind in ContentType.objects.all()}
    rows = StateChange.objects.order_by().values_list("subject_type", "transition").annotate(Count("pk"))
    return Counter({f"{models[kind]} {transition}": count for kind, transition, count in rows})


def there(*, but: Collection[str]) -> Heading:
    """Every sort of row that the rooms keep, whatever the document: 1 where there is one. ``but``: those that nothing here brings about."""
    names = [str(model._meta.model_name) for model in _models()]
    return Heading("recorded", lambda pack: [name for name in names if name not in but], _rows)


def _rows() -> Counter[str]:
    quote = connection.ops.quote_name
    each = (
        f"SELECT '{model._meta.model_name}', (EXISTS (SELECT FROM {quote(model._meta.db_table)}))::int"
        for model in _models()
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return Counter(dict(cursor.fetchall()))


def _models() -> Iterator[type[Model]]:
    return (model for room in ROOMS for model in apps.get_app_config(room).get_models())


def always(title: str, model: type[Model], column: str, values: Iterable[str]) -> Heading:
    """Each of the values that a column can have."""
    return Heading(title, lambda pack: values, lambda: count_of(model, column))
