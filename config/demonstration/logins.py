"""Three logins for whoever looks at the demonstration: staff, a customer, an API user."""

import os
from datetime import datetime
from pathlib import Path

from django.db.models import Count

from config.demonstration.staff import administrator, hire, password
from contracts.models import Contract, Subscriber
from lineinfo.models import ApiContract, ApiUser
from lineinfo.services.issue_credential import issue_credential
from workflow.models import User

CUSTOMER = "customer"


def make_logins(path: Path, *, at: datetime) -> None:
    """Make the accounts with new passwords and write them to ``path``, readable by its owner alone."""
    admins = [administrator(), administrator("admin2", "承認者")]
    rows = [*(_with_password("staff", admin) for admin in admins), _customer(), _api(at), ""]
    roles = {username: password() for username in hire()}
    hire(roles)
    rows += [_row("staff", username, secret) for username, secret in roles.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join(rows) + "\n")


def _customer() -> str:
    """A portal account for the subscriber with most to look at: contracts, invoices, an API contract."""
    subscriber = (
        Subscriber.objects.filter(contracts__state=Contract.State.ACTIVE)
        .annotate(
            api=Count("api_contracts", distinct=True),
            held=Count("contracts", distinct=True),
            bills=Count("billing_account__invoices", distinct=True),
        )
        .order_by("-api", "-held", "-bills", "id")
        .first()
    )
    if subscriber is None:
        return "customer: none, nobody has a running contract"
    user, _made = User.objects.get_or_create(username=CUSTOMER, defaults={"last_name": subscriber.name})
    subscriber.user = user
    subscriber.save(update_fields=["user"])
    return _with_password("customer", user)


def _api(at: datetime) -> str:
    user = (
        ApiUser.objects.filter(api_contract__state=ApiContract.State.ACTIVE, deleted_on=None)
        .order_by("id")
        .first()
    )
    if user is None:
        return "API user: none, nobody has an API contract"
    issued = issue_credential(api_user=user, by=administrator(), at=at)
    return _row("API user", user.name, f"Authorization: Bearer {issued.token}")


def _with_password(kind: str, user: User) -> str:
    secret = password()
    user.set_password(secret)
    user.save()
    return _row(kind, user.username, secret)


def _row(kind: str, name: str, secret: str) -> str:
    return f"{kind:<9} {name:<10} {secret}"
