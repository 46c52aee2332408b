"""The explanation of the conditions before a contract is made or changed (提供条件の説明)."""

from dataclasses import dataclass
from typing import Literal

from terms.article import ArticleRef

Holder = Literal["person", "corporation"]
Asked = Literal["new", "item_change", "option", "equipment", "relocation", "different_route"]


@dataclass(frozen=True, kw_only=True)
class ExplanationDuty:
    """To whom of the ``holders`` the conditions are explained, before which ``requests`` are granted. A request that gives something
    up costs nothing and needs none. ``without_paper``: the consent without which it is not given by voice alone."""

    article: ArticleRef
    holders: tuple[Holder, ...]
    requests: tuple[Asked, ...]
    without_paper: str
