"""Tell the subscriber that an option or equipment was added or dropped."""

from datetime import date

from contracts.guards.application import application_of
from contracts.models import Contract, Product, Request
from contracts.services.tell import tell
from notices.models import Notice


def tell_change(contract: Contract, product: Product, *, added: bool, on: date) -> Notice:
    """The notice of a change that was carried out on ``on``."""
    change = Request.Kind.EQUIPMENT if product.kind == Product.Kind.EQUIPMENT else Request.Kind.OPTION
    words = f"{product.name}：{'提供開始' if added else '廃止'}"
    article = application_of(contract.pack(on)).article
    return tell(
        contract, "change_done", on=on, article=article, change=change, effective_on=on, details=[words]
    )
