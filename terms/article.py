"""A citation of one article of one document."""

from dataclasses import dataclass
from typing import Self


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
    def head(self) -> str:
        """The article without paragraph and item: ``9`` of ``9-3(1)``."""
        return self.number.partition("-")[0]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``"isp-access 9-3(1)"``. ValueError where a part is missing."""
        pack, _, number = text.partition(" ")
        if not pack or not number:
            raise ValueError(
                f"not a citation: {text!r}; write pack code, a space and the article, such as 'isp-access 34'"
            )
        return cls(pack, number)
