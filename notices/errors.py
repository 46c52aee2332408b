"""What notices raises. Nothing was written and nothing was sent."""


class NoticeError(Exception):
    """A notice that cannot be written as asked; the text says what is wrong and what to do."""


class UnknownOccasion(NoticeError):
    """No occasion of this name is registered."""


class FactsWrong(NoticeError):
    """A fact that the occasion demands is missing, unknown to it, or of another kind."""


class NoAddress(NoticeError):
    """The recipient has no address for the channel."""
