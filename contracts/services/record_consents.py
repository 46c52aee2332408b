"""Record what a subscriber agreed to."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.consent import clause_of, given_with_contract
from contracts.models import Consent, Contract, Request, Subscriber
from contracts.moments import japan_date
from terms.pack import Pack
from terms.registry import pack_for, statute
from workflow.models import User


def record_consents(
    *,
    by: User,
    at: datetime,
    form: str,
    contract: Contract | None = None,
    subscriber: Subscriber | None = None,
    terms_code: str = "",
    codes: Iterable[str] | None = None,
    given_by: str = "",
    request: Request | None = None,
) -> list[Consent]:
    """The consents given at ``at``, under the version of that day; what stands already is not recorded again.

    For a contract, or for everything of ``subscriber`` under ``terms_code``. ``codes`` are those of the document's or the law's
    [[consents]]; left out: all that go with the contract. ``given_by``: the person who agreed, the subscriber where empty.
    ValidationError for a consent that neither the document nor the law knows.
    """
    if contract is not None:
        subscriber, terms_code = contract.subscriber, contract.terms_code
    if subscriber is None:
        raise ValidationError({"subscriber": _("Say who agrees.")})
    on = japan_date(at)
    pack = contract.pack(on) if contract else pack_for(terms_code, on)
    law = statute(on, earliest=True)
    if codes is None:
        codes = [clause.code for clause in given_with_contract(pack)]
    made = []
    with transaction.atomic():
        standing = set(
            Consent.objects.filter(
                subscriber=subscriber, contract=contract, withdrawn_at__isnull=True
            ).values_list("terms_code", "code")
        )
        for code in codes:
            where, article = _clause(pack, law, code)
            if (where.code, code) in standing:
                continue
            consent = Consent(
                subscriber=subscriber,
                contract=contract,
                request=request,
                terms_code=where.code,
                effective=where.effective,
                code=code,
                article=article,
                form=form,
                given_by=given_by or subscriber.name,
                given_at=at,
                recorded_by=by,
            )
            # To look up again who and what was handed in would ask five times as much of the database as to record it.
            consent.clean_fields(exclude=["subscriber", "contract", "request", "recorded_by"])
            made.append(consent)
            standing.add((where.code, code))
        Consent.objects.bulk_create(made)
    return made


def _clause(pack: Pack, law: Pack, code: str) -> tuple[Pack, str]:
    found = clause_of(pack, law, code)
    if found is None:
        raise ValidationError(
            {
                "codes": _("“%(code)s” is no consent of this document; it has %(known)s.")
                % {"code": code, "known": ", ".join(consent.code for consent in pack.consents)}
            }
        )
    where, clause = found
    return where, str(clause.article)
