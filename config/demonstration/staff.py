"""The demonstration operator's staff, one or two for each role."""

import secrets
from collections.abc import Mapping

from django.contrib.auth.models import Group

from workflow.models import User

STAFF = {
    "reception": ("受付", "佐藤", "花"),
    "billing": ("料金", "鈴木", "一郎"),
    "billing2": ("料金", "高橋", "恵子"),
    "credit": ("債権管理", "田中", "誠"),
    "credit2": ("債権管理", "伊藤", "智子"),
    "network": ("設備", "渡辺", "健一"),
    "audit": ("監査", "山本", "正和"),
}
ROLES = {"billing2": "billing", "credit": "credit_control", "credit2": "credit_control"}
"""Accounts whose role has another name than the account."""


def hire(passwords: Mapping[str, str] | None = None) -> dict[str, User]:
    """The staff by account name, made where they are not there yet; a given password is set, others cannot sign in."""
    staff = {}
    for username, (_department, last_name, first_name) in STAFF.items():
        user, made = User.objects.get_or_create(
            username=username, defaults={"last_name": last_name, "first_name": first_name, "is_staff": True}
        )
        if made:
            user.groups.add(Group.objects.get(name=ROLES.get(username, username)))
            user.set_unusable_password()
        if passwords and username in passwords:
            user.set_password(passwords[username])
        user.save()
        staff[username] = user
    return staff


def administrator(username: str = "admin", name: str = "管理者") -> User:
    """Who may do everything, and alone publishes terms and ends services; cannot sign in until a password is set."""
    user, made = User.objects.get_or_create(
        username=username, defaults={"is_staff": True, "is_superuser": True, "last_name": name}
    )
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def password() -> str:
    """A password for one demonstration login: made anew for each installation, never written into the code."""
    return secrets.token_urlsafe(9)
