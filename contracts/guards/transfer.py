"""Who may take a contract over (譲渡)."""

from django.utils.translation import gettext as _

from terms.document import Transfer
from terms.refusal import Refusal

PARENT_TRANSFERRED = "parent_transferred"
"""The ground that the contract beside which this one stood was transferred, and this one was not."""


def may_be_transferred(terms: Transfer) -> Refusal | None:
    """Refuses where the document lets nobody else have the contract."""
    if terms.consent != "none_possible":
        return None
    return Refusal(terms.article, "no_transfer", _("Under this document a contract cannot be transferred."))
