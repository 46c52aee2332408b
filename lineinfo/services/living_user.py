"""Lock an API user who is still registered."""

from django.utils.translation import gettext as _

from lineinfo.models import ApiUser
from workflow.errors import WrongState


def living_user(api_user: ApiUser) -> ApiUser:
    """The user's row, locked and read anew, with its contract. WrongState once deleted. Call inside a transaction."""
    found = ApiUser.objects.select_for_update(of=("self",)).select_related("api_contract").get(pk=api_user.pk)
    if found.deleted_on is not None:
        raise WrongState(_("%(user)s was deleted on %(day)s.") % {"user": found, "day": found.deleted_on})
    return found
