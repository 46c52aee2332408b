"""What staff record of the conduct under an API contract: subcontractors, breaches, claims for damages, consent to new terms."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from contracts.admin.kept_version import AgreeForm
from lineinfo.admin.api_breach_forms import BreachForm, ClaimForm, ReceiveClaimForm, SubcontractorForm
from lineinfo.models import ApiContract, KeptApiVersion
from lineinfo.services.agree_to_api_terms import agree_to_api_terms
from lineinfo.services.answer_api_claim import receive_api_claim
from lineinfo.services.claim_api_damage import claim_api_damage
from lineinfo.services.record_api_breach import record_api_breach
from lineinfo.services.register_subcontractor import register_subcontractor
from workflow.staff.button_form import today
from workflow.staff.buttons import Button, Done, Effect, Press


def _subcontractor(press: Press) -> Done:
    found = register_subcontractor(contract=press.obj, by=press.by, on=press.on, **press.data)
    return Done(message=_("%(name)s is registered.") % {"name": found}, go_to=found)


def _breach(press: Press) -> Done:
    found = record_api_breach(contract=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("The breach is on record; the contractor is asked to put it right."), go_to=found)


def _claim(press: Press) -> Done:
    found = claim_api_damage(contract=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("The damage is claimed; the contractor is told."), go_to=found)


def _receive(press: Press) -> Done:
    found = receive_api_claim(contract=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("The claim is on record, to be answered."), go_to=found)


def _concluded(contract: ApiContract) -> bool:
    return contract.accepted_on is not None and contract.pack(today()).damages is not None


def _kept(contract: ApiContract) -> KeptApiVersion | None:
    """What keeps the contract under an earlier version now."""
    return next((kept for kept in contract.kept_versions.all() if kept.until is None), None)


def _agree(press: Press) -> Done:
    kept = _kept(press.obj)
    assert kept is not None
    pack = agree_to_api_terms(kept=kept, by=press.by, on=press.on, **press.data)
    return Done(
        message=_("From today %(version)s applies.") % {"version": f"{pack.title} ({pack.effective})"}
    )


def _on_agreeing(contract: ApiContract) -> Iterable[Effect]:
    kept = _kept(contract)
    yield Effect(
        text=_("From today the version in force governs the contract; nothing is sent."),
        article=kept.article if kept else "",
    )


conduct_buttons = [
    Button(
        name="register-subcontractor", label=_("Register a subcontractor"), permission="lineinfo.add_subcontractor", menu=_("More"),
        possible=lambda contract: contract.is_live, form=SubcontractorForm, run=_subcontractor,
        fields={"not_bound": "duties_on", "not_supervised": "supervision"},
        effects=lambda contract: [Effect(text=_("Its acts count as the contractor’s own."))],
    ),
    Button(
        name="record-breach", label=_("Record a breach of duty"), permission="lineinfo.add_apibreach", menu=_("More"),
        possible=lambda contract: contract.is_live and bool(contract.pack(today()).duties), form=BreachForm, run=_breach,
        fields={"no_such_duty": "duty"},
        effects=lambda contract: [Effect(text=_("The contractor is asked to put it right; nothing is sanctioned now."))],
    ),
    Button(
        name="claim-damage", label=_("Claim damages"), permission="lineinfo.add_apidamageclaim", menu=_("More"),
        possible=_concluded, form=ClaimForm, run=_claim, fields={"no_fault": "fault"},
        effects=lambda contract: [Effect(text=_("The contractor is told. It is no charge and stands on no invoice."))],
    ),
    Button(
        name="receive-claim", label=_("Take a claim of the contractor"), permission="lineinfo.add_apidamageclaim", menu=_("More"),
        possible=_concluded, form=ReceiveClaimForm, run=_receive,
    ),
    Button(
        name="agree", label=_("The subscriber agrees to the version in force"), permission="lineinfo.change_apicontract",
        menu=_("More"), possible=lambda contract: contract.is_live and _kept(contract) is not None, form=AgreeForm,
        run=_agree, effects=_on_agreeing,
    ),
]  # fmt: skip
