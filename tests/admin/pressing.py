"""Pressing a button as a browser does, and reading what came of it."""

import html
import re
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.test import Client
from django.urls import reverse


def address(obj: Model | type[Model], button: str) -> str:
    """The page behind a button of an object, or of the list of a model."""
    name = f"admin:{obj._meta.app_label}_{obj._meta.model_name}"
    if isinstance(obj, type):
        return reverse(f"{name}_do", args=[button])
    return reverse(f"{name}_press", args=[obj.pk, button])


def ask(client: Client, obj: Model | type[Model], button: str) -> Any:
    """Open the page behind a button."""
    return client.get(address(obj, button))


def press(client: Client, obj: Model | type[Model], button: str, **data: Any) -> Any:
    """Fill in the form behind a button and send it."""
    return client.post(address(obj, button), {name: _typed(value) for name, value in data.items()})


def done(response: Any) -> bool:
    """Whether it was done: then the browser goes on to another page."""
    assert response.status_code in (200, 302), response.status_code
    if response.status_code == 200 and "form" in (response.context or {}):
        raise AssertionError(response.context["form"].errors.as_json())
    return True


def errors(response: Any, field: str | None = None) -> str:
    """What the form says is wrong: at ``field``, or above all fields. Fails where the thing was done after all."""
    assert response.status_code == 200, "it was done"
    form = response.context["form"]
    assert form.errors, "nothing is wrong"
    found = form.errors.get(field or "__all__", [])
    assert found, f"at {field or 'the top'} nothing; elsewhere {form.errors.as_json()}"
    return text(str(found))


def buttons(client: Client, obj: Model) -> list[str]:
    """The names of the buttons on the page of an object."""
    page = client.get(reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk]))
    assert page.status_code == 200
    return re.findall(rf"/{obj.pk}/do/([a-z-]+)/", page.content.decode())


def text(markup: str) -> str:
    """The words of some HTML."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def _typed(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M")
    return value.isoformat() if isinstance(value, date) else value
