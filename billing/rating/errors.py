"""Why one contract cannot be rated."""


def gettext_noop(message: str) -> str:
    """Mark a text for the catalogue. Whoever shows it translates it: nothing here knows the framework."""
    return message


class RatingError(Exception):
    """Something that a person must put right: a price that is missing, a part of a work that no tariff knows.

    ``message`` is an English text with %(names)s, marked by ``gettext_noop`` and translated where it is shown;
    ``facts`` fill it. The contract is parked with this text; the run goes on without it.
    """

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message % facts)
        self.message = message
        self.facts = facts
