"""Finding people and contracts by what is said on the telephone: a number, a name, its reading, a phone number, an e-mail.

Everything is looked for from its beginning, through indexes: there may be a million of each.
"""

import unicodedata

import jaconv
from django.db.models import F, Q, QuerySet

from contracts.models import Contract, Line, Subscriber
from contracts.models.subscriber import without

MOST = 500


def subscribers_matching(term: str) -> QuerySet[Subscriber]:
    """Subscribers whose number, name, reading, phone or e-mail begins with ``term``.

    Spaces in names and hyphens in phone numbers do not matter, nor whether a reading is in hiragana or katakana.
    """
    tight = _tight(term)
    if not tight:
        return Subscriber.objects.none()
    return Subscriber.objects.alias(
        tight_name=without(F("name"), " ", "　"),
        tight_kana=without(F("name_kana"), " ", "　"),
        tight_phone=without(F("phone"), "-"),
    ).filter(
        Q(number__startswith=tight.upper())
        | Q(tight_name__startswith="".join(term.split()))
        | Q(tight_name__startswith=tight)
        | Q(tight_kana__startswith=jaconv.hira2kata(tight))
        | Q(tight_phone__startswith=tight.replace("-", ""))
        | Q(email__startswith=tight)
        | Q(email__startswith=tight.lower())
    )


def contracts_matching(term: str) -> QuerySet[Contract]:
    """Contracts whose number begins with ``term``, or whose line's number or subscriber does."""
    tight = _tight(term).upper()
    if not tight:
        return Contract.objects.none()
    found = Q(number__startswith=tight) | Q(subscriber__in=subscriber_keys(term))
    if tight.startswith("L"):
        found |= Q(line__in=_keys(Line.objects.filter(number__startswith=tight)))
    return Contract.objects.filter(found)


def subscriber_keys(term: str) -> list[int]:
    """The keys of the subscribers that match, 500 at most: what a list is narrowed to.

    Keys and not a subquery, so that each condition uses its own index, and a page of the latest rows is not looked for
    by reading all of them backwards.
    """
    return _keys(subscribers_matching(term))


def contract_keys(term: str) -> list[int]:
    """The keys of the contracts that match, 500 at most."""
    return _keys(contracts_matching(term))


def _keys(rows: QuerySet[Subscriber] | QuerySet[Contract] | QuerySet[Line]) -> list[int]:
    return list(rows.order_by().values_list("pk", flat=True)[:MOST])


def _tight(term: str) -> str:
    return "".join(unicodedata.normalize("NFKC", term).split())
