"""The steps of a repair ticket."""

from collections.abc import Iterable

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.admin.told import told
from contracts.models import Contract, RepairTicket
from contracts.models.contract import LIVE_STATES
from contracts.services.close_ticket import close_ticket
from contracts.services.confirm_own_check import confirm_own_check
from contracts.services.dispatch_repair import dispatch_repair
from contracts.services.report_fault import report_fault
from contracts.services.run_line_test import run_line_test
from workflow.services.perform import perform
from workflow.staff.button_form import ButtonForm, ComeMomentField, ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press

_MAY = "contracts.change_repairticket"
_TESTABLE = {RepairTicket.State.REPORTED, RepairTicket.State.CHECKED}


class _AtForm(ButtonForm):
    """When."""

    at = ComeMomentField(label=_("When"))

    def set_up(self) -> None:
        self.fields["at"].initial = timezone.now()


class ReportForm(_AtForm):
    """What the subscriber says."""

    symptom = forms.CharField(label=_("symptom"), widget=forms.Textarea(attrs={"rows": 2}))
    own_check = forms.CharField(
        label=_("own check of the subscriber"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("How the subscriber made sure that the own equipment has no fault; empty if not yet."),
    )
    down = ComeMomentField(
        label=_("down since"), required=False, help_text=_("Only where the line cannot be used at all.")
    )


class CheckForm(_AtForm):
    """How the subscriber made sure."""

    own_check = forms.CharField(
        label=_("own check of the subscriber"), widget=forms.Textarea(attrs={"rows": 2})
    )


class TestForm(_AtForm):
    """What the test says."""

    clear = forms.TypedChoiceField(
        label=_("result"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("our facilities are in order")), ("no", _("our facilities have a fault"))],
        widget=forms.RadioSelect,
    )


class DispatchForm(_AtForm):
    """Who wanted it."""

    requested = forms.BooleanField(label=_("visit asked for by the subscriber"), required=False)


class CloseForm(_AtForm):
    """What it was."""

    cause = forms.ChoiceField(label=_("cause"), choices=RepairTicket.Cause.choices, widget=forms.RadioSelect)
    maintained = forms.BooleanField(label=_("maintained by us under a contract"), required=False)
    findings = forms.CharField(label=_("findings"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


def _report(press: Press) -> Done:
    ticket = report_fault(contract=press.obj, by=press.by, **press.data)
    return Done(message=_("The fault is taken."), go_to=ticket)


def _check(press: Press) -> Done:
    confirm_own_check(ticket=press.obj, by=press.by, **press.data)
    return Done(message=_("The check is recorded."))


def _test(press: Press) -> Done:
    run_line_test(ticket=press.obj, by=press.by, **press.data)
    return Done(message=_("The result is recorded; the subscriber is told."))


def _dispatch(press: Press) -> Done:
    dispatch_repair(ticket=press.obj, by=press.by, **press.data)
    return Done(message=_("Somebody is sent out."))


def _close(press: Press) -> Done:
    close_ticket(ticket=press.obj, by=press.by, **press.data)
    return Done(message=_("The ticket is closed; the subscriber is told."))


def _withdraw(press: Press) -> Done:
    perform(press.obj, "withdraw", by=press.by, on=press.on, reason=press.data["reason"])
    return Done(message=_("The report is withdrawn."))


def _on_sending(ticket: RepairTicket) -> Iterable[Effect]:
    table = ticket.contract.pack(today()).repair
    if table and table.dispatch_article:
        yield Effect(
            text=_(
                "The visit costs the subscriber only after a clear test, at request, and for a fault of own equipment."
            ),
            article=table.dispatch_article,
        )


def _on_closing(ticket: RepairTicket) -> Iterable[Effect]:
    if ticket.outage and ticket.outage.restored is None:
        yield Effect(text=_("The outage ends with it."))
    yield Effect(text=_("A notice goes to %(recipient)s.") % {"recipient": told(ticket.contract)})


def _has_line(contract: Contract) -> bool:
    return contract.state in LIVE_STATES and contract.line_id is not None


report_button = Button(
    name="report-fault",
    label=_("Report a fault"),
    permission="contracts.add_repairticket",
    possible=_has_line,
    form=ReportForm,
    run=_report,
)
ticket_buttons = [
    Button(
        name="check", label=_("Own check done"), permission=_MAY, transition="confirm_check", look="primary",
        form=CheckForm, run=_check,
    ),
    Button(
        name="test", label=_("Record a test"), permission=_MAY,
        possible=lambda ticket: ticket.state in _TESTABLE, form=TestForm, run=_test,
        effects=lambda ticket: [
            Effect(text=_("A notice goes to %(recipient)s.") % {"recipient": told(ticket.contract)})
        ],
    ),
    Button(
        name="dispatch", label=_("Send somebody out"), permission=_MAY, transition="dispatch",
        form=DispatchForm, run=_dispatch, effects=_on_sending,
    ),
    Button(
        name="close", label=_("Close the ticket"), permission=_MAY, transition="close", look="primary",
        form=CloseForm, run=_close, effects=_on_closing,
    ),
    Button(
        name="withdraw", label=_("Withdraw"), permission=_MAY, transition="withdraw", form=ReasonForm, run=_withdraw,
    ),
]  # fmt: skip
