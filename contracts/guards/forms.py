"""In which form something must be said: in writing, on the web, or in any form."""

from django.utils.translation import gettext as _

from terms.article import ArticleRef
from terms.document import Form
from terms.refusal import Refusal


def in_form(asked: Form, article: ArticleRef, form: str) -> Refusal | None:
    """Refuses a form other than the one the document asks for. ``form``: "written", "web" or "phone"."""
    if asked in ("any", form):
        return None
    reasons = {
        "written": _("The document asks for this in writing."),
        "web": _("The document asks for this through the operator’s web page."),
        "phone": _("The document asks for this by telephone."),
    }
    return Refusal(article, "wrong_form", reasons[asked])
