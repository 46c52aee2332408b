"""Record that a subscriber objects to another fee."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from billing.fee_changes import coming_fees
from billing.models import TariffPrice
from contracts.models import Contract, Ending
from contracts.moments import japan_date
from contracts.services.record_objection import end_by_objection
from notices.facts import day_words
from workflow.models import User


def record_fee_objection(
    *, contract: Contract, price: TariffPrice, by: User, received_at: datetime, form: str
) -> Ending:
    """The objection to the announced ``price`` received at ``received_at``: the contract ends with the day from which the price
    applies (isp-access 2-1, 2-4).

    ValidationError for a price that was not announced, is not one of this contract's, or was announced after the
    objection. Refused where the document knows no objection, it was not in writing, or it arrived after that day.
    """
    posting = price.posting
    if posting is None or not coming_fees(contract, on=price.valid_from).filter(pk=price.pk).exists():
        raise ValidationError(
            {
                "price": _("This is no announced change of a fee of contract %(contract)s.")
                % {"contract": contract}
            }
        )
    if received_at < posting.posted_from:
        raise ValidationError({"received_at": _("The change was announced after this moment.")})
    return end_by_objection(
        contract=contract,
        pack=contract.pack(japan_date(received_at)),
        effective=price.valid_from,
        by=by,
        received_at=received_at,
        form=form,
        reason=f"料金の改定（{price.tariff.name}、{day_words(price.valid_from)}から）に対する異議の通知を受けたため",
    )
