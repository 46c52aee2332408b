"""Everything that one contract is charged in a run."""

from billing.rating.charge import RatedCharge
from billing.rating.endings import ending_charges
from billing.rating.equipment import equipment_charges
from billing.rating.facts import ContractFacts
from billing.rating.initial_cancellations import initial_cancellation_credits
from billing.rating.instalments import instalment_charges
from billing.rating.outages import outage_credits
from billing.rating.periodic import PeriodicRater
from billing.rating.reliefs import relief_credits
from billing.rating.relocations import relocation_credits
from billing.rating.requests import handling_charges
from billing.rating.rulebook import RuleBook
from billing.rating.visits import visit_charges
from billing.rating.works import work_charges


def rate_contract(book: RuleBook, periodic: PeriodicRater, contract: ContractFacts) -> list[RatedCharge]:
    """The charges and credits, periodic ones first. RatingError or TermsError where the facts do not allow a result."""
    charges = list(periodic.charges(contract))
    if contract.works:
        charges += work_charges(book, contract)
    if contract.requests:
        charges += handling_charges(book, contract)
    if contract.instalments:
        charges += instalment_charges(book, contract)
    if contract.outages:
        charges += outage_credits(book, periodic, contract)
    if contract.relocations:
        charges += relocation_credits(book, periodic, contract)
    if contract.equipment:
        charges += equipment_charges(book, contract)
    if contract.visits:
        charges += visit_charges(book, contract)
    if contract.reliefs:
        charges += list(relief_credits(book, contract, charges))
    if contract.ending:
        charges += ending_charges(book, contract)
        charges += initial_cancellation_credits(book, contract, charges)
    return charges
