"""What must be said before some endings: the demand (催告), the halt (接続休止); and the subscriber's objection to new terms."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.admin.told import told
from contracts.guards.ending import operator_grounds
from contracts.models import Contract, Request, TermsVersion
from contracts.models.contract import RUNNING_STATES
from contracts.services.announce_halt import announce_halt
from contracts.services.cancel_course import record_partner_cancellation
from contracts.services.demand_performance import demand_performance
from contracts.services.halt_contract import halt_contract
from contracts.services.record_objection import record_objection
from terms.document import EndingGround
from terms.rules.terms_objection import TermsObjection
from workflow.staff.button_form import (
    ButtonForm,
    ComeDayField,
    ComeMomentField,
    DayField,
    GroundField,
    ReasonForm,
    today,
)
from workflow.staff.buttons import Button, Done, Effect, Press


def _demanding(contract: Contract) -> list[EndingGround]:
    """The grounds of ending that ask for a demand first."""
    return [ground for ground in operator_grounds(contract.pack(today())) if ground.demand_first]


def _coming(contract: Contract) -> list[TermsVersion]:
    """Versions of the document that have not taken effect, to which the subscriber may object."""
    found = TermsVersion.objects.filter(terms_code=contract.terms_code, effective__gte=today()).order_by(
        "effective"
    )
    return [version for version in found if version.pack.has(TermsObjection)]


class DemandForm(ReasonForm):
    """The ground that asks for a demand, and until when there is time."""

    ground = GroundField()
    perform_by = DayField(label=_("To be done by"))

    field_order = ["ground", "reason", "perform_by"]

    def set_up(self) -> None:
        field = self.fields["ground"]
        assert isinstance(field, GroundField)
        field.offer(_demanding(self.obj))


class HaltForm(ReasonForm):
    """The period that the operator sets."""

    starts_on = DayField(label=_("first day"))
    ends_on = DayField(label=_("Last day of the contract"))

    field_order = ["reason", "starts_on", "ends_on"]


class PartnerCancelsForm(ButtonForm):
    """The message of the partner."""

    effective_on = DayField(label=_("effective on"))
    reference = forms.CharField(label=_("reference"), max_length=80, help_text=_("Of the partner’s message."))


class FromForm(ButtonForm):
    """The day."""

    on = ComeDayField(label=_("from"))

    def set_up(self) -> None:
        self.fields["on"].initial = self.on_day


class ObjectionForm(ButtonForm):
    """To which version, and how and when it came in."""

    version = forms.ModelChoiceField(
        label=_("Version"), queryset=TermsVersion.objects.none(), empty_label=None
    )
    received_at = ComeMomentField(label=_("received at"))
    form = forms.ChoiceField(label=_("Came in"), choices=Request.Form.choices, widget=forms.RadioSelect)

    def set_up(self) -> None:
        field = self.fields["version"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = TermsVersion.objects.filter(pk__in=[version.pk for version in _coming(self.obj)])
        self.fields["form"].initial = Request.Form.WRITTEN


def _demand(press: Press) -> Done:
    demand_performance(contract=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("The demand is written and will be sent."))


def _announce(press: Press) -> Done:
    announce_halt(contract=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("The halt is announced to the subscriber."))


def _halt(press: Press) -> Done:
    halt_contract(contract=press.obj, by=press.by, on=press.data["on"])
    return Done(message=_("The line is halted; the contract ends by itself."))


def _partner_cancels(press: Press) -> Done:
    record_partner_cancellation(contract=press.obj, by=press.by, on=press.on, **press.data)
    return Done(message=_("On record; the contract goes on under the other course from that day."))


def _object(press: Press) -> Done:
    ending = record_objection(contract=press.obj, by=press.by, **press.data)
    return Done(
        message=_("The objection is on record; the contract ends on the day of the change."), go_to=ending
    )


def _on_demanding(contract: Contract) -> Iterable[Effect]:
    for ground in _demanding(contract):
        yield Effect(
            text=_("Only after its last day has passed can the contract be ended on this ground."),
            article=ground.article,
        )
    yield Effect(text=_("A notice goes to %(recipient)s.") % {"recipient": told(contract)})


def _on_halting(contract: Contract) -> Iterable[Effect]:
    table = contract.pack(today()).halt
    yield Effect(
        text=_("Interconnection stops, and the contract ends by itself when the period is over."),
        article=table.article if table else "",
    )
    yield Effect(text=_("A notice goes to %(recipient)s.") % {"recipient": told(contract)})


def _on_objecting(contract: Contract) -> Iterable[Effect]:
    for version in _coming(contract):
        yield Effect(
            text=_("The contract ends with the day on which the change takes effect."),
            article=version.pack.rule(TermsObjection).article,
        )


demand_and_halt_buttons = [
    Button(
        name="partner-cancels", label=_("The partner cancels its course"), permission="contracts.change_contract",
        menu=_("More"),
        possible=lambda contract: contract.state in RUNNING_STATES and contract.partner_id is not None
        and contract.pack(today()).partner_cancellation is not None,
        form=PartnerCancelsForm, run=_partner_cancels,
        effects=lambda contract: [
            Effect(
                text=_("The course ends; the contract goes on as %(product)s.") % {"product": contract.product.becomes or "?"},
                article=contract.pack(today()).partner_cancellation.article,
            )
        ],
    ),
    Button(
        name="demand", label=_("Send a demand"), permission="contracts.add_endingproposal", menu=_("More"),
        possible=lambda contract: contract.state in RUNNING_STATES and bool(_demanding(contract)),
        form=DemandForm, run=_demand, effects=_on_demanding,
    ),
    Button(
        name="announce-halt", label=_("Announce a halt"), permission="contracts.add_interruption", menu=_("More"),
        possible=lambda contract: contract.state == Contract.State.ACTIVE and contract.pack(today()).halt is not None,
        form=HaltForm, run=_announce, effects=_on_halting,
    ),
    Button(
        name="halt", label=_("Halt the line"), permission="contracts.add_interruption", menu=_("More"), transition="halt",
        possible=lambda contract: contract.pack(today()).halt is not None,
        form=FromForm, run=_halt, effects=_on_halting,
        fields={"no_notice": "on", "too_early": "on"},
    ),
    Button(
        name="objection", label=_("Record an objection to new terms"), permission="contracts.add_request", menu=_("More"),
        possible=lambda contract: contract.state in RUNNING_STATES and bool(_coming(contract)),
        form=ObjectionForm, run=_object, effects=_on_objecting,
    ),
]  # fmt: skip
