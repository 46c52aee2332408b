"""Take a contract that stays under earlier terms over to the version in force, because its subscriber agrees to it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Agreement, Contract, EarlierTerms, KeptVersion, TermsVersion
from contracts.services.note_change import note_change
from terms.article import ArticleRef
from terms.calendar import DAY
from terms.registry import pack_for
from workflow.models import User


def agree_to_terms(*, kept: KeptVersion, by: User, on: date, reason: str) -> Agreement:
    """The subscriber agreed on ``on`` to the version in force: it governs the contract from that day. ``reason``: how, and by which
    paper. ValidationError where it is over already, or where the version was never published."""
    pack = pack_for(kept.contract.terms_code, on)
    version = TermsVersion.objects.filter(terms_code=pack.code, effective=pack.effective).first()
    if version is None:
        raise ValidationError(_("Publish the version of %(day)s first.") % {"day": pack.effective})
    with transaction.atomic():
        Contract.objects.select_for_update(of=("self",)).get(pk=kept.contract_id)
        stay_no_longer(kept, on=on)
        agreement, _made = Agreement.objects.update_or_create(
            contract=kept.contract, since=on, defaults={"version": version}
        )
        note_change(
            kept.contract,
            "agree_to_terms",
            by=by,
            on=on,
            reason=reason,
            article=ArticleRef.parse(kept.article),
        )
    return agreement


def stay_no_longer(kept: EarlierTerms, *, on: date) -> None:
    """From ``on`` the contract, which the caller has locked, is under the version in force. ValidationError where it is already."""
    kept.refresh_from_db()
    if kept.until is not None or on < kept.since:
        raise ValidationError(_("This contract does not stay under earlier terms on that day."))
    kept.until = on - DAY
    kept.save(update_fields=["until"])
