"""Write the roles of workflow.roles into Django's groups."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from workflow.roles import ROLES, Role


class NoSuchPermission(Exception):
    """A role names a permission that no model has."""


def load_roles() -> None:
    """Give each group exactly the permissions that its role lays down. Safe to run again.

    Raises NoSuchPermission, and changes nothing, when a role names one that does not exist.
    """
    with transaction.atomic():
        for name, role in ROLES.items():
            group, _ = Group.objects.get_or_create(name=name)
            group.permissions.set(_permissions(name, role))


def _permissions(name: str, role: Role) -> list[Permission]:
    wanted = {(room, codename) for room, codenames in role.does.items() for codename in codenames}
    reads = Q(content_type__app_label__in=role.reads, codename__startswith="view_")
    does = Q(content_type__app_label__in=role.does, codename__in={codename for _, codename in wanted})
    found = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.filter(reads | does).select_related("content_type")
    }
    missing = wanted - found.keys()
    if missing:
        listed = ", ".join(f"{room}.{codename}" for room, codename in sorted(missing))
        raise NoSuchPermission(f"workflow.roles gives “{name}” permissions that do not exist: {listed}")
    return [
        permission
        for key, permission in found.items()
        if key in wanted or (key[0] in role.reads and key[1].startswith("view_"))
    ]
