"""What staff do with a subscriber's own equipment: put it on record, inspect it, have it put right or taken off."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.admin.told import told
from contracts.guards.own_equipment import clause_of
from contracts.models import Contract, Inspection, OwnEquipment
from contracts.models.contract import LIVE_STATES
from contracts.services.own_equipment import (
    ask_inspection,
    carry_out_inspection,
    connect_own_equipment,
    decline_inspection,
    put_right,
    report_removal,
)
from terms.own_equipment import OwnEquipment as Clause
from terms.refusal import Refusal
from workflow.staff.button_form import ButtonForm, ComeDayField, ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press

_MAY = "contracts.change_ownequipment"
_OCCASIONS = {
    "connection": _("at the connection"),
    "change": _("at a change"),
    "fault": _("a fault"),
    "hindrance": _("it hinders the service"),
}


def _clause(unit: OwnEquipment) -> Clause | None:
    found = clause_of(unit.contract.pack(today()), unit.kind)
    return None if isinstance(found, Refusal) else found


def asked_inspection(unit: OwnEquipment) -> Inspection | None:
    """The inspection that was asked of the subscriber and has no result yet."""
    return unit.inspections.filter(state=Inspection.State.ASKED).first()


class _DayForm(ButtonForm):
    """On which day."""

    on = ComeDayField(label=_("on"))

    def set_up(self) -> None:
        self.fields["on"].initial = self.on_day


class RecordForm(_DayForm):
    """What is connected."""

    kind = forms.ChoiceField(label=_("kind"), choices=OwnEquipment.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("name of the equipment"), max_length=120)
    certification = forms.CharField(label=_("certification number"), max_length=60, required=False)
    place = forms.CharField(label=_("place"), max_length=200, required=False)


class AskForm(_DayForm):
    """On which occasion: those of the document."""

    occasion = forms.ChoiceField(label=_("inspected because of"), widget=forms.RadioSelect)

    def set_up(self) -> None:
        super().set_up()
        occasion = self.fields["occasion"]
        assert isinstance(occasion, forms.ChoiceField)
        clause = _clause(self.obj)
        occasion.choices = [(code, _OCCASIONS[code]) for code in (clause.occasions if clause else ())]


class ResultForm(_DayForm):
    """Who inspected, and what was found."""

    inspector = forms.CharField(label=_("inspector"), max_length=60)
    certificate = forms.CharField(label=_("certificate shown"), max_length=60)
    passed = forms.TypedChoiceField(
        label=_("result"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("it meets the standards")), ("no", _("it does not"))],
        widget=forms.RadioSelect,
    )
    findings = forms.CharField(label=_("findings"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class DeclinedForm(ReasonForm):
    """Why it was not accepted."""

    on = ComeDayField(label=_("on"))
    good_reason = forms.BooleanField(label=_("for good reason"), required=False)

    def set_up(self) -> None:
        self.fields["on"].initial = self.on_day


def _record(press: Press) -> Done:
    unit = connect_own_equipment(contract=press.obj, by=press.by, form="written", **press.data)
    return Done(message=_("It is on record."), go_to=unit)


def _ask(press: Press) -> Done:
    ask_inspection(unit=press.obj, by=press.by, **press.data)
    return Done(message=_("The subscriber is asked to accept the inspection."))


def _result(press: Press) -> Done:
    inspection = asked_inspection(press.obj)
    assert inspection is not None
    carry_out_inspection(inspection=inspection, by=press.by, **press.data)
    return Done(message=_("The result is recorded."))


def _declined(press: Press) -> Done:
    inspection = asked_inspection(press.obj)
    assert inspection is not None
    decline_inspection(inspection=inspection, by=press.by, **press.data)
    return Done(message=_("It is recorded."))


def _right(press: Press) -> Done:
    put_right(unit=press.obj, by=press.by, on=press.data["on"])
    return Done(message=_("It was put right."))


def _remove(press: Press) -> Done:
    report_removal(unit=press.obj, by=press.by, on=press.data["on"])
    return Done(message=_("It was taken off."))


def _on_asking(unit: OwnEquipment) -> Iterable[Effect]:
    yield Effect(text=_("A notice goes to %(recipient)s.") % {"recipient": told(unit.contract)})


def _on_result(unit: OwnEquipment) -> Iterable[Effect]:
    clause = _clause(unit)
    if clause is None:
        return
    removal = clause.remedy == "removal"
    yield Effect(
        text=_("If it fails while connected, the subscriber is asked to take it off.")
        if removal
        else _("If it fails while connected, the subscriber is asked to put it right."),
        article=clause.remedy_article,
    )


def _on_declining(unit: OwnEquipment) -> Iterable[Effect]:
    clause = _clause(unit)
    if clause is not None and clause.suspension_ground:
        yield Effect(
            text=_("Without good reason it becomes a ground on which a suspension may be proposed."),
            article=clause.article,
        )


def _recorded_without_request(contract: Contract) -> bool:
    """Where the document has own equipment inspected, but not asked for."""
    clauses = contract.pack(today()).own_equipment if contract.state in LIVE_STATES else ()
    return any(clause.connection is None for clause in clauses)


def _inspectable(unit: OwnEquipment) -> bool:
    clause = _clause(unit)
    gone = {OwnEquipment.State.REMOVED, OwnEquipment.State.REFUSED, OwnEquipment.State.WITHDRAWN}
    return clause is not None and unit.state not in gone and asked_inspection(unit) is None


def _corrigible(unit: OwnEquipment) -> bool:
    clause = _clause(unit)
    return unit.state == OwnEquipment.State.FAILED and clause is not None and clause.remedy == "correction"


def _was_asked(unit: OwnEquipment) -> bool:
    return asked_inspection(unit) is not None


record_button = Button(
    name="own-equipment", label=_("Record own equipment"), permission="contracts.add_ownequipment",
    menu=_("More"), possible=_recorded_without_request, form=RecordForm, run=_record, fields={"no_own_equipment": "kind"},
)  # fmt: skip
own_equipment_buttons = [
    Button(
        name="inspect", label=_("Ask for an inspection"), permission=_MAY, possible=_inspectable,
        form=AskForm, run=_ask, effects=_on_asking, fields={"no_such_occasion": "occasion"},
    ),
    Button(
        name="result", label=_("Record the result"), permission=_MAY, possible=_was_asked, look="primary",
        form=ResultForm, run=_result, effects=_on_result, fields={"no_certificate": "certificate"},
    ),
    Button(
        name="declined", label=_("The inspection was not accepted"), permission=_MAY, possible=_was_asked,
        form=DeclinedForm, run=_declined, effects=_on_declining,
    ),
    Button(
        name="put-right", label=_("It was put right"), permission=_MAY, possible=_corrigible,
        form=_DayForm, run=_right,
    ),
    Button(
        name="taken-off", label=_("It was taken off"), permission=_MAY, transition="remove",
        form=_DayForm, run=_remove,
    ),
]  # fmt: skip
