"""A carrier's charge is asked for on our next invoice: bought from it, or as its agent."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import BillingAccount, Charge, CollectionAgency, PartnerClaim, TaxCategory
from billing.services.agree_collection import collection_table
from contracts.consents import consent_for
from contracts.guards.silent import no_such_clause
from contracts.models import Contract, Partner
from contracts.services.note_change import note_change
from terms.article import ArticleRef
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User


def enter_partner_charge(
    *,
    contract: Contract,
    partner: Partner,
    basis: str,
    reference: str,
    name: str,
    amount: int,
    since: date,
    until: date,
    by: User,
    on: date,
) -> PartnerClaim:
    """The partner's charge of ``amount`` yen with its tax for [since, until), waiting for the next invoice.

    The tax in it is the partner's, so the line stands outside of ours. "purchased": where the document has it, with the
    subscriber's consent and, where it says so, the carrier's own contract; no notice of each (hikari-line 46, isp-access 47).
    "agency": while a collection is agreed (hikari-line 59). Refused otherwise; ValidationError for the same reference twice.
    """
    if amount <= 0:
        raise ValidationError({"amount": _("Enter 1 yen or more.")})
    if until <= since:
        raise ValidationError({"until": _("The period ends after it begins.")})
    agency = None
    if basis == PartnerClaim.Basis.AGENCY:
        agency = _agency(contract, partner, on)
        article = ArticleRef.parse(agency.article)
    else:
        article = _purchase(contract, partner, on)
    if PartnerClaim.objects.filter(partner=partner, reference=reference).exists():
        raise ValidationError({"reference": _("This charge of the partner is entered already.")})
    with transaction.atomic():
        account = BillingAccount.objects.select_for_update(of=("self",)).get(
            subscriber=contract.subscriber_id
        )
        charge = Charge.objects.create(
            account=account,
            terms_code=contract.terms_code,
            contract=contract,
            kind=Charge.Kind.PARTNER,
            source=f"partner:{partner.pk}:{reference}",
            name=f"{name}（{partner.name}分・税込）"[:120],
            period=(since, until),
            unit_price=amount,
            amount=amount,
            tax_category=TaxCategory.OUTSIDE,
            article=str(article),
        )
        claim = PartnerClaim.objects.create(
            partner=partner, reference=reference, basis=basis, agency=agency, charge=charge
        )
        note_change(claim, "enter", by=by, on=on, article=article)
    return claim


def _agency(contract: Contract, partner: Partner, on: date) -> CollectionAgency:
    found = CollectionAgency.objects.filter(
        contract=contract,
        partner=partner,
        direction=CollectionAgency.Direction.FOR_PARTNER,
        state=CollectionAgency.State.AGREED,
    ).first()
    if found is None:
        pack, message = contract.pack(on), _("No collection for this partner is agreed.")
        table = collection_table(pack, CollectionAgency.Direction.FOR_PARTNER)
        raise Refused(
            Refusal(table.article, "no_collection", message)
            if table
            else no_such_clause(pack, "no_collection", message)
        )
    return found


def _purchase(contract: Contract, partner: Partner, on: date) -> ArticleRef:
    pack = contract.pack(on)
    table = pack.purchased_claims
    if table is None:
        raise Refused(
            no_such_clause(pack, "no_purchase", _("Under this document no claims of carriers are bought."))
        )
    if partner.role != Partner.Role.INTERCONNECTED_CARRIER:
        raise ValidationError(
            {"partner": _("%(partner)s is no interconnected carrier.") % {"partner": partner}}
        )
    if consent_for(contract, table.consent, on=on) is None:
        raise Refused(
            Refusal(table.article, "no_consent", _("The consent that this rests on is not on record."))
        )
    if (
        table.with_contract
        and not contract.partner_contracts.filter(partner=partner, purchased=True).exists()
    ):
        raise Refused(
            Refusal(
                table.article,
                "no_contract",
                _("The subscriber has no contract with this carrier beside ours."),
            )
        )
    return table.deemed_own or table.article
