"""What workflow raises when the answer is no."""

from terms.refusal import Refusal


class Refused(Exception):
    """An action refused on an article of the terms. Nothing was changed.

    ``refusal`` carries the article, a code and the reason, ready to be shown where the action was asked for.
    """

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.reason} [{refusal.article}]")
        self.refusal = refusal


class NotPermitted(Exception):
    """The user may not run this transition, or not on their own."""


class WrongState(Exception):
    """The object is not in a state from which this transition starts."""
