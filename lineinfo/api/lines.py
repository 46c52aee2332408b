"""From the number of a line in an address to the caller's right on it."""

from dataclasses import dataclass
from datetime import date, datetime

from contracts.models import Contract, Line
from contracts.moments import start_of
from lineinfo.api.problems import not_found
from lineinfo.rights import Right, right_began, right_on_line, visible_contracts
from lineinfo.services.authenticate import Caller


@dataclass(frozen=True)
class Seen:
    """A line that the caller may ask about, its contract, and the day from which."""

    contract: Contract
    line: Line
    since: date

    @property
    def since_moment(self) -> datetime:
        """The first moment of the right."""
        return start_of(self.since)


def seen(caller: Caller, number: str, *, on: date) -> Seen:
    """The line of that number. Problem "not_found" for one outside the caller's rights, as for one that is not there."""
    contract = (
        visible_contracts(api_contract=caller.api_contract, api_user=caller.api_user, on=on)
        .filter(line__number=number)
        .first()
    )
    if contract is None or contract.line is None:
        raise not_found()
    return Seen(contract=contract, line=contract.line, since=right_began(contract))


def right(caller: Caller, number: str, *, on: date) -> Right:
    """The right on that line, where nothing else is asked about it. Problem as for ``seen``."""
    found = right_on_line(api_contract=caller.api_contract, api_user=caller.api_user, number=number, on=on)
    if found is None:
        raise not_found()
    return found
