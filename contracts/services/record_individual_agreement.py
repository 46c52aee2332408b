"""Record what was agreed with one subscriber otherwise than the document has it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.individual_agreement import agreement_clause, may_agree
from contracts.models import Contract, IndividualAgreement
from contracts.services.note_change import note_change
from contracts.tariff_codes import unknown_codes
from terms.article import ArticleRef
from terms.errors import PackError
from terms.overrides import with_overrides
from terms.registry import statute
from workflow.errors import Refused
from workflow.models import User


def record_individual_agreement(
    *,
    contract: Contract,
    by: User,
    on: date,
    since: date,
    form: str,
    evidence: str,
    tables: Mapping[str, Mapping[str, Any]] | None = None,
    prices: Mapping[str, int] | None = None,
    until: date | None = None,
) -> IndividualAgreement:
    """The agreement made on ``on``, in force from ``since`` through ``until``: parameters of the document's tables, and prices.

    ``tables`` are read by the loader of the packs, as strictly. ValidationError for a table, key or value that the document
    does not have, for a price that is no whole yen or of no tariff of the document, and for an agreement of nothing; Refused
    in a form that the document does not let count.
    """
    pack, law = contract.pack(since), statute(on, earliest=True)
    refusal = may_agree(pack, law, form)
    if refusal:
        raise Refused(refusal)
    tables, prices = dict(tables or {}), dict(prices or {})
    if not tables and not prices:
        raise ValidationError({"tables": _("Say what was agreed: parameters of the document, or prices.")})
    try:
        with_overrides(pack, tables, since=since)
    except PackError as error:
        place = ".".join(part for part in (error.table, error.key) if part)
        raise ValidationError(
            {
                "tables": _(
                    "“%(place)s” cannot be agreed so; write it as the file of the document does (%(problem)s)."
                )
                % {"place": place, "problem": error.problem}
            }
        ) from error
    for code, amount in prices.items():
        if not isinstance(amount, int) or isinstance(amount, bool) or amount < 0:
            raise ValidationError(
                {"prices": _("“%(code)s” needs whole yen, not less than nought.") % {"code": code}}
            )
    unknown = unknown_codes(contract.terms_code, prices)
    if unknown:
        raise ValidationError(
            {
                "prices": _("“%(codes)s”: no tariff of this document has such a code.")
                % {"codes": ", ".join(unknown)}
            }
        )
    clause = agreement_clause(pack, law)
    with transaction.atomic():
        agreement = IndividualAgreement(
            contract=contract,
            agreed_on=on,
            since=since,
            until=until,
            form=form,
            evidence=evidence,
            article=str(clause.article),
            tables=tables,
            prices=prices,
            by=by,
        )
        agreement.full_clean()
        agreement.save()
        Contract.objects.filter(pk=contract.pk).update(individual=True)
        contract.individual = True
        note_change(contract, "agree_individually", by=by, on=on, reason=evidence, article=clause.article)
    return agreement


def end_individual_agreement(*, agreement: IndividualAgreement, by: User, on: date, until: date) -> None:
    """The agreement is in force through ``until`` and no longer. ValidationError for a day before it, or past already."""
    with transaction.atomic():
        agreement.refresh_from_db(from_queryset=IndividualAgreement.objects.select_for_update(of=("self",)))
        if until < on:
            raise ValidationError(
                {"until": _("An agreement ends today or later; what was charged on it stays.")}
            )
        agreement.until = until
        agreement.full_clean()
        agreement.save(update_fields=["until"])
        note_change(
            agreement.contract,
            "end_individual_agreement",
            by=by,
            on=on,
            reason=agreement.evidence,
            article=ArticleRef.parse(agreement.article),
        )
