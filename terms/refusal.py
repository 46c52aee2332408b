"""The answer no."""

from dataclasses import dataclass

from terms.article import ArticleRef


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a guard returns instead of None when something may not be done.

    ``article`` says on what it rests, ``code`` is for programs, ``reason`` for the person who asked.
    """

    article: ArticleRef
    code: str
    reason: str

    def __str__(self) -> str:
        return f"{self.reason} [{self.article}]"
