"""How accounts come about: staff make them. Nobody registers by himself."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """allauth's account rules, with registration closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
