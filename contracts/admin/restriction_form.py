"""Declaring a restriction of use, and lifting it."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.admin.line_numbers import LineNumbersField
from contracts.models import Line
from contracts.models.address import PREFECTURES
from contracts.services.declare_restriction import declare_restriction
from contracts.services.lift_restriction import lift_restriction
from terms.measures import Restriction as Clause
from terms.registry import registry
from workflow.staff.button_form import GroundField, MomentField, ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press


class RestrictionForm(ReasonForm):
    """The ground, the time, and which lines; the grounds of the document say what is done."""

    terms_code = ""
    ground = GroundField()
    limit = forms.CharField(
        label=_("limit"), max_length=120, required=False,
        help_text=_("In Japanese, such as the longest time of a call."),
    )  # fmt: skip
    starts_at = MomentField(label=_("from"))
    ends_at = MomentField(label=_("until"), required=False, help_text=_("Empty: until it is lifted."))
    prefecture = forms.ChoiceField(
        label=_("All lines in the prefecture"),
        choices=[("", _("everywhere")), *((name, name) for name in PREFECTURES)],
        required=False,
    )
    city = forms.CharField(label=_("… and city"), max_length=40, required=False)
    numbers = LineNumbersField(label=_("Or these lines"))
    callers_told_at = MomentField(
        label=_("callers told at"), required=False, help_text=_("Where calls under way are cut.")
    )
    urgent = forms.BooleanField(label=_("urgent"), required=False, help_text=_("Without prior notice."))

    field_order = ["ground", "reason", "limit"]

    def set_up(self) -> None:
        ground, table = self.fields["ground"], _clause(self.terms_code)
        assert isinstance(ground, GroundField)
        ground.offer(table.grounds if table else [])


def _clause(code: str) -> Clause | None:
    return registry().pack_for(code, today(), earliest=True).restriction


def _declare(press: Press) -> Done:
    data = dict(press.data)
    lines = Line.objects.filter(number__in=data.pop("numbers"))
    restriction = declare_restriction(
        by=press.by, at=press.at, terms_code=press.form.terms_code, lines=lines, **data
    )
    return Done(message=_("The restriction is declared."), go_to=restriction)


def _lift(press: Press) -> Done:
    lift_restriction(restriction=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("Use is free again."))


def _effects(table: Clause) -> Iterable[Effect]:
    yield Effect(text=_("It is posted for all to read, unless it meets single users."), article=table.article)
    if any(ground.spares_priority for ground in table.grounds):
        yield Effect(text=_("The lines agreed with the priority bodies stay in use."), article=table.article)


def declare_buttons() -> list[Button]:
    """One for each document that provides for restrictions."""
    return [_button(code, table) for code in registry().codes() if (table := _clause(code))]


def _button(code: str, table: Clause) -> Button:
    return Button(
        name=f"declare-{code}",
        label=registry().latest(code).title,
        permission="contracts.add_restriction",
        menu=_("Declare a restriction"),
        menu_says_it=True,
        form=RestrictionForm.about(terms_code=code),
        run=_declare,
        effects=lambda obj: _effects(table),
        fields={
            "no_such_ground": "ground",
            "no_lines": "numbers",
            "lines": "numbers",
            "callers_not_told": "callers_told_at",
            "no_urgent_exception": "urgent",
            "not_announced_first": "starts_at",
            "ends_after_start": "ends_at",
        },
    )


lift_button = Button(
    name="lift",
    label=_("Lift the restriction"),
    permission="contracts.change_restriction",
    transition="lift",
    look="primary",
    form=ReasonForm,
    run=_lift,
    effects=lambda restriction: [
        Effect(text=_("Its end is posted where the restriction was."), article=restriction.article)
    ],
)
