"""Who may do what."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.utils import translation

from tests.admin.world import member
from workflow import roles
from workflow.models import User
from workflow.roles import ALL_ROOMS, ROLES, Role
from workflow.services.load_roles import load_roles

pytestmark = pytest.mark.django_db


def test_loading_twice_changes_nothing():
    load_roles()
    first = {group.name: set(group.permissions.all()) for group in Group.objects.all()}
    load_roles()
    assert {group.name: set(group.permissions.all()) for group in Group.objects.all()} == first
    assert first.keys() == ROLES.keys()


def test_a_permission_that_was_added_by_hand_is_gone_after_loading():
    load_roles()
    group = Group.objects.get(name="audit")
    group.permissions.add(Permission.objects.get(codename="change_contract"))
    load_roles()
    assert not group.permissions.filter(codename="change_contract").exists()


def test_audit_reads_everything_and_changes_nothing():
    load_roles()
    audit = Group.objects.get(name="audit").permissions
    assert not audit.exclude(codename__startswith="view_").exists()
    readable = Permission.objects.filter(content_type__app_label__in=ALL_ROOMS, codename__startswith="view_")
    assert not readable.exclude(pk__in=audit.values("pk")).exists()


def test_a_role_with_a_permission_that_does_not_exist_is_refused_and_nothing_is_loaded(
    monkeypatch: pytest.MonkeyPatch,
):
    load_roles()
    before = Group.objects.get(name="billing").permissions.count()
    wrong = Role(label=ROLES["billing"].label, reads=frozenset(), does={"billing": ("fly_invoice",)})
    monkeypatch.setattr(roles, "ROLES", {**ROLES, "billing": wrong})
    monkeypatch.setattr("workflow.services.load_roles.ROLES", roles.ROLES)
    with pytest.raises(CommandError, match=r"billing\.fly_invoice"):
        call_command("load_roles")
    assert Group.objects.get(name="billing").permissions.count() == before


def test_roles_have_names_in_both_languages(signed_in, chief: User):
    load_roles()
    member("credit_control")
    for language, name in (("ja", "債権管理"), ("en", "credit control")):
        with translation.override(language):
            assert str(ROLES["credit_control"].label) == name
        assert name in signed_in(chief, language).get("/staff/workflow/user/").content.decode()


def test_nobody_gives_himself_a_role(with_role):
    client = with_role("reception")
    user = User.objects.get(username="one-of-reception")
    assert client.get(f"/staff/workflow/user/{user.pk}/change/").status_code == 403
    assert client.post(f"/staff/workflow/user/{user.pk}/change/", {"is_superuser": "on"}).status_code == 403


def test_a_superuser_gives_a_role(root, chief: User):
    load_roles()
    user = User.objects.create(username="new", is_staff=True)
    data = {
        "username": "new",
        "is_active": "on",
        "is_staff": "on",
        "groups": str(Group.objects.get(name="network").pk),
    }
    assert root.post(f"/staff/workflow/user/{user.pk}/change/", data).status_code == 302
    assert user.has_perm("contracts.change_line") is True


def test_protected_states_stand_on_no_form(world, signed_in):
    from django.contrib import admin
    from django.urls import reverse

    from workflow.models import Machine

    client = signed_in(world.root)
    for model in admin.site._registry:
        if not issubclass(model, Machine):
            continue
        row = model._default_manager.first()
        assert row is not None
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
        assert 'name="state"' not in client.get(address).content.decode()
        assert client.post(address, {"state": "ended"}).status_code == 403, model
        before = row.state
        row.refresh_from_db()
        assert row.state == before


def test_facts_are_neither_added_nor_deleted(world, signed_in):
    from django.contrib import admin
    from django.urls import reverse

    from workflow.staff.staff_admin import FactsAdmin

    client = signed_in(world.root)
    for model, model_admin in admin.site._registry.items():
        if not isinstance(model_admin, FactsAdmin):
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert client.get(reverse(f"{name}_add")).status_code == 403, model
        row = model._default_manager.first()
        if row is not None:
            assert (
                client.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
            ), model
