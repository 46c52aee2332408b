"""What ranks beside a document: agreements with one subscriber, and other documents it refers to."""

from dataclasses import dataclass
from typing import Literal

from terms.article import ArticleRef
from terms.document import Form, Ground


@dataclass(frozen=True, kw_only=True)
class IndividualAgreement:
    """An agreement with one subscriber goes before the document, in the form it asks for."""

    article: ArticleRef
    form: Form


@dataclass(frozen=True, kw_only=True)
class Reference(Ground):
    """Another document that applies too: ``below`` this one, ``above`` it, or ``beside`` it where no order is set."""

    ranks: Literal["below", "above", "beside"]
