"""Who speaks in a notice: the operator's name and where to ask, from settings."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Operator:
    """The operator as a notice names it."""

    name: str
    address: str
    phone: str
    hours: str
    email: str
    bank_account: str


def operator() -> Operator:
    """The operator of this installation."""
    return Operator(
        name=settings.OPERATOR_NAME,
        address=settings.OPERATOR_ADDRESS,
        phone=settings.OPERATOR_PHONE,
        hours=settings.OPERATOR_HOURS,
        email=settings.OPERATOR_EMAIL,
        bank_account=settings.OPERATOR_BANK_ACCOUNT,
    )
