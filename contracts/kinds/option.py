"""An option or lent equipment, added or given up (such as hikari-phone 22 and 23, isp-access 18 and 19)."""

from collections.abc import Mapping
from datetime import date

from contracts.kinds.details import Check, day, free_text, one_of, text
from contracts.kinds.kind import Asked, RequestKind
from contracts.kinds.products import product_of
from contracts.models import Product, Request
from contracts.services.add_option import RUNNING, add_option
from contracts.services.drop_option import drop_option
from workflow.models import User


def _check(kind: str, asked: Asked) -> None:
    if asked.details["action"] == "add":
        product_of(asked.details, asked.pack.code, kind)


def _carry_out(request: Request, by: User, on: date) -> None:
    assert request.contract is not None
    if request.details["action"] == "add":
        product = product_of(request.details, request.terms_code, request.kind)
        add_option(contract=request.contract, product=product, by=by, on=on)
    else:
        product = Product.objects.get(code=request.details["product"])
        drop_option(contract=request.contract, product=product, by=by, on=on)


_NEEDS: Mapping[str, Check] = {"product": text, "action": one_of("add", "drop"), "on": day}

OPTION = RequestKind(
    needs=_NEEDS,
    may={"note": free_text},
    terms=lambda pack: pack.option,
    must_be_known=False,
    check=lambda asked: _check(Product.Kind.OPTION, asked),
    carry_out=_carry_out,
    possible=lambda contract: contract.state in RUNNING,
)

EQUIPMENT = RequestKind(
    needs=_NEEDS,
    may={"note": free_text},
    terms=lambda pack: pack.equipment,
    must_be_known=False,
    check=lambda asked: _check(Product.Kind.EQUIPMENT, asked),
    carry_out=_carry_out,
    possible=lambda contract: contract.state in RUNNING,
)
