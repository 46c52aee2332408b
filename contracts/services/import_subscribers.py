"""Take over subscribers and running contracts from another system: all rows or none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from contracts.checks import check_corporate_number
from contracts.importing.columns import COLUMNS
from contracts.importing.read_file import ImportRefused, Problem, Row, read_file
from contracts.models import Agreement, Contract, Line, Product, Subscriber, TermsVersion
from contracts.models.numbering import CONTRACT, LINE, PREFIXES, SUBSCRIBER
from terms.errors import TermsError
from terms.registry import pack_for
from workflow.models import StateChange, User

_OF_SUBSCRIBER = [
    column.name
    for column in COLUMNS
    if column.name not in ("subscriber_key", "product", "service_start", "document_received_on")
]
_OF_ADDRESS = ("postal_code", "prefecture", "city", "town", "building")


Products = dict[str, Product]
Versions = dict[tuple[str, date], TermsVersion]


@dataclass(frozen=True)
class Imported:
    """How many rows were written."""

    subscribers: int
    contracts: int


def import_subscribers(*, data: bytes, by: User, on: date) -> Imported:
    """Write every subscriber and contract of the CSV file ``data``; ``on`` is the day of taking over.

    Contracts are active since their service start, under the version of the terms of that day or the earliest one.
    Their contract documents were handed over by whoever made the contracts: on the day that the file gives, and else, as
    nobody knows, they are taken as received on ``on``. Without any day the eight days of an initial cancellation
    (電気通信事業法26の3) would never begin and so never be over; counted from the takeover they end later than they would have,
    never earlier. Where it turns out that no document ever arrived, one is issued and counts instead.
    Raises ImportRefused with every problem found, line by line; then nothing was written.
    """
    rows, problems = read_file(data)
    products = {product.code: product for product in Product.objects.filter(kind=Product.Kind.BASE)}
    versions = {(version.terms_code, version.effective): version for version in TermsVersion.objects.all()}
    for row in rows:
        problems += _check_row(row, products, versions, on)
    subscribers, found = _subscribers(rows, on)
    problems += found
    if problems:
        raise ImportRefused(sorted(problems, key=lambda problem: problem.line))
    with transaction.atomic():
        return _write(rows, subscribers, products, versions, by=by, on=on)


def _check_row(row: Row, products: Products, versions: Versions, on: date) -> Iterable[Problem]:
    product = products.get(row.values["product"])
    if product is None:
        yield row.problem(
            "product", _("“%(code)s” is no product of the catalogue.") % {"code": row.values["product"]}
        )
        return
    start = row.values["service_start"]
    if start > on:
        yield row.problem("service_start", _("lies in the future; only running contracts are taken over."))
    if (row.values.get("document_received_on") or on) > on:
        yield row.problem("document_received_on", _("lies in the future."))
    try:
        pack = pack_for(product.terms_code, start, earliest=True)
    except TermsError as error:
        yield row.problem("product", str(error))
        return
    if (pack.code, pack.effective) not in versions:
        yield row.problem("product", _("the terms of this product are not published; run load_terms first."))
    if pack.application and row.values["kind"] not in pack.application.holders:
        yield row.problem(
            "kind",
            _("this product’s terms do not admit this kind of subscriber [%(article)s].")
            % {"article": pack.application.holders_article or pack.application.article},
        )


def _subscribers(rows: list[Row], on: date) -> tuple[dict[str, Subscriber], list[Problem]]:
    """One subscriber for each key; every row of a key must say the same of it."""
    numbers = iter(_numbers(SUBSCRIBER, len({row.values["subscriber_key"] for row in rows})))
    subscribers: dict[str, Subscriber] = {}
    first: dict[str, Row] = {}
    problems: list[Problem] = []
    for row in rows:
        key = row.values["subscriber_key"]
        values = {name: row.values.get(name) or "" for name in _OF_SUBSCRIBER}
        values["channel"] = values["channel"] or Subscriber.Channel.EMAIL
        if key in first:
            problems += [
                row.problem(
                    name, _("differs from line %(line)s of the same subscriber.") % {"line": first[key].line}
                )
                for name in _OF_SUBSCRIBER
                if row.values.get(name) != first[key].values.get(name)
            ]
            continue
        first[key] = row
        subscriber = Subscriber(number=next(numbers), registered_on=on, **values)
        try:
            check_corporate_number(subscriber.corporate_number)
            subscriber.full_clean(exclude=["number", "user"])
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                problems += [
                    row.problem("" if name == NON_FIELD_ERRORS else name, message) for message in messages
                ]
        subscribers[key] = subscriber
    return subscribers, problems


def _write(
    rows: list[Row],
    subscribers: dict[str, Subscriber],
    products: Products,
    versions: Versions,
    *,
    by: User,
    on: date,
) -> Imported:
    Subscriber.objects.bulk_create(subscribers.values(), batch_size=1000)
    lines = [
        Line(
            number=number,
            terms_code=products[row.values["product"]].terms_code,
            **{name: row.values.get(name) or "" for name in _OF_ADDRESS},
        )
        for row, number in zip(rows, _numbers(LINE, len(rows)), strict=True)
    ]
    Line.objects.bulk_create(lines, batch_size=1000)
    contracts = []
    for row, line, contract_number in zip(rows, lines, _numbers(CONTRACT, len(rows)), strict=True):
        product, start = products[row.values["product"]], row.values["service_start"]
        contracts.append(
            Contract(
                number=contract_number,
                subscriber=subscribers[row.values["subscriber_key"]],
                terms_code=product.terms_code,
                product=product,
                line=line,
                state=Contract.State.ACTIVE,
                applied_on=start,
                formed_on=start,
                service_start=start,
                term_start=start if product.term_months else None,
                term_months=product.term_months,
                live=(start, None),
                document_received_on=row.values.get("document_received_on") or on,
            )
        )
    Contract.objects.bulk_create(contracts, batch_size=1000)
    agreements, changes = [], []
    contract_type = ContentType.objects.get_for_model(Contract)
    for row, contract in zip(rows, contracts, strict=True):
        start = row.values["service_start"]
        pack = pack_for(contract.terms_code, start, earliest=True)
        agreements.append(
            Agreement(contract=contract, version=versions[pack.code, pack.effective], since=start)
        )
        changes.append(
            StateChange(
                subject_type=contract_type,
                subject_id=contract.pk,
                transition="import",
                source="",
                target=Contract.State.ACTIVE,
                on=on,
                by=by,
                reason=_("Taken over from another system."),
            )
        )
    Agreement.objects.bulk_create(agreements, batch_size=1000)
    StateChange.objects.bulk_create(changes, batch_size=1000)
    return Imported(subscribers=len(subscribers), contracts=len(contracts))


def _numbers(sequence: str, count: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [sequence, count])
        return [f"{PREFIXES[sequence]}{number:08d}" for (number,) in cursor.fetchall()]
