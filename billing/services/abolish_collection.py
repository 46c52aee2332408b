"""The collection for a partner, or by one, is abolished: on the first sum that is overdue, or at somebody's wish."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from billing.credits import creditable
from billing.debts import overdue
from billing.models import BillingAccount, CollectionAgency, Invoice, PartnerClaim
from billing.services.agree_collection import collection_table
from billing.services.issue_credit_note import issue_credit_note
from contracts.moments import start_of
from notices.services.send_notice import send_notice
from terms.article import ArticleRef
from workflow.models import User
from workflow.selectors import clock_user
from workflow.services.perform import perform


def abolish_overdue_collections(*, on: date) -> int:
    """Abolish each collection whose sums are overdue on ``on``; how many (hikari-line 59-2, 60-2). Safe to run twice."""
    standing = CollectionAgency.objects.filter(state=CollectionAgency.State.AGREED).select_related(
        "contract__subscriber__billing_account", "contract__product", "partner"
    )
    accounts = {agency.pk: agency.contract.subscriber.billing_account.pk for agency in standing}
    late = overdue(on=on, accounts=list(set(accounts.values()))) if accounts else {}
    count = 0
    for agency in standing:
        if collected(agency).filter(pk__in=late).exists():
            abolish_collection(
                agency=agency, by=clock_user(), on=on, reason="支払期日を経過してもお支払いがないため"
            )
            count += 1
    return count


def collected(agency: CollectionAgency) -> QuerySet[Invoice]:
    """The invoices on which the collection stands: with the partner's charges, or ours that the partner asks for."""
    if agency.direction == CollectionAgency.Direction.FOR_PARTNER:
        return Invoice.objects.filter(charges__partner_claim__agency=agency).distinct()
    return Invoice.objects.filter(
        charges__contract=agency.contract_id, issued_on__gte=agency.agreed_on
    ).distinct()


def abolish_collection(*, agency: CollectionAgency, by: User, on: date, reason: str) -> CollectionAgency:
    """No further charge is collected. What the partner is still owed of its charges is asked for by us no more: a credit note
    hands it back. The subscriber and the partner are told. WrongState where it was abolished before."""
    contract = agency.contract
    table = collection_table(contract.pack(on), agency.direction)
    article = table.abolition if table else ArticleRef.parse(agency.article)
    with transaction.atomic():
        BillingAccount.objects.select_for_update(of=("self",)).get(subscriber=contract.subscriber_id)
        perform(agency, "abolish", by=by, on=on, reason=reason, article=article)
        handed_back = _hand_back(agency, by, on, reason)
        for recipient in (contract.subscriber, agency.partner):
            send_notice(
                occasion="collection_abolished",
                recipient=recipient,
                about=contract,
                article=article,
                facts={
                    "contract_number": contract.number,
                    "product": contract.product.name,
                    "partner": agency.partner.name,
                    "abolished_on": on,
                    "reason": reason,
                }
                | ({"handed_back": handed_back} if handed_back else {}),
                at=start_of(on),
            )
    return agency


def _hand_back(agency: CollectionAgency, by: User, on: date, reason: str) -> int:
    """The yen of the partner's charges that nobody paid: given back to the partner, on each invoice by a credit note."""
    claims = PartnerClaim.objects.filter(agency=agency, charge__invoice__state=Invoice.State.ISSUED)
    total = 0
    for invoice in Invoice.objects.filter(charges__partner_claim__in=claims).distinct():
        mine = set(claims.filter(charge__invoice=invoice).values_list("charge", flat=True))
        room, amounts = invoice.open_amount, {}
        for charge, left in creditable(invoice):
            if charge.pk in mine and (amount := min(left, room)) > 0:
                amounts[charge.pk] = amount
                room -= amount
        if amounts:
            issue_credit_note(invoice=invoice, amounts=amounts, by=by, at=start_of(on), reason=reason)
            PartnerClaim.objects.filter(charge__in=amounts).update(returned_on=on)
            total += sum(amounts.values())
    return total
