"""回収代行: at the subscriber's wish one company asks for the other's charges as its agent."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.debts import overdue
from billing.models import BillingAccount, CollectionAgency
from contracts.guards.collection import CollectionFacts, may_collect
from contracts.models import Contract, Partner
from contracts.moments import start_of
from contracts.services.note_change import note_change
from notices.services.send_notice import send_notice
from terms.pack import Pack
from terms.partner_billing import Collection
from workflow.errors import Refused
from workflow.models import User


def agree_collection(
    *,
    contract: Contract,
    partner: Partner,
    direction: str,
    requested_on: date,
    doubtful: bool,
    partner_agrees: bool,
    hindrance: bool,
    by: User,
    on: date,
) -> CollectionAgency:
    """The collection from ``on``; the subscriber and the partner are told.

    ``doubtful``, ``partner_agrees`` and ``hindrance`` are what the guard asks somebody to have judged. Refused with the item of
    the document; ValidationError for a partner that is no carrier, or a collection that is agreed already (hikari-line 59-1, 60-1).
    """
    if partner.role != Partner.Role.INTERCONNECTED_CARRIER:
        raise ValidationError(
            {"partner": _("%(partner)s is no interconnected carrier.") % {"partner": partner}}
        )
    if requested_on > on:
        raise ValidationError({"requested_on": _("The subscriber asks for it before it is agreed.")})
    pack = contract.pack(on)
    table = collection_table(pack, direction)
    with transaction.atomic():
        account = BillingAccount.objects.select_for_update(of=("self",)).get(
            subscriber=contract.subscriber_id
        )
        facts = CollectionFacts(
            overdue=sum(debt.open for debt in overdue(on=on, accounts=[account.pk]).values()),
            doubtful=doubtful,
            partner_agrees=partner_agrees,
            hindrance=hindrance,
        )
        if refusal := may_collect(pack, table, facts):
            raise Refused(refusal)
        assert table is not None
        agency = CollectionAgency(
            contract=contract,
            partner=partner,
            direction=direction,
            requested_on=requested_on,
            agreed_on=on,
            article=str(table.article),
        )
        agency.full_clean()
        agency.save()
        note_change(agency, "agree", by=by, on=on, article=table.article)
        ours, theirs = "当社", partner.name
        by_us = direction == CollectionAgency.Direction.FOR_PARTNER
        for recipient in (contract.subscriber, partner):
            send_notice(
                occasion="collection_agreed",
                recipient=recipient,
                about=contract,
                article=table.article,
                facts={
                    "contract_number": contract.number,
                    "product": contract.product.name,
                    "partner": partner.name,
                    "agreed_on": on,
                    "collects": ours if by_us else theirs,
                    "charges_of": theirs if by_us else ours,
                },
                at=start_of(on),
            )
    return agency


def collection_table(pack: Pack, direction: str) -> Collection | None:
    """The document's clause on a collection in that direction."""
    if direction == CollectionAgency.Direction.FOR_PARTNER:
        return pack.collection_for_partner
    return pack.collection_by_partner
