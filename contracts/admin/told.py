"""To whom a notice goes, as it is said on the page before anything is done."""

from contracts.models import Contract, Subscriber


def reached(subscriber: Subscriber) -> str:
    """The name at the head of a notice, the channel and the address."""
    return f"{subscriber.notice_name} ({subscriber.get_channel_display()}: {subscriber.notice_address})"


def told(contract: Contract) -> str:
    """To whom and where a notice about the contract goes."""
    return reached(contract.subscriber)
