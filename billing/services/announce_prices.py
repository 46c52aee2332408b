"""Announce other fees: post them for all to read, and tell each subscriber where the document has each of them told."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from billing.models import TariffPrice
from contracts.guards.terms_change import terms_notice_of
from contracts.models import Contract
from contracts.models.contract import LIVE_STATES
from contracts.moments import japan_date
from contracts.selectors import one_of_each_subscriber
from notices.facts import day_words, yen_words
from notices.models import Posting
from notices.services.post import post
from notices.services.send_notice import send_notices, write_notice
from terms.registry import pack_for, statute

_CHUNK = 1000


@dataclass(frozen=True)
class Change:
    """Another fee: ``before``, in yen without tax, and the price that takes over."""

    price: TariffPrice
    before: int

    @property
    def words(self) -> str:
        """The change as subscribers read it."""
        price = self.price
        return (
            f"{price.tariff.name}：{day_words(price.valid_from)}から{yen_words(price.amount)}"
            f"（改定前{yen_words(self.before)}）"
        )


def announce_prices(*, changes: Sequence[Change], at: datetime) -> list[Posting]:
    """One posting for each document at ``at``, which its prices keep; whoever is charged such a fee is told where the document
    wants every subscriber told (isp-access 2-3)."""
    by_terms: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_terms[change.price.tariff.terms_code].append(change)
    return [_announce(code, mine, at) for code, mine in by_terms.items()]


def _announce(code: str, changes: list[Change], at: datetime) -> Posting:
    on = japan_date(at)
    pack = pack_for(code, on, earliest=True)
    table = terms_notice_of(pack, statute(on, earliest=True))
    words = [change.words for change in changes]
    posting = post(
        category=Posting.Category.TERMS,
        title=f"「{pack.title}」に基づく料金の改定について",
        body="\n".join(["次の料金を改定します。金額は税抜です。", *(f"・{each}" for each in words)]),
        article=table.article,
        at=at,
    )
    for change in changes:
        change.price.posting = posting
        change.price.save(update_fields=["posting"])
    if table.reasonable_period:
        facts = {"terms": pack.title, "changes": words, "objection": table.objection}
        for chunk in _concerned(code, changes):
            send_notices(
                write_notice(
                    occasion="fees_changed",
                    recipient=contract.subscriber,
                    about=posting,
                    article=table.article,
                    facts=facts,
                    at=at,
                )
                for contract in chunk
            )
    return posting


def _concerned(code: str, changes: list[Change]) -> Iterator[list[Contract]]:
    """A live contract of each subscriber with one of those products or options; everybody's for a fee of no product."""
    products = [change.price.tariff.product_id for change in changes]
    found = Contract.objects.filter(terms_code=code, state__in=LIVE_STATES)
    if None not in products:
        found = found.filter(
            Q(product__in=products) | Q(options__product__in=products, options__ends_on__isnull=True)
        )
    return one_of_each_subscriber(found, size=_CHUNK)
