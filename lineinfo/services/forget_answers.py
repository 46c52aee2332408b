"""Forget the kept answers of writing calls that nobody will send again."""

from datetime import datetime

from lineinfo.limits import answers_kept
from lineinfo.models import KeptAnswer


def forget_answers(*, at: datetime) -> int:
    """Drop those older than ``limits.answers_kept``. Returns how many."""
    count, _ = KeptAnswer.objects.filter(at__lt=at - answers_kept()).delete()
    return count
