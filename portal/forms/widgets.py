"""Inputs that browsers know well."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A date picker of the browser; without one, a text field for 2025-11-30."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A date, in the form that ``DayInput`` sends."""

    widget = DayInput

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%Y/%m/%d"], **options)


def needed(field: forms.Field) -> forms.Field:
    """Let a field be sent empty, which the service then refuses by its article: its widget stays one that is required, so that it
    is not called optional."""
    field.required = False
    return field
