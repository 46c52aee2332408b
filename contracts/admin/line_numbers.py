"""A field for line numbers, a line each."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import Line


class LineNumbersField(forms.CharField):
    """Gives the list of the numbers. An unknown one is an error that names it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        kwargs.setdefault("help_text", _("Line numbers, a line each."))
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> list[str]:
        numbers: list[str] = (super().clean(value) or "").upper().split()
        known = set(Line.objects.filter(number__in=numbers).values_list("number", flat=True))
        unknown = [number for number in numbers if number not in known]
        if unknown:
            raise forms.ValidationError(_("No such line: %(numbers)s.") % {"numbers": ", ".join(unknown)})
        return numbers
