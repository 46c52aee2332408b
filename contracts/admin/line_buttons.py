"""What the network side agrees and changes on a line."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.guards.lines import lines_of
from contracts.guards.restriction import priority_bodies
from contracts.models import Line
from contracts.services.agree_priority import agree_priority
from contracts.services.change_line import agree_terminal_point, move_to_exchange, withhold_number
from contracts.services.change_number import announce_number_change
from terms.measures import Lines
from terms.registry import pack_for, statute
from workflow.staff.button_form import ButtonForm, DayField, ReasonForm, ground_label, today
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


class TerminalForm(ButtonForm):
    """Where the line ends, and who agreed to it."""

    point = forms.CharField(label=_("terminal point"), max_length=100)
    agreed_with = forms.CharField(label=_("agreed with"), max_length=100, help_text=_("Who agreed, and how."))


class ExchangeForm(ReasonForm):
    """The exchange that houses the line from now on."""

    exchange = forms.CharField(label=_("host exchange"), max_length=60)

    field_order = ["exchange", "reason"]


class NumberForm(ReasonForm):
    """The new number and its day."""

    number = forms.CharField(
        label=_("new number"), max_length=15, required=False,
        help_text=_("Empty: the next line number, where the line number changes."),
    )  # fmt: skip
    effective_on = DayField(label=_("effective on"))

    field_order = ["number", "effective_on", "reason"]


def _agree(press: Press) -> Done:
    agree_priority(line=press.obj, by=press.by, on=press.on, **press.data)
    return Done(message=_("The agreement is on record."))


def _agree_terminal(press: Press) -> Done:
    agree_terminal_point(line=press.obj, by=press.by, on=press.on, **press.data)
    return Done(message=_("The terminal point is on record."))


def _move(press: Press) -> Done:
    move_to_exchange(line=press.obj, by=press.by, on=press.on, **press.data)
    return Done(message=_("The exchange is on record."))


def _change_number(press: Press) -> Done:
    announce_number_change(line=press.obj, by=press.by, on=press.on, **press.data)
    return Done(message=_("The change of number is announced; it is made on its day."))


def _withhold(press: Press) -> Done:
    withheld = not press.obj.number_withheld
    withhold_number(line=press.obj, by=press.by, on=press.on, withheld=withheld, reason=press.data["reason"])
    return Done(message=_("The number is withheld now.") if withheld else _("The number is shown now."))


def _lines(line: Line) -> Lines:
    return lines_of(pack_for(line.terms_code, today(), earliest=True))


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
    Button(
        name="agree-terminal", label=_("Agree on the terminal point"), permission="contracts.change_line", menu=_("More"),
        form=TerminalForm, run=_agree_terminal,
        effects=lambda line: [
            Effect(text=_("With whom it was agreed is recorded."), article=_lines(line).terminal_point or "")
        ],
    ),
    Button(
        name="move-exchange", label=_("House in another exchange"), permission="contracts.change_line", menu=_("More"),
        form=ExchangeForm, run=_move,
        effects=lambda line: [
            Effect(text=_("The technical or business need is recorded."), article=_lines(line).host_exchange or "")
        ],
    ),
    Button(
        name="change-number", label=_("Change the number"), permission="contracts.change_line", menu=_("More"),
        possible=lambda line: _lines(line).number_change is not None, form=NumberForm, run=_change_number,
        fields={"notice_first": "effective_on"},
        effects=lambda line: [
            Effect(
                text=_("The subscriber is told now; the number changes only after the notice was dispatched."),
                article=_lines(line).number_change or "",
            )
        ],
    ),
    Button(
        name="withhold-number", label=_("Withhold or show the number"), permission="contracts.change_line", menu=_("More"),
        possible=lambda line: _lines(line).caller_number is not None, form=ReasonForm, run=_withhold,
        effects=lambda line: [
            Effect(
                text=_("The called line is shown the number.")
                if line.number_withheld
                else _("The called line is no longer shown the number."),
                article=_lines(line).caller_number or "",
            )
        ],
    ),
]  # fmt: skip
