"""Tell an interconnected carrier that the claim it sold us is unpaid (hikari-line 47)."""

from datetime import date, datetime

from django.db import transaction

from contracts.models import Contract, Disclosure, Partner
from contracts.moments import japan_date
from contracts.services.record_disclosure import record_disclosure
from notices.services.send_notice import send_notice
from terms.article import ArticleRef
from workflow.models import User

ARREARS_TO_PARTNER = "arrears_to_partner"
"""The ground of such a disclosure."""


def tell_arrears_to_partner(
    *, contract: Contract, partner: Partner, by: User, at: datetime, amount: int, due_on: date
) -> Disclosure:
    """A notice to ``partner`` that ``amount`` yen, due on ``due_on``, are unpaid; logged as a disclosure.

    Refused without the subscriber's consent, where the document has no such ground, or where the due date is not over.
    """
    with transaction.atomic():
        entry = record_disclosure(
            contract=contract,
            by=by,
            at=at,
            ground=ARREARS_TO_PARTNER,
            items=[
                Disclosure.Item.NAME_AND_ADDRESS.value,
                Disclosure.Item.LINE_NUMBER.value,
                Disclosure.Item.ARREARS.value,
            ],
            partner=partner,
            overdue=amount > 0 and due_on < japan_date(at),
        )
        send_notice(
            occasion="arrears_told_to_partner",
            recipient=partner,
            about=entry,
            article=ArticleRef.parse(entry.article),
            facts={
                "contract_number": contract.number,
                "product": contract.product.name,
                "subscriber": contract.subscriber.name,
                "amount": amount,
                "due_on": due_on,
            },
            at=at,
        )
    return entry
