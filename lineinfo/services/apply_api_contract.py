"""Receive the application for an API contract."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from contracts.guards.application import ApplicationFacts, application_of, what_forbids
from contracts.guards.forms import in_form
from contracts.models import Subscriber
from lineinfo.beginnings import note_beginning
from lineinfo.models import ApiContract
from lineinfo.rights import target_contracts
from terms.pack import Pack
from terms.refusal import Refusal
from terms.registry import pack_for
from workflow.errors import Refused, WrongState
from workflow.models import User


def apply_api_contract(
    *, subscriber: Subscriber, terms_code: str, by: User, on: date, form: str = ApiContract.Form.WRITTEN
) -> ApiContract:
    """An API contract in state applied, for the subscriber who applied on ``on`` in ``form``.

    Refused (line-info-api 6) in another form than the document's, or where the subscriber has no target contract in the
    same name; WrongState where an application or an API contract is there already.
    """
    pack = pack_for(terms_code, on)
    table = application_of(pack)
    refusal = in_form(table.form, table.form_article, form) or target_missing(pack, subscriber, on)
    if refusal:
        raise Refused(refusal)
    with transaction.atomic():
        contract = ApiContract(subscriber=subscriber, terms_code=terms_code, form=form, applied_on=on)
        try:
            with transaction.atomic():
                contract.save()
        except IntegrityError as error:
            raise WrongState(
                _("%(subscriber)s already has an API contract.") % {"subscriber": subscriber}
            ) from error
        note_beginning(contract, "apply", by=by, on=on, article=table.form_article)
    return contract


def target_missing(pack: Pack, subscriber: Subscriber, on: date) -> Refusal | None:
    """The refusal where the document's conditions on the applicant are not met on a day, or None."""
    targets = target_contracts(subscriber=subscriber, terms_code=pack.code, on=on)
    facts = ApplicationFacts(holder=subscriber.kind, in_area=True, has_target=targets.exists())
    return next(iter(what_forbids(pack, facts)), None)
