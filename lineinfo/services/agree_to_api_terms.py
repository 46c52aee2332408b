"""Take an API contract that stays under earlier terms over to the version in force, because its subscriber agrees to it."""

from datetime import date

from django.db import transaction

from contracts.services.agree_to_terms import stay_no_longer
from contracts.services.note_change import note_change
from lineinfo.models import ApiContract, KeptApiVersion
from terms.article import ArticleRef
from terms.pack import Pack
from terms.registry import pack_for
from workflow.models import User


def agree_to_api_terms(*, kept: KeptApiVersion, by: User, on: date, form: str, reason: str) -> Pack:
    """The subscriber agreed on ``on`` to the version in force: it governs the API contract from that day, and is returned. ``form``:
    "written", "web" or "phone"; ``reason``: by which paper or words.

    It need not have been posted in time: whoever agrees is bound by that. Refused in another form than the document's;
    ValidationError where the contract is under it already.
    """
    pack = pack_for(kept.contract.terms_code, on)
    with transaction.atomic():
        contract = ApiContract.objects.select_for_update(of=("self",)).get(pk=kept.contract_id)
        stay_no_longer(kept, pack=pack, on=on, form=form)
        article = ArticleRef.parse(kept.article)
        note_change(contract, "agree_to_terms", by=by, on=on, reason=reason, article=article)
    return pack
