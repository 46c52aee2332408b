"""Where the database, the broker and the mail server are: addresses in the environment, read into settings.

Every function raises ImproperlyConfigured with one line that says what is wrong with the address.
"""

from typing import Any
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from django.core.exceptions import ImproperlyConfigured


def _split(name: str, url: str, schemes: dict[str, str]) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme not in schemes:
        raise ImproperlyConfigured(
            f"{name} begins with {parts.scheme or 'nothing'!r}: write it as "
            + " or ".join(dict.fromkeys(schemes.values()))
            + "."
        )
    try:
        parts.port  # noqa: B018 - reading it is the check: a port that is no number raises
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} has a port that is no number from 0 to 65535.") from error
    return parts


def database(url: str) -> dict[str, Any]:
    """``postgresql://user:password@host:port/name?sslmode=…`` as a Django database entry.

    ``host`` may also be given as ``?host=/directory/of/the/socket``.
    """
    form = "postgresql://user:password@host:5432/name"
    parts = _split("DATABASE_URL", url, {"postgresql": form, "postgres": form})
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ImproperlyConfigured("DATABASE_URL names no database: end it with /name.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "psqlextra.backend",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        # A billing run prepares the statements that it repeats for each chunk; a pooler between must know of prepared statements.
        "OPTIONS": {"prepare_threshold": 5, **options},
    }


def broker(url: str) -> str:
    """REDIS_URL as Celery's transport writes it: a socket is ``redis+socket:``, with its database as virtual_host."""
    parts = _split_redis(url)
    if parts.scheme != "unix":
        return url
    options = dict(parse_qsl(parts.query))
    options["virtual_host"] = options.pop("db", "0")
    return f"redis+socket://{parts.path}?{urlencode(options)}"


def with_redis_database(url: str, number: int) -> str:
    """REDIS_URL with another database number."""
    parts = _split_redis(url)
    if parts.scheme == "unix":
        options = dict(parse_qsl(parts.query)) | {"db": str(number)}
        return f"unix://{parts.path}?{urlencode(options)}"
    return parts._replace(path=f"/{number}").geturl()


def redis_database(url: str) -> int:
    """The database number in REDIS_URL; 0 when it names none."""
    parts = _split_redis(url)
    number = dict(parse_qsl(parts.query)).get("db", "") if parts.scheme == "unix" else parts.path.strip("/")
    if number and not number.isdigit():
        raise ImproperlyConfigured(f"REDIS_URL names database {number!r}: end it with a number, as in /0.")
    return int(number or 0)


def _split_redis(url: str) -> SplitResult:
    form = "redis://:password@host:6379/0"
    return _split(
        "REDIS_URL", url, {"redis": form, "rediss": "rediss://…", "unix": "unix:///path/of/the/socket?db=0"}
    )


def mail(url: str) -> dict[str, Any]:
    """``smtp://user:password@host:25``, ``smtp+tls://…:587`` or ``smtps://…:465`` as Django's EMAIL_ settings."""
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    parts = _split(
        "EMAIL_URL", url, {scheme: f"{scheme}://user:password@host:{ports[scheme]}" for scheme in ports}
    )
    if not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL names no host: write it as smtp://user:password@host:25.")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


def without_password(url: str) -> str:
    """The address as it may be shown on a screen or in a log."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    user = quote(unquote(parts.username or ""))
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{user}:…@{host}").geturl()
