"""Second factors: taken away where somebody has lost theirs, and set up anew by that person."""

from django.utils.translation import gettext_lazy as _

from workflow.staff.button_form import ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.staff_admin import FactsAdmin


def _remove(press: Press) -> Done:
    user = press.obj.user
    # Without it the recovery codes open nothing that the password alone does not; they go together.
    type(press.obj).objects.filter(user=user).delete()
    return Done(message=_("The second factor of %(user)s is gone.") % {"user": user}, go_to=user)


class SecondFactorAdmin(FactsAdmin):
    """Never shows the secrets."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_select_related = ["user"]
    search_fields = ["user__username__startswith"]
    fields = ["user", "type", "created_at", "last_used_at"]
    buttons = [
        Button(
            name="remove",
            label=_("Take the second factor away"),
            permission="mfa.delete_authenticator",
            look="danger",
            form=ReasonForm,
            run=_remove,
            effects=lambda obj: [
                Effect(text=_("Its owner signs in with the password alone until a new one is set up."))
            ],
            previews=False,
        )
    ]
