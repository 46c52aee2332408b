"""A CSV file behind a button: what is wrong with it is said row by row at the field."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from contracts.importing.columns import Column
from contracts.importing.read_file import ImportRefused
from workflow.staff.button_form import ButtonForm
from workflow.staff.buttons import Press

_LARGEST = 20_000_000
_SHOWN = 100


def csv_form(columns: tuple[Column, ...]) -> type[ButtonForm]:
    """A form for a file with these columns."""

    class CsvForm(ButtonForm):
        content = forms.FileField(
            label=_("file"),
            help_text=_("CSV in UTF-8 or Shift_JIS with the columns %(columns)s. All rows are taken or none.")
            % {"columns": "、".join(column.heading for column in columns)},
        )

        def clean_content(self) -> object:
            file = self.cleaned_data["content"]
            if file.size > _LARGEST:
                raise forms.ValidationError(_("The file is larger than 20 MB; split it."))
            return file

    return CsvForm


def take_csv(press: Press, service: Callable[[bytes], int]) -> int:
    """What the service made of the file. ValidationError at the file with each bad row, at most a hundred of them."""
    try:
        return service(press.data["content"].read())
    except ImportRefused as refused:
        problems = [str(problem) for problem in refused.problems[:_SHOWN]]
        raise ValidationError({"content": [str(refused), *problems]}) from refused
