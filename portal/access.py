"""Who sees the customers' pages: a signed-in subscriber, and only what is theirs."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from contracts.models import Subscriber
from workflow.models import User

P = ParamSpec("P")


class SignedIn(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


def subscriber_of(user: User) -> Subscriber | None:
    """The subscriber to whom the account belongs, or None: staff, and accounts not yet tied to anybody."""
    try:
        return user.subscriber
    except ObjectDoesNotExist:
        return None


def subscribers_only(
    view: Callable[Concatenate[SignedIn, Subscriber, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Gives the view the signed-in subscriber as its second argument; every query of a view starts from it.

    A visitor goes to the sign-in page. Somebody without a subscriber is told so, and staff are shown their way.
    What a subscriber sees is kept in no cache.
    """

    @login_required
    @cache_control(private=True, no_store=True)
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        signed_in = cast(SignedIn, request)
        subscriber = subscriber_of(signed_in.user)
        if subscriber is None:
            return render(request, "portal/no_subscriber.html", status=403)
        return view(signed_in, subscriber, *args, **kwargs)

    return guarded
