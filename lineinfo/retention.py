"""How long line records are kept."""

from datetime import date


def measurements_kept_from(on: date) -> date | None:
    """The first day whose measurements are still kept on ``on``; None where no period is set."""
    return None
