"""Which part of a payment bears late interest: interest bears none, and a claim for a cancellation may bear less."""

from typing import NamedTuple


class Bearing(NamedTuple):
    """Yen of a payment that go to ordinary charges, and to what is claimed because a contract ended."""

    charges: int
    cancellation: int


def bearing(*, total: int, interest: int, cancellation: int, paid_before: int, amount: int) -> Bearing:
    """How ``amount`` yen fall on the parts of an invoice of ``total``, of which ``paid_before`` were paid.

    Late interest within it is paid first (民法489) and bears none itself; then the charges, then ``cancellation``.
    """

    def share(begin: int, end: int) -> int:
        return max(0, min(end, paid_before + amount) - max(begin, paid_before))

    charges_end = max(interest, total - cancellation)
    return Bearing(share(interest, charges_end), share(charges_end, total))
