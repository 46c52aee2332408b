"""Give data about a subscriber to somebody, decline to, or receive such data: each is logged with its ground."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.consents import consent_for
from contracts.guards.disclosure import DisclosureFacts, disclosure_ground, may_disclose
from contracts.models import Contract, Disclosure, Partner
from contracts.moments import japan_date
from terms.registry import statute
from workflow.errors import Refused
from workflow.models import User


def record_disclosure(
    *,
    contract: Contract,
    by: User,
    at: datetime,
    ground: str,
    items: Sequence[str],
    answer: str = Disclosure.Answer.GIVEN,
    partner: Partner | None = None,
    recipient: str = "",
    name: str = "",
    reference: str = "",
    reason: str = "",
    overdue: bool = False,
) -> Disclosure:
    """The log entry of ``answer``: given, refused or received, at ``at``.

    ``ground`` and ``items`` in the words of the document's or the law's [[disclosures]]; ``recipient`` and ``name`` where the
    other side is no partner. ``overdue``: the caller looked, and a debt is. Refused where no ground allows it, and then nothing
    may be passed.
    """
    if partner is not None:
        recipient, name = partner.role, partner.name
    if not name.strip():
        raise ValidationError({"name": _("Say to whom, or from whom.")})
    on = japan_date(at)
    pack, law = contract.pack(on), statute(on, earliest=True)
    found = disclosure_ground(pack, law, ground)
    consent = consent_for(contract, found.consent) if found and found.consent else None
    if answer not in Disclosure.Answer:
        raise ValidationError({"answer": _("“%(answer)s” is no answer.") % {"answer": answer}})
    refusal = may_disclose(
        pack,
        law,
        DisclosureFacts(
            ground=ground,
            recipient=recipient,
            items=tuple(items),
            answer=answer,
            consented=consent is not None,
            reference=reference,
            reason=reason,
            known=partner is not None,
            labels={code: str(label) for code, label in Disclosure.Item.choices},
            overdue=overdue,
        ),
    )
    if refusal:
        raise Refused(refusal)
    assert found is not None
    entry = Disclosure(
        contract=contract,
        answer=answer,
        ground=ground,
        article=str(found.article),
        consent=consent,
        items=list(items),
        recipient=recipient,
        partner=partner,
        name=name,
        reference=reference,
        reason=reason,
        at=at,
        by=by,
    )
    entry.full_clean()
    entry.save()
    return entry
