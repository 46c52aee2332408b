"""What a document that says nothing of a thing answers."""

from terms.pack import Pack
from terms.refusal import Refusal


def no_such_clause(pack: Pack, code: str, reason: str) -> Refusal:
    """The refusal of something that the document does not provide for, on its opening article (the scope of the document)."""
    return Refusal(pack.article(next(iter(pack.articles))), code, reason)
