"""The accounts that can act: staff with their roles, subscribers in the portal, the clock."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from workflow.models import User
from workflow.staff import cells
from workflow.staff.staff_admin import StaffAdmin


@admin.register(User)
class UserAdmin(StaffAdmin, DjangoUserAdmin):  # type: ignore[type-arg]  # Django's is not generic at run time
    """Nobody is deleted: an account that may act no longer is made inactive."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ["username", "__str__", "email", "roles", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_active", "is_system", "groups"]
    search_fields = [
        "username__startswith",
        "email__startswith",
        "last_name__startswith",
        "first_name__startswith",
    ]
    search_help_text = _("Sign-in name, e-mail or name, from its beginning.")
    ordering = ["username"]
    filter_horizontal = ()
    readonly_fields = ["last_login", "date_joined", "is_system"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("About the person"), {"fields": ["last_name", "first_name", "email"]}),
        (
            _("What the account may do"),
            {"fields": ["is_active", "is_staff", "groups", "is_superuser", "is_system"]},
        ),
        (_("Use of the account"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"classes": ["wide"], "fields": ["username", "usable_password", "password1", "password2"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("Roles"))
    def roles(self, user: User) -> str:
        return ", ".join(role_name(group.name) for group in user.groups.all()) or cells.EMPTY


def role_name(name: str) -> str:
    """A role in the language of the reader."""
    from workflow.roles import ROLES

    return str(ROLES[name].label) if name in ROLES else name
