"""Record that a subscriber objects to a change of the terms."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.forms import in_form
from contracts.guards.silent import no_such_clause
from contracts.models import Contract, Ending, TermsVersion
from contracts.moments import japan_date
from contracts.services.declare_ending import declare_ending
from terms.pack import Pack
from terms.refusal import Refusal
from terms.rules.terms_objection import TermsObjection, TermsObjectionFacts, terms_objection
from workflow.errors import Refused
from workflow.models import User

OBJECTION = "terms_objection"
"""The ground of an ending by objection to new terms."""


def record_objection(
    *, contract: Contract, version: TermsVersion, by: User, received_at: datetime, form: str
) -> Ending:
    """The objection to ``version`` received at ``received_at``: the contract ends with the effective day (isp-access 2-4).

    Refused where the document knows no objection, it was not in writing, or it arrived after the effective day.
    """
    if version.terms_code != contract.terms_code:
        raise ValidationError(
            {"version": _("Contract %(contract)s is under other terms.") % {"contract": contract}}
        )
    return end_by_objection(
        contract=contract,
        pack=version.pack,
        effective=version.effective,
        by=by,
        received_at=received_at,
        form=form,
        reason="約款の変更に対する異議の通知を受けたため",
    )


def end_by_objection(
    *,
    contract: Contract,
    pack: Pack,
    effective: date,
    by: User,
    received_at: datetime,
    form: str,
    reason: str,
) -> Ending:
    """The contract ends with ``effective``, the day on which the change takes effect, as ``pack`` says of objections; ``reason`` is in
    Japanese. Refused as record_objection."""
    if not pack.has(TermsObjection):
        raise Refused(
            no_such_clause(pack, "no_objection", _("This document knows no objection to new terms."))
        )
    rule = pack.rule(TermsObjection)
    refusal = may_object(rule, effective, received_at=received_at, form=form)
    if refusal:
        raise Refused(refusal)
    with transaction.atomic():
        return declare_ending(
            contract=contract,
            by=by,
            on=japan_date(received_at),
            ended_by=Ending.By.AUTOMATIC,
            ground=OBJECTION,
            reason=reason,
            ends_on=effective,
            article=rule.article,
        )


def may_object(rule: TermsObjection, effective: date, *, received_at: datetime, form: str) -> Refusal | None:
    """Refuses where an objection has no effect, is not in writing, or arrived after the effective day."""
    if not rule.ends_contract:
        return Refusal(
            rule.article, "no_objection", _("Under this document an objection does not end the contract.")
        )
    if not terms_objection(rule, TermsObjectionFacts(effective=effective, received=received_at)).ends:
        return Refusal(
            rule.article,
            "objection_too_late",
            _("The objection had to arrive by %(day)s; it arrived later.") % {"day": effective},
        )
    return in_form("written", rule.article, form)
