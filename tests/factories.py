"""Things that tests need to stand there already. Everything is real rows in the database; nothing is mocked.

Each function makes one thing with sensible defaults; keyword arguments override them. Dates are of 2025, in Japan time.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from contracts.models import (
    Agreement,
    Contract,
    ContractOption,
    Explanation,
    Line,
    Partner,
    Product,
    Request,
    ServiceArea,
    Subscriber,
    TermsVersion,
)
from contracts.moments import start_of
from contracts.services.explain_request import explain_request
from contracts.services.publish_terms import publish_terms
from notices.models import Notice
from terms.calendar import JAPAN
from terms.registry import pack_for, registry
from workflow.models import User
from workflow.selectors import clock_user
from workflow.services.perform import perform

ADDRESS = {
    "postal_code": "1000001",
    "prefecture": "東京都",
    "city": "千代田区",
    "town": "千代田1-1",
    "building": "",
}
CORPORATE_NUMBER = "7010705000725"
BASE_PRODUCTS = {
    "hikari-line": "menu1-1g-type1-1",
    "hikari-phone": "phone-basic",
    "isp-access": "isp-flets-1g",
    "business-network": "network-fixed-100m",
}
"""A base product of the catalogue for each document under which lines are contracted."""

_serial = iter(range(1, 1_000_000))


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of that day on the Japanese clock."""
    return datetime.combine(day, time(hour, minute), tzinfo=JAPAN)


def staff(username: str = "", **fields: Any) -> User:
    """A member of staff."""
    name = username or f"staff{next(_serial)}"
    return User.objects.create(username=name, is_staff=True, **fields)


def subscriber(**fields: Any) -> Subscriber:
    """A person; with ``kind="corporation"`` a corporation."""
    number = next(_serial)
    values: dict[str, Any] = {
        "kind": Subscriber.Kind.PERSON,
        "name": "山田太郎",
        "name_kana": "ヤマダタロウ",
        "email": f"subscriber{number}@example.jp",
        "phone": "03-1234-5678",
        "registered_on": date(2025, 1, 6),
        **ADDRESS,
    }
    if fields.get("kind") == Subscriber.Kind.CORPORATION:
        values |= {
            "name": "株式会社山田商事",
            "name_kana": "ヤマダショウジ",
            "corporate_number": CORPORATE_NUMBER,
        }
    return Subscriber.objects.create(**(values | fields))


def partner(**fields: Any) -> Partner:
    """A billing operator that prices a course."""
    values = {
        "code": "docomo",
        "name": "株式会社NTTドコモ",
        "role": Partner.Role.BILLING_OPERATOR,
        "email": "partner@example.jp",
    }
    code = fields.pop("code", values["code"])
    return Partner.objects.get_or_create(code=code, defaults=values | fields | {"code": code})[0]


def product(terms_code: str = "isp-access", **fields: Any) -> Product:
    """A base product of a document; beside its line for a document whose catalogue says so."""
    number = next(_serial)
    values: dict[str, Any] = {"code": f"product-{number}", "name": f"商品{number}", "terms_code": terms_code}
    return Product.objects.create(**(values | fields))


def publish_all() -> list[TermsVersion]:
    """Every version of every document, published."""
    packs = [pack for code in registry().all_codes() for pack in registry().versions(code)]
    return [
        publish_terms(pack=pack, by=clock_user(), at=start_of(pack.effective), in_force_before=True)
        for pack in packs
    ]


def serve(*terms_codes: str, prefectures: Iterable[str] = ("東京都",)) -> None:
    """Offer those documents' services in those prefectures."""
    for code in terms_codes:
        for prefecture in prefectures:
            ServiceArea.objects.get_or_create(terms_code=code, prefecture=prefecture, city="")


def line(terms_code: str = "isp-access", **fields: Any) -> Line:
    """A line in Tokyo."""
    return Line.objects.create(**({"terms_code": terms_code, **ADDRESS} | fields))


def contract(
    terms_code: str = "isp-access",
    *,
    state: str = Contract.State.ACTIVE,
    start: date = date(2025, 4, 1),
    **fields: Any,
) -> Contract:
    """A contract in ``state``; one that was opened was formed and started on ``start``, under the version of that day."""
    opened = state not in (
        Contract.State.APPLIED,
        Contract.State.ACCEPTED,
        Contract.State.REFUSED,
        Contract.State.WITHDRAWN,
    )
    values: dict[str, Any] = {
        "subscriber": fields.get("subscriber") or subscriber(kind=Subscriber.Kind.CORPORATION),
        "terms_code": terms_code,
        "product": fields.get("product") or product(terms_code),
        "line": fields["line"] if "line" in fields else line(terms_code),
        "state": state,
        "applied_on": start - timedelta(days=14),
    }
    if opened:
        values |= {"formed_on": start, "service_start": start, "live": (start, None)}
    made = Contract.objects.create(**(values | fields))
    if opened:
        pack = pack_for(terms_code, start, earliest=True)
        version = publish_terms(pack=pack, by=clock_user(), at=start_of(start), in_force_before=True)
        Agreement.objects.create(contract=made, version=version, since=start)
    return made


def option(of: Contract, **fields: Any) -> ContractOption:
    """An option on a contract since its start."""
    chosen = fields.pop("product", None) or product(
        of.terms_code, kind=fields.pop("kind", Product.Kind.OPTION)
    )
    return ContractOption.objects.create(
        contract=of, product=chosen, starts_on=fields.pop("starts_on", of.service_start), **fields
    )


def new_details(item: Product, **fields: Any) -> dict[str, Any]:
    """The details of an application for ``item`` in Tokyo."""
    return {"product": item.code, **{name: value for name, value in ADDRESS.items() if value}, **fields}


def explain(request: Request, day: date) -> None:
    """What the request would bring was explained to the consumer on paper on ``day``."""
    explain_request(request=request, by=staff(), at=at(day), method=Explanation.Method.PAPER)


def asked_form(terms_code: str, on: date = date(2025, 8, 1)) -> str:
    """A form in which an application may be made under that document."""
    table = pack_for(terms_code, on).application
    assert table is not None
    return Request.Form.WRITTEN if table.form == "any" else table.form


def dispatched(notice: Notice | None, day: date, hour: int = 9) -> Notice:
    """``notice`` as it stands once the worker has sent it on ``day``."""
    assert notice is not None
    perform(
        notice,
        "dispatch",
        by=clock_user(),
        on=day,
        at=at(day, hour),
        evidence={"message_id": f"<{notice.pk}@test>"},
    )
    return notice
