"""The form behind a button, and the fields that many of them share."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Self

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from terms.document import Ground
from workflow.models import User
from workflow.staff import cells


class ButtonForm(forms.Form):
    """Knows the object that it is about, who fills it in, and the day (``on_day``); asks for nothing by itself."""

    def __init__(self, *args: Any, obj: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.obj, self.user, self.on_day = obj, user, on
        self.set_up()
        for field in self.fields.values():
            dress(field)

    @classmethod
    def about(cls, **facts: Any) -> type[Self]:
        """The same form with these as its class attributes, such as the document that a button is for."""
        return type(cls.__name__, (cls,), facts)

    def set_up(self) -> None:
        """Fill in what depends on the object: choices, first values, the pack's own grounds."""


class ReasonForm(ButtonForm):
    """Asks why. The reason stays in the record of the change."""

    reason = forms.CharField(label=_("reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class DayField(forms.DateField):
    """A legal date; the browser's own calendar."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class MomentField(forms.DateTimeField):
    """Date and time in Japan; the browser's own calendar."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class ComeDayField(DayField):
    """A day on which something is, or was, done: today or earlier. What is done is done when the button is pressed."""

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and value > today():
            raise forms.ValidationError(_("This day has not come yet."), code="not_come")


class ComeMomentField(MomentField):
    """When something happened: now or earlier."""

    def validate(self, value: datetime | None) -> None:
        super().validate(value)
        if value is not None and value > timezone.now():
            raise forms.ValidationError(_("This moment has not come yet."), code="not_come")


class MonthField(forms.DateField):
    """A month, as its first day."""

    widget = forms.DateInput(format="%Y-%m", attrs={"type": "month"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m", "%Y-%m-%d"], **kwargs)

    def to_python(self, value: Any) -> date | None:
        found = super().to_python(value)
        return found.replace(day=1) if found else None


class DatedReasonForm(ReasonForm):
    """Asks from which day on it is so, and why."""

    on = ComeDayField(label=_("effective on"))

    field_order = ["on", "reason"]

    def set_up(self) -> None:
        self.fields["on"].initial = self.on_day


class GroundField(forms.ChoiceField):
    """One of the grounds that the document itself lists, each with its article."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("ground"))
        super().__init__(widget=forms.RadioSelect, **kwargs)

    def offer(self, grounds: Iterable[Ground]) -> None:
        """Offer these grounds and no others."""
        self.choices = [(ground.code, f"{ground_label(ground)} ({ground.article})") for ground in grounds]


def ground_label(ground: Ground) -> str:
    """What the ground is, in the language of the reader."""
    return ground.label if cells.reads_japanese() else ground.label_en


def today() -> date:
    """Today in Japan."""
    return timezone.localdate()


_LOOK: dict[type[forms.Widget], list[str]] = {
    forms.Textarea: widgets.TEXTAREA_CLASSES,
    forms.Select: [name for name in widgets.SELECT_CLASSES if name != "appearance-none"],
    forms.SelectMultiple: widgets.SELECT_CLASSES,
    forms.CheckboxInput: widgets.CHECKBOX_CLASSES,
    # Lists of choices have a look of their own (staff.css).
    forms.CheckboxSelectMultiple: [],
    forms.RadioSelect: [],
}


def dress(field: forms.Field) -> None:
    """Give a field's widget the look of the other staff pages."""
    if isinstance(field.widget, forms.FileInput):
        # Unfold's script looks beside each file input for the place where it writes the file's name.
        field.widget = widgets.UnfoldAdminFileFieldWidget(field.widget.attrs)
        field.widget.is_required = field.required
        return
    widget = field.widget
    classes = next(
        (classes for kind, classes in _LOOK.items() if type(widget) is kind), widgets.INPUT_CLASSES
    )
    if classes and not widget.is_hidden:
        own = widget.attrs.get("class", "").split()
        widget.attrs["class"] = " ".join([*classes, *(name for name in own if name not in classes)])
