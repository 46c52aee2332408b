"""What staff do when interconnection stops for one option of a contract that goes on (接続休止)."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from contracts.admin.told import told
from contracts.guards.halt import halt_of
from contracts.models import Contract, ContractOption, Product
from contracts.services.add_option import RUNNING
from contracts.services.announce_halt import announce_halt
from contracts.services.halt_option import halt_option
from terms.document import Halt
from workflow.staff.button_form import ButtonForm, ComeDayField, DayField, ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press


def _open(contract: Contract, on: date) -> QuerySet[ContractOption]:
    """The options of the contract that can be halted."""
    carried = contract.options.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), halt__isnull=True)
    return carried.filter(product__kind=Product.Kind.OPTION).select_related("product")


def _halts_options(contract: Contract) -> bool:
    on = today()
    return (
        contract.state in RUNNING
        and isinstance(halt_of(contract.pack(on), "option"), Halt)
        and _open(contract, on).exists()
    )


class _OfAnOption(ButtonForm):
    """Which of the options that the contract carries."""

    option = forms.ModelChoiceField(
        label=_("option"), queryset=ContractOption.objects.none(), empty_label=None
    )

    def set_up(self) -> None:
        field = self.fields["option"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = _open(self.obj, self.on_day)


class AnnounceOptionHaltForm(_OfAnOption, ReasonForm):
    """Which option, and the period that the operator sets."""

    starts_on = DayField(label=_("first day"))
    ends_on = DayField(label=_("Last day of the option"))

    field_order = ["option", "reason", "starts_on", "ends_on"]


class OptionHaltForm(_OfAnOption):
    """Which option, and the day."""

    on = ComeDayField(label=_("from"))

    def set_up(self) -> None:
        super().set_up()
        self.fields["on"].initial = self.on_day


def _announce(press: Press) -> Done:
    announce_halt(contract=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("The halt is announced to the subscriber."))


def _halt(press: Press) -> Done:
    halt_option(option=press.data["option"], by=press.by, on=press.data["on"])
    return Done(message=_("The option is halted and ends by itself; the contract goes on."))


def _effects(contract: Contract) -> Iterable[Effect]:
    table = contract.pack(today()).halt
    yield Effect(
        text=_(
            "Interconnection stops for the option, which is abolished when the period is over; the contract goes on."
        ),
        article=table.article if table else "",
    )
    yield Effect(text=_("A notice goes to %(recipient)s.") % {"recipient": told(contract)})


option_halt_buttons = [
    Button(
        name="announce-option-halt", label=_("Announce the halt of an option"), permission="contracts.add_interruption",
        menu=_("More"), possible=_halts_options, form=AnnounceOptionHaltForm, run=_announce, effects=_effects,
    ),
    Button(
        name="halt-option", label=_("Halt an option"), permission="contracts.add_interruption", menu=_("More"),
        possible=_halts_options, form=OptionHaltForm, run=_halt, effects=_effects,
        fields={"no_notice": "option", "too_early": "on"},
    ),
]  # fmt: skip
