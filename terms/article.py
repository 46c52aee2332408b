"""A citation of one article of one document."""

from dataclasses import dataclass
from typing import Self

AGREED = "・個別合意"
"""Stands between an article and the day of an individual agreement that says otherwise: ``34・個別合意2025-06-01``."""


@dataclass(frozen=True, slots=True, order=True)
class ArticleRef:
    """Pack code and number as the document prints it, with paragraph and item after a hyphen: ``isp-access 9-3(1)``.

    ``str`` gives that text and ``parse`` reads it back, so it can be stored in one column.
    """

    pack: str
    number: str

    def __str__(self) -> str:
        return f"{self.pack} {self.number}"

    @property
    def printed(self) -> str:
        """The number as the document prints it, without the agreement that overrides it."""
        return self.number.partition(AGREED)[0]

    @property
    def head(self) -> str:
        """The article without paragraph and item: ``9`` of ``9-3(1)``."""
        return self.printed.partition("-")[0]

    @property
    def agreed(self) -> str:
        """The day of the individual agreement that overrides it, in ISO form; empty where none does."""
        return self.number.partition(AGREED)[2]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``"isp-access 9-3(1)"``. ValueError where a part is missing."""
        pack, _, number = text.partition(" ")
        if not pack or not number:
            raise ValueError(
                f"not a citation: {text!r}; write pack code, a space and the article, such as 'isp-access 34'"
            )
        return cls(pack, number)
