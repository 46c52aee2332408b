"""What a document that says nothing of a thing answers."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from terms.pack import Pack
from terms.refusal import Refusal


def no_such_clause(pack: Pack, code: str, reason: str) -> Refusal:
    """The refusal of something that the document does not provide for, on its opening article (the scope of the document).

    Where another document fills what this one leaves out (line-info-api 1-2), the reason names it.
    """
    filling = next((reference for reference in pack.references if reference.ranks == "below"), None)
    if filling is not None:
        label = filling.label if (get_language() or "ja").startswith("ja") else filling.label_en
        reason = " ".join([reason, _("What is left out here follows “%(document)s”.") % {"document": label}])
    return Refusal(pack.article(next(iter(pack.articles))), code, reason)
