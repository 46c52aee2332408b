"""Take a contract that stays under earlier terms over to the version in force, because its subscriber agrees to it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.forms import in_form
from contracts.guards.terms_change import terms_notice_of
from contracts.models import Agreement, Contract, EarlierTerms, KeptVersion, TermsVersion
from contracts.services.note_change import note_change
from terms.article import ArticleRef
from terms.calendar import DAY
from terms.pack import Pack
from terms.registry import pack_for, statute
from workflow.errors import Refused
from workflow.models import User


def agree_to_terms(*, kept: KeptVersion, by: User, on: date, form: str, reason: str) -> Agreement:
    """The subscriber agreed on ``on`` to the version in force: it governs the contract from that day. ``form``: "written", "web" or
    "phone"; ``reason``: by which paper or words.

    It need not have been announced in time: whoever agrees is bound by it. Refused in another form than the document's
    (business-network 4). ValidationError where it is over already, or where the version was never published.
    """
    pack = pack_for(kept.contract.terms_code, on)
    version = TermsVersion.objects.filter(terms_code=pack.code, effective=pack.effective).first()
    if version is None:
        raise ValidationError(_("Publish the version of %(day)s first.") % {"day": pack.effective})
    with transaction.atomic():
        Contract.objects.select_for_update(of=("self",)).get(pk=kept.contract_id)
        stay_no_longer(kept, pack=pack, on=on, form=form)
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


def stay_no_longer(kept: EarlierTerms, *, pack: Pack, on: date, form: str) -> None:
    """From ``on`` the contract, which the caller has locked, is under the version in force, ``pack``, as agreed in ``form``.

    Refused in another form than the document's; ValidationError where it is under that version already."""
    table = terms_notice_of(pack, statute(on))
    refusal = in_form(table.agreement_form, table.article, form)
    if refusal:
        raise Refused(refusal)
    kept.refresh_from_db()
    if kept.until is not None or on < kept.since:
        raise ValidationError(_("This contract does not stay under earlier terms on that day."))
    kept.until = on - DAY
    kept.save(update_fields=["until"])
