"""What staff do about the breach of a duty, and how it is put on record from the page of a contract."""

from django.utils.translation import gettext_lazy as _

from contracts.admin.told import told
from contracts.admin.violation_form import (
    AnnounceMeasureForm,
    DamageForm,
    EndViolatorForm,
    RecordForm,
    SuspendViolatorForm,
    TakeMeasureForm,
)
from contracts.guards.violation import ending_grounds, suspension_grounds
from contracts.models import Violation
from contracts.models.contract import LIVE_STATES, RUNNING_STATES
from contracts.services.claim_damage import claim_damage
from contracts.services.close_violation import cure_violation, dismiss_violation
from contracts.services.record_violation import record_violation
from contracts.services.sanction_violation import end_for_violation, suspend_for_violation
from contracts.services.take_content_measure import announce_content_measure, take_content_measure
from terms.article import ArticleRef
from terms.pack import Pack
from workflow.staff.button_form import ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press

_OPEN = {Violation.State.OPEN, Violation.State.ACTED_ON}


def _pack(violation: Violation) -> Pack:
    return violation.contract.pack(today())


def _article(violation: Violation) -> ArticleRef:
    return ArticleRef.parse(violation.article)


def _may_measure(violation: Violation) -> bool:
    return violation.state in _OPEN and _pack(violation).content_measures is not None


def _must_announce(violation: Violation) -> bool:
    table = _pack(violation).content_measures
    return violation.state in _OPEN and table is not None and table.prior_notice


def _paid_for(violation: Violation) -> bool:
    table = _pack(violation).lent_equipment
    return table is not None and violation.duty in table.reparation_duties


def _record(press: Press) -> Done:
    violation = record_violation(contract=press.obj, by=press.by, on=press.on, **press.data)
    return Done(message=_("The breach is on record."), go_to=violation)


def _suspend(press: Press) -> Done:
    suspension = suspend_for_violation(violation=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("The suspension is proposed. A second person decides."), go_to=suspension)


def _end(press: Press) -> Done:
    proposal = end_for_violation(violation=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("The ending is proposed. A second person decides."), go_to=proposal)


def _announce(press: Press) -> Done:
    announce_content_measure(violation=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("The notice is written and will be sent."))


def _measure(press: Press) -> Done:
    take_content_measure(violation=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("The measure is on record."))


def _damage(press: Press) -> Done:
    claim_damage(violation=press.obj, by=press.by, on=press.on, **press.data)
    return Done(message=_("The cost is claimed; the subscriber is told."))


def _cure(press: Press) -> Done:
    cure_violation(violation=press.obj, by=press.by, on=press.on, reason=press.data["reason"])
    return Done(message=_("The breach is cured; what rested on it falls away."))


def _dismiss(press: Press) -> Done:
    dismiss_violation(violation=press.obj, by=press.by, on=press.on, reason=press.data["reason"])
    return Done(message=_("Dismissed."))


record_violation_button = Button(
    name="record-violation",
    label=_("Record a breach of duty"),
    permission="contracts.add_violation",
    menu=_("More"),
    possible=lambda contract: contract.state in LIVE_STATES and bool(contract.pack(today()).duties),
    form=RecordForm,
    run=_record,
    effects=lambda contract: [
        Effect(text=_("Nothing is sanctioned now; a suspension or an ending can be proposed from it.")),
        Effect(text=_("A claim is passed on to %(recipient)s where the document says so.") % {"recipient": told(contract)}),
    ],
    fields={"no_such_duty": "duty", "due_care": "due_care", "not_answerable": "other_user"},
)  # fmt: skip

violation_buttons = [
    Button(
        name="suspend", label=_("Propose a suspension"), permission="contracts.add_suspension", look="danger",
        possible=lambda violation: violation.state in _OPEN and violation.contract.state in RUNNING_STATES
        and bool(suspension_grounds(_pack(violation), _article(violation))),
        form=SuspendViolatorForm, run=_suspend,
        fields={"no_such_ground": "ground", "no_urgent_exception": "urgent", "too_long": "through"},
        effects=lambda violation: [
            Effect(text=_("Nothing is cut now: a second person decides on the proposal."), article=violation.article)
        ],
    ),
    Button(
        name="end", label=_("Propose an ending"), permission="contracts.add_endingproposal", look="danger",
        possible=lambda violation: violation.state in _OPEN and violation.contract.state in RUNNING_STATES
        and bool(ending_grounds(_pack(violation), _article(violation))),
        form=EndViolatorForm, run=_end,
        fields={"no_such_ground": "ground", "not_suspended": "ground", "no_urgent_exception": "urgent",
                "not_in_advance": "ends_on", "notice_first": "ends_on"},
        effects=lambda violation: [
            Effect(text=_("The contract goes on for now: a second person decides on the proposal."), article=violation.article)
        ],
    ),
    Button(
        name="announce-measure", label=_("Announce a measure against content"), permission="contracts.add_contentmeasure",
        menu=_("More"), possible=_must_announce, form=AnnounceMeasureForm, run=_announce,
        effects=lambda violation: [
            Effect(text=_("A notice goes to %(recipient)s.") % {"recipient": told(violation.contract)})
        ],
    ),
    Button(
        name="measure", label=_("Act on content"), permission="contracts.add_contentmeasure", look="danger",
        possible=_may_measure, form=TakeMeasureForm, run=_measure,
        fields={"no_content_measure": "kind", "no_urgent_exception": "urgent"},
        effects=lambda violation: [
            Effect(text=_("What was done to the content is recorded with its ground."), article=violation.article)
        ],
    ),
    Button(
        name="claim-damage", label=_("Claim the cost of damage"), permission="contracts.change_violation", menu=_("More"),
        possible=lambda violation: violation.state in _OPEN and _paid_for(violation), form=DamageForm, run=_damage,
        effects=lambda violation: [
            Effect(text=_("A notice goes to %(recipient)s.") % {"recipient": told(violation.contract)}, article=violation.article),
            Effect(text=_("It stands on the invoice of the month in which it is to be paid.")),
        ],
    ),
    Button(
        name="cure", label=_("Cured"), permission="contracts.change_violation", transition="cure", look="primary",
        form=ReasonForm, run=_cure,
        effects=lambda violation: [
            Effect(text=_("A suspension or an ending that rests on it is withdrawn or lifted; the subscriber is told."))
        ],
    ),
    Button(
        name="dismiss", label=_("Dismiss"), permission="contracts.change_violation", transition="dismiss",
        form=ReasonForm, run=_dismiss,
    ),
]  # fmt: skip
