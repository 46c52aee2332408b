"""Who sits in front of the screen."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from workflow.models import User


def person(request: HttpRequest) -> User:
    """Who is signed in. The staff site lets nobody else this far; PermissionDenied all the same."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
