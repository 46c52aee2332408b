"""What staff do with an invoice."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.admin.recompute_button import recompute_button
from billing.credits import creditable
from billing.models import Invoice
from billing.services.assign_receivable import assign_receivable
from billing.services.open_dispute import open_dispute
from billing.services.propose_credit import propose_credit
from billing.services.record_assignee_payment import (
    assignee_of,
    record_assignee_payment,
    unpaid_at_assignee,
)
from billing.services.record_promise import record_promise
from billing.services.write_off import WRITE_OFF, approve_write_off, propose_write_off, reject_write_off
from contracts.guards.disclosure import ground_when
from contracts.models import Partner
from terms.registry import pack_for
from workflow.staff.button_form import ButtonForm, ComeDayField, DatedReasonForm, DayField, ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.second_person import is_pending, may_decide

_LINES = 100
"""So many lines a form offers; of an invoice with more, the rest is given back by voiding it."""


class CreditForm(ReasonForm):
    """How much of which line is given back."""

    def set_up(self) -> None:
        for charge, left in creditable(self.obj)[:_LINES]:
            self.fields[f"line_{charge.pk}"] = forms.IntegerField(
                label=charge.name,
                required=False,
                min_value=1,
                max_value=left,
                help_text=_("Yen without tax; %(left)s are left.") % {"left": f"{left:,}"},
            )


class VoidForm(ReasonForm):
    """Whether another invoice takes its place."""

    reissue = forms.BooleanField(
        label=_("issue it again"),
        required=False,
        help_text=_("With the same lines, to the name and address as they stand now."),
    )


def _credit(press: Press) -> Done:
    amounts = {
        int(name.removeprefix("line_")): amount
        for name, amount in press.data.items()
        if name.startswith("line_") and amount
    }
    proposal = propose_credit(
        invoice=press.obj, by=press.by, at=press.at, reason=press.data["reason"], amounts=amounts
    )
    return Done(message=_("Proposed; a second person decides."), go_to=proposal)


def _void(press: Press) -> Done:
    proposal = propose_credit(
        invoice=press.obj,
        by=press.by,
        at=press.at,
        reason=press.data["reason"],
        void=True,
        reissue=press.data["reissue"],
    )
    return Done(message=_("Proposed; a second person decides."), go_to=proposal)


def _credited(invoice: Invoice) -> bool:
    return invoice.state in (Invoice.State.ISSUED, Invoice.State.SETTLED)


def _dispute(press: Press) -> Done:
    dispute = open_dispute(invoice=press.obj, by=press.by, on=press.data["on"], reason=press.data["reason"])
    return Done(message=_("The dispute is on record; no step is taken meanwhile."), go_to=dispute)


def _propose_write_off(press: Press) -> Done:
    propose_write_off(invoice=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("A second person is asked."))


def _approve_write_off(press: Press) -> Done:
    approve_write_off(invoice=press.obj, by=press.by, at=press.at)
    return Done(message=_("The claim is written off."))


def _reject_write_off(press: Press) -> Done:
    reject_write_off(invoice=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("The claim stands."))


write_off_buttons = [
    Button(
        name="propose-write-off",
        label=_("Propose to write it off"),
        permission="billing.add_receivableend",
        possible=lambda invoice: invoice.is_open and not is_pending(WRITE_OFF)(invoice),
        form=ReasonForm,
        run=_propose_write_off,
        menu=_("Claim"),
    ),
    Button(
        name="write-off",
        label=_("Write it off"),
        permission="billing.add_receivableend",
        transition="write_off",
        allowed=may_decide(WRITE_OFF),
        look="danger",
        run=_approve_write_off,
        effects=lambda invoice: [
            Effect(text=_("You agree, as the second person, that what is unpaid is given up.")),
            Effect(text=_("Suspensions and endings for debts that are gone are lifted or withdrawn.")),
        ],
    ),
    Button(
        name="keep-claim",
        label=_("Do not write it off"),
        permission="billing.add_receivableend",
        transition="write_off",
        allowed=may_decide(WRITE_OFF),
        form=ReasonForm,
        run=_reject_write_off,
    ),
]


class AssignForm(ButtonForm):
    """To which billing operator, from which day."""

    partner = forms.ModelChoiceField(
        label=_("billing operator"), queryset=Partner.objects.filter(role=Partner.Role.BILLING_OPERATOR)
    )
    on = ComeDayField(label=_("effective on"))

    def set_up(self) -> None:
        self.fields["on"].initial = self.on_day


def _assign(press: Press) -> Done:
    assign_receivable(invoice=press.obj, by=press.by, **press.data)
    return Done(message=_("The claim is assigned."))


def _handing_over(invoice: Invoice) -> Iterable[Effect]:
    ground = ground_when(pack_for(invoice.terms_code, today()), "claim_assigned")
    if ground is not None:
        yield Effect(
            text=_(
                "The billing operator is told what it needs to collect; the register of disclosures shows it."
            ),
            article=ground.article,
        )


assign_button = Button(
    name="assign",
    label=_("Assign the claim"),
    permission="billing.add_receivableend",
    transition="assign",
    form=AssignForm,
    run=_assign,
    menu=_("Claim"),
    effects=lambda invoice: [
        Effect(text=_("The billing operator asks for what is owed from then on; no step of ours follows.")),
        Effect(text=_("The subscriber is told only where the document does not say otherwise.")),
        *_handing_over(invoice),
    ],
)


class AssigneePaymentForm(ButtonForm):
    """What the billing operator told."""

    amount = forms.IntegerField(label=_("amount"), min_value=1)
    paid_on = DayField(label=_("paid on"))
    reference = forms.CharField(
        label=_("reference"), max_length=80, help_text=_("Of the billing operator’s message.")
    )

    def set_up(self) -> None:
        self.fields["amount"].initial = unpaid_at_assignee(self.obj)


def _assignee_paid(press: Press) -> Done:
    record_assignee_payment(invoice=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("On record, and in the register of disclosures as received."))


assignee_paid_button = Button(
    name="assignee-paid",
    label=_("The assignee was paid"),
    permission="billing.add_receivableend",
    possible=lambda invoice: assignee_of(invoice) is not None and unpaid_at_assignee(invoice) > 0,
    form=AssigneePaymentForm,
    run=_assignee_paid,
    menu=_("Claim"),
    effects=lambda invoice: [
        Effect(
            text=_("The message of the billing operator is logged as received; our books stay as they are.")
        )
    ],
)


class PromiseForm(ButtonForm):
    """By which day it is to be paid, and where that was written."""

    pay_by = DayField(label=_("to be paid by"), help_text=_("The last day."))
    writing = forms.CharField(
        label=_("writing"), max_length=200, help_text=_("The letter or e-mail in which it was agreed.")
    )


def _promise(press: Press) -> Done:
    promise = record_promise(invoice=press.obj, by=press.by, on=press.on, **press.data)
    return Done(message=_("The promise is on record; the subscriber is told."), go_to=promise)


promise_button = Button(
    name="promise",
    label=_("Record a promise to pay"),
    permission="billing.add_paymentpromise",
    possible=lambda invoice: invoice.is_open,
    form=PromiseForm,
    run=_promise,
    menu=_("Claim"),
    effects=lambda invoice: [
        Effect(text=_("No reminder, suspension or ending comes of this invoice up to that day.")),
        Effect(
            text=_("What was announced for it and has not come yet is withdrawn; what is in force stays.")
        ),
        Effect(text=_("If it is not paid by then, the steps go on from where its dates say.")),
    ],
)

invoice_buttons = [
    recompute_button,
    *write_off_buttons,
    assign_button,
    assignee_paid_button,
    Button(
        name="dispute",
        label=_("Record a dispute"),
        permission="billing.add_dispute",
        possible=lambda invoice: (
            invoice.is_open and not invoice.disputes.filter(closed_on__isnull=True).exists()
        ),
        form=DatedReasonForm,
        run=_dispute,
        effects=lambda invoice: [
            Effect(text=_("No reminder, suspension or ending comes of this invoice while it is in dispute.")),
            Effect(text=_("What was announced for it and has not come yet is withdrawn.")),
        ],
    ),
    promise_button,
    Button(
        name="credit",
        label=_("Give back a part"),
        permission="billing.add_creditproposal",
        possible=_credited,
        form=CreditForm,
        run=_credit,
        effects=lambda invoice: [
            Effect(text=_("Nothing changes until a second person agrees; then a credit note is issued.")),
            Effect(text=_("The invoice itself is never edited.")),
        ],
    ),
    Button(
        name="void",
        label=_("Void the invoice"),
        permission="billing.add_creditproposal",
        possible=_credited,
        look="danger",
        form=VoidForm,
        run=_void,
        effects=lambda invoice: [
            Effect(text=_("Nothing changes until a second person agrees; then a credit note is issued.")),
            Effect(text=_("All that was paid on it is set against other invoices or stays as credit.")),
        ],
    ),
]
