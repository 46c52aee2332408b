"""What the clock does to contracts each night."""

from dataclasses import asdict
from datetime import date

from contracts.moments import start_of
from contracts.services.announce_discontinuation import carry_out_discontinuations
from contracts.services.cancel_course import carry_out_partner_cancellations
from contracts.services.carry_out_endings import carry_out_endings
from contracts.services.carry_out_requests import carry_out_requests
from contracts.services.change_number import carry_out_number_changes
from contracts.services.chase_equipment import chase_equipment
from contracts.services.end_overdue_works import end_overdue_works
from contracts.services.expire_suspensions import expire_suspensions
from contracts.services.halt_option import end_halted_options
from contracts.services.lift_restriction import lift_restrictions_that_are_over
from contracts.services.move_to_new_terms import move_to_new_terms


def carry_out_day(*, on: date) -> dict[str, int]:
    """Carry out what has its day on ``on``: endings of yesterday, suspensions that are over, requests, new terms, equipment.

    Returns how many of each. Safe to run twice.
    """
    endings = carry_out_endings(on=on)
    terms = move_to_new_terms(on=on)
    return {
        "contracts ended": endings.ended,
        "endings held": endings.held,
        "suspensions expired": expire_suspensions(on=on),
        **{f"requests {name}": count for name, count in asdict(carry_out_requests(on=on)).items()},
        "endings for works not done": end_overdue_works(on=on),
        "courses cancelled by partners": carry_out_partner_cancellations(on=on),
        "halted options ended": end_halted_options(on=on),
        "numbers changed": carry_out_number_changes(on=on),
        "discontinuations carried out": carry_out_discontinuations(on=on),
        "restrictions lifted": lift_restrictions_that_are_over(at=start_of(on)),
        "contracts under new terms": terms.moved,
        "contracts kept under earlier terms": terms.kept,
        # After the endings: what they made due back is asked for in the same night.
        **{f"equipment {name}": count for name, count in asdict(chase_equipment(on=on)).items()},
    }
