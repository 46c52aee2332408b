"""The steps of a billing run."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from billing.models import BillingRun
from billing.services.abandon_run import abandon_run
from billing.services.approve_run import approve_run
from billing.services.issue_run import issue_run
from billing.services.prepare_run import prepare_run
from billing.services.rate_run import rate_run
from billing.services.retry_parked import retry_parked
from billing.services.review_run import ISSUE
from workflow.staff.button_form import ButtonForm, MonthField, ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.second_person import may_decide

_MAY = "billing.change_billingrun"


class MonthForm(ButtonForm):
    """The month that is billed."""

    month = MonthField(label=_("billing month"))

    def set_up(self) -> None:
        self.fields["month"].initial = _month_before(self.on_day)


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _prepare(press: Press) -> Done:
    run = prepare_run(month=press.data["month"], by=press.by, at=press.at)
    return Done(message=_("The run is prepared."), go_to=run)


def _rate(press: Press) -> Done:
    rate_run(run=press.obj, by=press.by, at=press.at)
    return Done(message=_("The workers rate the run; this page shows how far they are."))


def _retry(press: Press) -> Done:
    left = retry_parked(run=press.obj, by=press.by, at=press.at)
    if left:
        return Done(message=_("%(count)s contracts are still parked.") % {"count": left})
    return Done(message=_("Every parked contract is rated now."))


def _approve(press: Press) -> Done:
    approve_run(run=press.obj, by=press.by, at=press.at)
    return Done(message=_("Approved. The run can be issued."))


def _issue(press: Press) -> Done:
    issue_run(run=press.obj, by=press.by, at=press.at)
    return Done(message=_("The invoices are issued, and the notices are on their way."))


def _abandon(press: Press) -> Done:
    abandon_run(run=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("The run is dropped; its month can be run anew."))


prepare_button = Button(
    name="prepare",
    label=_("Prepare a run"),
    permission="billing.add_billingrun",
    look="primary",
    form=MonthForm,
    run=_prepare,
    effects=lambda obj: [
        Effect(text=_("The accounts of the month are cut into parts. Nothing is charged yet."))
    ],
    previews=False,
)

run_buttons = [
    Button(
        name="rate",
        label=_("Start rating"),
        permission=_MAY,
        possible=lambda run: run.state == BillingRun.State.PREPARED,
        look="primary",
        run=_rate,
        previews=False,
        effects=lambda run: [
            Effect(
                text=_(
                    "The workers rate every contract. One that cannot be rated is parked; the run goes on."
                )
            ),
            Effect(text=_("When all is rated, a second person is asked to approve.")),
        ],
    ),
    Button(
        name="resume",
        label=_("Hand out what is left again"),
        permission=_MAY,
        possible=lambda run: run.state == BillingRun.State.RATING,
        run=_rate,
        previews=False,
        effects=lambda run: [
            Effect(text=_("For workers that stand still: parts that are rated already stay as they are.")),
        ],
    ),
    Button(
        name="retry",
        label=_("Rate parked contracts again"),
        permission="billing.change_parkedcontract",
        possible=lambda run: (
            run.state == BillingRun.State.IN_REVIEW and run.parked.filter(resolved_in__isnull=True).exists()
        ),
        run=_retry,
        previews=False,
        effects=lambda run: [Effect(text=_("Contracts whose trouble is gone get their drafts in this run."))],
    ),
    Button(
        name="approve",
        label=_("Approve"),
        permission=_MAY,
        transition="approve",
        allowed=may_decide(ISSUE),
        look="primary",
        run=_approve,
        previews=False,
        effects=lambda run: [Effect(text=_("You agree, as the second person, that these invoices go out."))],
    ),
    Button(
        name="issue",
        label=_("Issue"),
        permission=_MAY,
        transition="issue",
        look="primary",
        run=_issue,
        previews=False,
        effects=lambda run: [
            Effect(text=_("Every invoice gets its number, without gaps, and its due day.")),
            Effect(text=_("Each subscriber is told. An invoice that is issued is never changed.")),
        ],
    ),
    Button(
        name="abandon",
        label=_("Drop the run"),
        permission=_MAY,
        transition="abandon",
        look="danger",
        form=ReasonForm,
        run=_abandon,
        previews=False,
        effects=lambda run: [
            Effect(text=_("Its drafts are gone. Charges that waited before it wait again."))
        ],
    ),
]
