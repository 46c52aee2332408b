"""What staff do with lent equipment."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.admin.told import told
from contracts.guards.equipment import EquipmentClaim, LossFacts, claim_for, due_back, may_move
from contracts.models import Contract, LentEquipment, Product
from contracts.services.ask_equipment_back import ask_equipment_back
from contracts.services.lend_equipment import lend_equipment
from contracts.services.move_equipment import move_equipment
from contracts.services.report_equipment_loss import report_equipment_loss
from contracts.services.take_equipment_back import take_equipment_back
from terms.refusal import Refusal
from workflow.staff.button_form import ButtonForm, ComeDayField, ReasonForm, ground_label, today
from workflow.staff.buttons import Button, Done, Effect, Press

_MAY = "contracts.change_lentequipment"
_LENDING = {Contract.State.ACCEPTED, Contract.State.ACTIVE, Contract.State.PAUSED, Contract.State.SUSPENDED}


class _DayForm(ButtonForm):
    """On which day."""

    on = ComeDayField(label=_("on"))

    def set_up(self) -> None:
        self.fields["on"].initial = self.on_day


class LendForm(_DayForm):
    """Which unit."""

    product = forms.ModelChoiceField(label=_("product"), queryset=Product.objects.none())
    serial_number = forms.CharField(label=_("serial number"), max_length=60)
    owner = forms.ChoiceField(
        label=_("owner"), choices=LentEquipment.Owner.choices, initial=LentEquipment.Owner.OPERATOR
    )
    place = forms.CharField(
        label=_("place"), max_length=200, required=False, help_text=_("Empty: where the line ends.")
    )

    def set_up(self) -> None:
        super().set_up()
        product = self.fields["product"]
        assert isinstance(product, forms.ModelChoiceField)
        carried = self.obj.options.filter(ends_on__isnull=True).values("product")
        product.queryset = Product.objects.filter(kind=Product.Kind.EQUIPMENT, pk__in=carried)
        if not product.queryset.exists():
            product.help_text = _("The contract has no equipment; receive a request for it first.")


class AskBackForm(_DayForm):
    """Why it is due back: the cases of the document."""

    why = forms.ChoiceField(label=_("due back because"), widget=forms.RadioSelect)

    def set_up(self) -> None:
        super().set_up()
        why = self.fields["why"]
        assert isinstance(why, forms.ChoiceField)
        pack = self.obj.contract.pack(self.on_day)
        why.choices = [
            (code, label)
            for code, label in LentEquipment.Why.choices
            if not isinstance(due_back(pack, code), Refusal)
        ]


class LossForm(ReasonForm):
    """What happened, whether it breaks a duty, and what making it good costs."""

    on = ComeDayField(label=_("on"))
    event = forms.ChoiceField(label=_("What happened"), widget=forms.RadioSelect)
    duty = forms.ChoiceField(
        label=_("breach of the duty"),
        required=False,
        help_text=_(
            "Only where the loss comes from it; then its cost is owed in place of the tariff’s damages."
        ),
    )
    cost = forms.IntegerField(
        label=_("cost of making good"), required=False, min_value=0, help_text=_("Yen without tax.")
    )

    field_order = ["on", "event", "reason", "duty", "cost"]

    def set_up(self) -> None:
        self.fields["on"].initial = self.on_day
        event, duty = self.fields["event"], self.fields["duty"]
        assert isinstance(event, forms.ChoiceField)
        assert isinstance(duty, forms.ChoiceField)
        state = LentEquipment.State
        events = [state.LOST, state.DAMAGED]
        if self.obj.state == state.TO_RETURN:
            events.append(state.NOT_RETURNED)
        event.choices = [(found.value, found.label) for found in events]
        pack = self.obj.contract.pack(self.on_day)
        listed = pack.lent_equipment.reparation_duties if pack.lent_equipment else ()
        duty.choices = [
            ("", _("none")),
            *((found.code, ground_label(found)) for found in pack.duties if found.code in listed),
        ]


class MoveForm(_DayForm):
    """Where it will stand."""

    place = forms.CharField(label=_("new place"), max_length=200)


def _lend(press: Press) -> Done:
    unit = lend_equipment(contract=press.obj, by=press.by, **press.data)
    return Done(message=_("The unit is lent."), go_to=unit)


def _ask(press: Press) -> Done:
    ask_equipment_back(unit=press.obj, by=press.by, **press.data)
    return Done(message=_("The subscriber is asked to return it."))


def _take(press: Press) -> Done:
    take_equipment_back(unit=press.obj, by=press.by, **press.data)
    return Done(message=_("The unit is back."))


def _report(press: Press) -> Done:
    report_equipment_loss(unit=press.obj, by=press.by, **press.data)
    return Done(message=_("It is recorded."))


def _move(press: Press) -> Done:
    move_equipment(unit=press.obj, by=press.by, **press.data)
    return Done(message=_("The unit is moved; the subscriber is told."))


def _on_asking(unit: LentEquipment) -> Iterable[Effect]:
    yield Effect(
        text=_("A notice with place and day goes to %(recipient)s.") % {"recipient": told(unit.contract)}
    )


def _on_loss(unit: LentEquipment) -> Iterable[Effect]:
    claim = claim_for(unit.contract.pack(today()), LossFacts(event=LentEquipment.State.LOST))
    if isinstance(claim, EquipmentClaim):
        yield Effect(
            text=_("The damages of the tariff are charged with the next invoice; the subscriber is told."),
            article=claim.article,
        )
    else:
        yield Effect(text=_("This document makes nothing due for it, unless a duty was broken."))


def _movable(unit: LentEquipment) -> bool:
    return unit.state == LentEquipment.State.LENT and may_move(unit.contract.pack(today())) is None


lend_button = Button(
    name="lend",
    label=_("Lend equipment"),
    permission="contracts.add_lentequipment",
    possible=lambda contract: contract.state in _LENDING,
    form=LendForm,
    run=_lend,
)
equipment_buttons = [
    Button(
        name="ask-back", label=_("Ask for it back"), permission=_MAY, transition="ask_back",
        possible=lambda unit: unit.contract.pack(today()).lent_equipment is not None,
        form=AskBackForm, run=_ask, effects=_on_asking,
        fields={"not_due_back": "why", "no_return": "why"},
    ),
    Button(
        name="take-back", label=_("It is back"), permission=_MAY, transition="take_back", look="primary",
        form=_DayForm, run=_take,
        effects=lambda unit: [Effect(text=_("Nothing is charged. What came back broken is recorded as damaged instead."))],
    ),
    Button(
        name="loss", label=_("Lost, damaged or not returned"), permission=_MAY, transition="lose", look="danger",
        form=LossForm, run=_report, effects=_on_loss,
        fields={"no_such_duty": "duty", "no_reparation": "duty", "no_cost": "cost"},
    ),
    Button(
        name="move", label=_("Move it"), permission=_MAY, possible=_movable, form=MoveForm, run=_move,
        effects=lambda unit: [Effect(text=_("A notice goes to %(recipient)s.") % {"recipient": told(unit.contract)})],
    ),
]  # fmt: skip
