"""Roles: Django's groups, as they are laid down in workflow.roles."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from workflow.staff.cells import link
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin

admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(FactsAdmin):
    """To be read: what a role may do is laid down in code and loaded by ``manage.py load_roles``."""

    list_display = ["name"]
    search_fields = ["name"]
    fields = ["name"]

    def panels(self, request: HttpRequest, obj: Group) -> list[Panel]:
        return [
            panel(
                _("Who has this role"),
                obj.user_set.order_by("username"),
                [(_("user"), link), (_("Sign-in name"), lambda user: user.username)],
                shown=100,
                empty=_("Nobody."),
            ),
            panel(
                _("What it may do"),
                obj.permissions.select_related("content_type").order_by(
                    "content_type__app_label", "codename"
                ),
                [
                    (_("Room"), lambda permission: permission.content_type.app_label),
                    (_("Permission"), lambda permission: permission.codename),
                ],
                shown=1000,
            ),
        ]
