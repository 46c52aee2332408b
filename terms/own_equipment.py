"""The tables of a document on the subscriber's own equipment: how its connection is asked for, how it is inspected."""

from dataclasses import dataclass
from typing import Literal

from terms.article import ArticleRef
from terms.document import Form, RequestTerms


@dataclass(frozen=True, kw_only=True)
class OwnConnection(RequestTerms):
    """接続の請求, granted unless one of ``refusal_grounds`` is there. ``uncertified_form``: for equipment without certification.

    It is inspected before it is granted; ``certified_exempt``: not where it is certified.
    """

    uncertified_form: Form
    certified_exempt: bool
    inspection_article: ArticleRef
    removal_article: ArticleRef


@dataclass(frozen=True, kw_only=True)
class OwnEquipment:
    """自営設備 of one ``kind``. ``remedy``: what fails is removed, or put right; ``suspension_ground``: refusing either is one."""

    kind: Literal["terminal", "facility"]
    article: ArticleRef
    occasions: tuple[Literal["connection", "change", "fault", "hindrance"], ...]
    certificate_article: ArticleRef
    remedy: Literal["removal", "correction"]
    remedy_article: ArticleRef
    suspension_ground: str = ""
    connection: OwnConnection | None = None
