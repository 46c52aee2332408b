"""Numbers for what people quote on the phone: drawn from database sequences, never MAX+1."""

from django.db import connection

SUBSCRIBER, CONTRACT, REQUEST, LINE = "subscriber_number", "contract_number", "request_number", "line_number"
GROUP = "group_number"
PREFIXES = {SUBSCRIBER: "S", CONTRACT: "C", REQUEST: "R", LINE: "L", GROUP: "G"}


def next_number(sequence: str) -> str:
    """The next number of ``sequence``, such as C00000042. Numbers may have gaps; they never repeat."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [sequence])
        return f"{PREFIXES[sequence]}{cursor.fetchone()[0]:08d}"


def subscriber_number() -> str:
    """A number for a new subscriber."""
    return next_number(SUBSCRIBER)


def contract_number() -> str:
    """A number for a new contract."""
    return next_number(CONTRACT)


def request_number() -> str:
    """A number for a request, in order of arrival."""
    return next_number(REQUEST)


def line_number() -> str:
    """A number for a line (回線番号)."""
    return next_number(LINE)


def group_number() -> str:
    """A number for a group of lines, which its applicants quote."""
    return next_number(GROUP)
