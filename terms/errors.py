"""What terms raises. Everything is a TermsError, so that a caller may catch one thing."""


class TermsError(Exception):
    """Something about the documents or the facts is wrong; the text says where, what, and what to do."""


class PackError(TermsError):
    """A pack that cannot be read. Names the file, the table and the key."""

    def __init__(self, source: str, table: str, key: str, problem: str) -> None:
        place = ", ".join(
            part for part in (source, table and f"table [{table}]", key and f'key "{key}"') if part
        )
        super().__init__(f"{place}: {problem}" if place else problem)
        self.source, self.table, self.key, self.problem = source, table, key, problem


class NoSuchPack(TermsError):
    """No document has this code."""


class NoSuchVersion(TermsError):
    """The document has no version that applies on the day asked for."""


class NoSuchRule(TermsError):
    """The document says nothing of this."""


class FactsError(TermsError, ValueError):
    """Facts that cannot be, or that are not enough for the rule. Nothing was computed."""
