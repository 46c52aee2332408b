"""Pay a partner what it is owed of its charges on our invoices: proposed by one person, decided by another, then paid."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.chunks.book import load_rates
from billing.models import PartnerClaim, PartnerRemittance, RemittedClaim
from billing.partner_dues import remittable
from contracts.models import Contract, Disclosure, Partner
from contracts.moments import japan_date
from contracts.services.log_passing import log_passing
from contracts.services.pending import pending
from terms.consent import Event
from terms.registry import pack_for, rule_for
from terms.rules.consumption_tax import ConsumptionTax, tax_on
from workflow.models import User
from workflow.services.approve import decide, propose
from workflow.services.perform import perform

REMIT = "remit_to_partner"
"""The action on which a second person decides."""

# What the statement tells of a charge: one that we bought is paid for as it was billed, one that we collected once it was paid.
_TOLD: tuple[tuple[PartnerClaim.Basis, Event, Disclosure.Item], ...] = (
    (PartnerClaim.Basis.PURCHASED, "purchase_remitted", Disclosure.Item.BILLING_DATA),
    (PartnerClaim.Basis.AGENCY, "agency_remitted", Disclosure.Item.PAYMENT_STATUS),
)


def propose_remittance(
    *, partner: Partner, through: date, fee: int, by: User, at: datetime
) -> PartnerRemittance:
    """A remittance of all that the partner is owed ``through`` a day, waiting for a second person.

    ``fee``: what was agreed for our collecting, in yen without tax; it is kept back with its tax. ValidationError where
    nothing is owed beyond it, and while another remittance to the partner is under way.
    """
    if through > japan_date(at):
        raise ValidationError({"through": _("Only what was collected by today can be remitted.")})
    with transaction.atomic():
        Partner.objects.select_for_update().get(pk=partner.pk)
        dues = remittable(partner, through=through)
        collected = sum(due.amount for due in dues)
        if collected <= 0:
            raise ValidationError(
                {
                    "partner": _("%(partner)s is owed nothing by %(day)s.")
                    % {"partner": partner, "day": through}
                }
            )
        rate = load_rates()(through)
        law = rule_for(pack_for(dues[0].claim.charge.terms_code, through), ConsumptionTax, on=through)
        tax = tax_on(law, fee, rate)
        if fee + tax >= collected:
            raise ValidationError(
                {
                    "fee": _("The fee with its tax is not less than the %(owed)s yen owed.")
                    % {"owed": f"{collected:,}"}
                }
            )
        remittance = PartnerRemittance(
            partner=partner, through=through, collected=collected, fee=fee, fee_tax=tax, fee_rate=rate
        )
        remittance.full_clean()
        remittance.save()
        RemittedClaim.objects.bulk_create(
            RemittedClaim(remittance=remittance, claim=due.claim, amount=due.amount) for due in dues
        )
        propose(remittance, REMIT, by=by, reason=str(through), at=at)
    return remittance


def approve_remittance(*, remittance: PartnerRemittance, by: User, at: datetime) -> PartnerRemittance:
    """It may be paid, and its statement goes to the partner: the register of disclosures has an entry for each contract on it.

    NotPermitted for the one who proposed it.
    """
    with transaction.atomic():
        decide(pending(remittance, REMIT), by=by, at=at, approved=True)
        perform(remittance, "approve", by=by, on=japan_date(at))
        for basis, event, item in _TOLD:
            on_it = RemittedClaim.objects.filter(remittance=remittance, claim__basis=basis)
            log_passing(
                contracts=Contract.objects.filter(pk__in=on_it.values("claim__charge__contract")).order_by(
                    "pk"
                ),
                event=event,
                item=item,
                partner=remittance.partner,
                reference=f"remittance-{remittance.pk}",
                by=by,
                at=at,
            )
    return remittance


def reject_remittance(
    *, remittance: PartnerRemittance, by: User, at: datetime, reason: str
) -> PartnerRemittance:
    """Nothing is paid; what it held is owed as before. NotPermitted for the one who proposed it."""
    with transaction.atomic():
        decide(pending(remittance, REMIT), by=by, at=at, approved=False, reason=reason)
        perform(remittance, "reject", by=by, on=japan_date(at), reason=reason)
    return remittance


def note_remitted(
    *, remittance: PartnerRemittance, remitted_on: date, by: User, at: datetime
) -> PartnerRemittance:
    """The bank paid it out; the books have it on that day. ValidationError for a day to come, or before what it settles."""
    if not remittance.through <= remitted_on <= japan_date(at):
        raise ValidationError(
            {
                "remitted_on": _("It is paid after %(day)s, and not in days to come.")
                % {"day": remittance.through}
            }
        )
    perform(remittance, "remit", by=by, on=remitted_on)
    return remittance
