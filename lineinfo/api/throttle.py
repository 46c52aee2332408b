"""How often a credential may call: so many times in a clock minute, counted in Valkey."""

import logging
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import redis
from django.conf import settings
from django.utils.translation import gettext as _

from lineinfo.api.problems import Problem
from lineinfo.limits import calls_per_minute

logger = logging.getLogger(__name__)
WINDOW = 60  # seconds


@dataclass(frozen=True)
class Allowance:
    """``limit`` calls a window, ``remaining`` of them left, and ``resets_in`` seconds until the next window."""

    limit: int
    remaining: int
    resets_in: int

    def headers(self) -> dict[str, str]:
        """The heads that tell the caller."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.resets_in),
        }


def take(caller: str, *, at: datetime) -> Allowance:
    """Count one call of ``caller`` at ``at`` and return what is left. Problem "throttled" when nothing was left.

    While Valkey does not answer nobody is limited: a counter that is down must not close the API.
    """
    seconds = int(at.timestamp())
    limit = calls_per_minute()
    resets_in = WINDOW - seconds % WINDOW
    used = _count(f"lineinfo:calls:{caller}:{seconds // WINDOW}")
    allowance = Allowance(limit=limit, remaining=max(limit - used, 0), resets_in=resets_in)
    if used > limit:
        raise Problem(
            "throttled",
            _("More than %(limit)s calls in a minute.") % {"limit": limit},
            members={"limit": limit, "retry_after": resets_in},
            headers={"Retry-After": str(resets_in), **allowance.headers()},
        )
    return allowance


def _count(key: str) -> int:
    try:
        # One way there and back.
        pipe = _counter(settings.CACHES["default"]["LOCATION"]).pipeline(transaction=False)
        pipe.incr(key)
        pipe.expire(key, 2 * WINDOW, nx=True)
        return int(pipe.execute()[0])
    except redis.RedisError:
        logger.exception("the cache does not answer: API calls are not limited")
        return 0


@cache
def _counter(address: str) -> redis.Redis:
    return redis.Redis.from_url(address)
