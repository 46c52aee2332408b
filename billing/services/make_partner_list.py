"""Tell a partner which of our charges to ask for as our agent (hikari-line 60)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import PartnerList, PartnerListLine
from billing.partner_dues import to_collect
from contracts.models import Disclosure, Partner
from contracts.services.log_passing import log_passing
from workflow.models import User


def make_partner_list(*, partner: Partner, by: User, at: datetime) -> PartnerList:
    """A list of all that it was not told of yet. What stands on it is asked for by nobody else until the partner answers or
    the collection is abolished; the register of disclosures has an entry for each contract on it. ValidationError where there
    is nothing to ask for."""
    with transaction.atomic():
        Partner.objects.select_for_update().get(pk=partner.pk)
        asked = list(to_collect(partner))
        if not asked:
            raise ValidationError(
                {"partner": _("There is nothing for %(partner)s to collect.") % {"partner": partner}}
            )
        made = PartnerList.objects.create(
            partner=partner,
            count=len(asked),
            amount=sum(each.amount for each in asked),
            made_at=at,
            made_by=by,
        )
        PartnerListLine.objects.bulk_create(
            PartnerListLine(list=made, agency=each.agency, invoice=each.invoice, amount=each.amount)
            for each in asked
        )
        log_passing(
            contracts=list(dict.fromkeys(each.agency.contract for each in asked)),
            event="listed_for_partner",
            item=Disclosure.Item.BILLING_DATA,
            partner=partner,
            reference=f"collect-{made.pk}",
            by=by,
            at=at,
        )
    return made
