"""What the network side agrees and changes on a line."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.guards.restriction import priority_bodies
from contracts.models import Line
from contracts.services.agree_priority import agree_priority
from terms.registry import pack_for, statute
from workflow.staff.button_form import ReasonForm, ground_label, today
from workflow.staff.buttons import Button, Done, Effect, Press


class PriorityForm(ReasonForm):
    """The body with which it was agreed, or none."""

    body = forms.ChoiceField(label=_("priority body"), required=False)

    field_order = ["body", "reason"]

    def set_up(self) -> None:
        bodies = priority_bodies(
            pack_for(self.obj.terms_code, self.on_day, earliest=True), statute(self.on_day)
        )
        field = self.fields["body"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("none")), *((body.code, ground_label(body)) for body in bodies)]
        field.initial = self.obj.priority_body


def _agree(press: Press) -> Done:
    agree_priority(line=press.obj, by=press.by, on=press.on, **press.data)
    return Done(message=_("The agreement is on record."))


def _has_restrictions(line: Line) -> bool:
    return pack_for(line.terms_code, today(), earliest=True).restriction is not None


line_buttons = [
    Button(
        name="agree-priority",
        label=_("Agree on priority"),
        permission="contracts.change_line",
        menu=_("More"),
        possible=_has_restrictions,
        form=PriorityForm,
        run=_agree,
        effects=lambda line: [
            Effect(
                text=_(
                    "The line stays in use when others are stopped in an emergency, and is repaired in its rank."
                )
            )
        ],
    ),
]
