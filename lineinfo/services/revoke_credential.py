"""Block a credential at once."""

from datetime import datetime

from contracts.moments import japan_date
from lineinfo.models import Credential
from terms.article import ArticleRef
from workflow.models import StateChange, User
from workflow.services.perform import perform


def revoke_credential(
    *, credential: Credential, by: User, at: datetime, reason: str = "", article: ArticleRef | None = None
) -> StateChange:
    """From the commit on the credential opens nothing. WrongState where it is revoked or expired already."""
    return perform(credential, "revoke", by=by, on=japan_date(at), reason=reason, article=article, at=at)
