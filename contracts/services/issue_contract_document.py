"""Hand over the contract document (電気通信事業法26の2): made as a PDF, kept, sent electronically or as a letter."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.consents import ELECTRONIC_DOCUMENT, consent_for
from contracts.models import Contract, ContractDocument, Request, Subscriber
from contracts.moments import japan_date
from notices.article_words import article_words
from notices.letters import letters_pdf
from notices.models import Notice
from notices.services.send_notice import send_notice
from terms.pack import Pack
from terms.registry import statute
from terms.rules.early_termination_fee import EarlyTerminationFee
from terms.rules.initial_cancellation import InitialCancellation
from terms.rules.minimum_term import MinimumTerm
from terms.rules.renewal import Renewal
from terms.rules.termination_notice_deadline import TerminationNoticeDeadline
from workflow.models import User

ARTICLE = "電気通信事業法26の2"


def issue_contract_document(
    *,
    contract: Contract,
    by: User,
    at: datetime,
    fees: Sequence[tuple[str, int]],
    payment: str,
    request: Request | None = None,
) -> ContractDocument:
    """The document on ``contract`` as it stands at ``at``, after its conclusion or after the change ``request``.

    ``fees``: name and yen without tax; ``payment``: when and how, in Japanese. Electronically where the subscriber agreed to that
    and has an e-mail address, otherwise a letter of the print batch. The same document is issued once: a second call returns the first.
    """
    if contract.formed_on is None:
        raise ValidationError(_("Contract %(contract)s is not formed yet.") % {"contract": contract})
    found = contract.documents.filter(request=request).first()
    if found is not None:
        return found
    on = japan_date(at)
    pack, law = contract.pack(on), statute(on, earliest=True)
    consent = consent_for(contract, ELECTRONIC_DOCUMENT)
    electronic = consent is not None and bool(contract.subscriber.email)
    with transaction.atomic():
        notice = send_notice(
            occasion="contract_document",
            recipient=contract.subscriber,
            about=contract,
            article=law.article(ARTICLE),
            facts=_facts(contract, pack, law, on, fees, payment),
            at=at,
            channel=Notice.Channel.EMAIL if electronic else Notice.Channel.LETTER,
        )
        pdf = letters_pdf([notice], at=at)
        document = ContractDocument(
            contract=contract,
            request=request,
            terms_code=pack.code,
            effective=pack.effective,
            delivery=ContractDocument.Delivery.ELECTRONIC if electronic else ContractDocument.Delivery.PAPER,
            consent=consent if electronic else None,
            notice=notice,
            sha256=hashlib.sha256(pdf).hexdigest(),
            issued_at=at,
            issued_by=by,
        )
        document.file.save(f"{contract.number}-{on:%Y%m%d}.pdf", ContentFile(pdf), save=False)
        document.save()
    return document


def _facts(
    contract: Contract, pack: Pack, law: Pack, on: date, fees: Sequence[tuple[str, int]], payment: str
) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "contract_number": contract.number,
        "product": contract.product.name,
        "formed_on": contract.formed_on,
        "place": contract.line.full_address if contract.line else "回線の指定なし",
        "fees": list(fees) or [("月額利用料", 0)],
        "payment": payment,
        "term": _term(contract, pack),
        "ending": _ending(pack, on),
        "early_ending": _early(pack, on),
        "initial_cancellation": contract.subscriber.kind == Subscriber.Kind.PERSON
        and law.has(InitialCancellation),
    }
    if contract.service_start:
        facts["service_start"] = contract.service_start
    options = [option.product.name for option in contract.options.select_related("product")]
    if options:
        facts["options"] = options
    return facts


def _term(contract: Contract, pack: Pack) -> str:
    months = contract.term_months or contract.product.term_months
    if not months:
        return "期間の定めはありません。"
    text = f"利用開始日から{months}か月です。"
    return f"{text}期間の満了後は、お申し出のない限り更新されます。" if pack.has(Renewal) else text


def _ending(pack: Pack, on: date) -> str:
    table = pack.subscriber_ending
    if table is None:
        return "当社の窓口までお申し出ください。"
    form = {"written": "書面により", "web": "当社のウェブページから", "any": "当社の窓口に"}[table.form]
    months = pack.rule(TerminationNoticeDeadline).months if pack.has(TerminationNoticeDeadline) else 0
    when = f"解除しようとする日の{months}か月前までに" if months else "あらかじめ"
    return f"{when}、{form}お申し出ください（{article_words(table.article, on)}）。"


def _early(pack: Pack, on: date) -> str:
    if pack.has(EarlyTerminationFee):
        article = pack.rule(EarlyTerminationFee).article
    elif pack.has(MinimumTerm):
        article = pack.rule(MinimumTerm).article
    else:
        return "料金はかかりません。"
    return f"{article_words(article, on)}に基づく料金をお支払いいただきます。"
