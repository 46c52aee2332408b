"""Whether the servers that DATABASE_URL and REDIS_URL name answer: asked before anything is started on them.

``python -m config.answers`` asks both, and ends with one line and exit code 1 when one of them does not, or when
another setting in the environment cannot be meant.
"""

import os
import sys

import psycopg
import redis
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config import addresses, env
from config.trouble import Trouble

OLDEST_POSTGRESQL = 15


def check_database(url: str) -> None:
    """Raise Trouble unless a PostgreSQL that is new enough answers at ``url`` within 5 seconds."""
    shown = addresses.without_password(url)
    advice = "Start it, or correct DATABASE_URL; without DATABASE_URL the embedded PostgreSQL is used."
    try:
        entry = addresses.database(url)
    except ImproperlyConfigured as error:
        raise Trouble(str(error)) from error
    try:
        with psycopg.connect(
            dbname=entry["NAME"],
            user=entry["USER"] or None,
            password=entry["PASSWORD"] or None,
            host=entry["HOST"] or None,
            port=entry["PORT"] or None,
            **{"connect_timeout": "5", **entry["OPTIONS"]},
        ) as connection:
            version = connection.info.server_version // 10000
    except psycopg.Error as error:
        raise Trouble(f"The database {shown} does not answer ({_one_line(error)}). {advice}") from error
    if version < OLDEST_POSTGRESQL:
        raise Trouble(
            f"The database {shown} is PostgreSQL {version}: {OLDEST_POSTGRESQL} or newer is needed."
        )


def check_broker(url: str) -> None:
    """Raise Trouble unless a Redis or Valkey answers at ``url`` within 5 seconds."""
    shown = addresses.without_password(url)
    try:
        addresses.broker(url)
        addresses.redis_database(url)
        with redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as client:
            client.ping()
    except (ImproperlyConfigured, ValueError) as error:
        raise Trouble(_one_line(error)) from error
    except (redis.RedisError, OSError) as error:
        raise Trouble(
            f"The broker {shown} does not answer ({_one_line(error)}). "
            "Start it, or correct REDIS_URL; without REDIS_URL the embedded Valkey is used."
        ) from error


def _one_line(error: Exception) -> str:
    return "; ".join(line.strip() for line in str(error).splitlines() if line.strip()).rstrip(".")


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        for name, check in (("DATABASE_URL", check_database), ("REDIS_URL", check_broker)):
            if url := env.text(name):
                check(url)
        settings.DEBUG  # noqa: B018 - reading one reads them all
    except (Trouble, ImproperlyConfigured) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
