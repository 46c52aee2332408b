"""What a service answers, put where the reader asked: on the form."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from terms.refusal import Refusal
from workflow.days import days_in_words
from workflow.errors import NotPermitted, Refused, WrongState

T = TypeVar("T")


class AskingForm(forms.Form):
    """A form that can carry a refusal: the article and the reason on which the answer was no.

    ``no_such_place``: the postal code was looked up and not found.
    """

    refusal: Refusal | None = None
    no_such_place = False


def ask(form: AskingForm, service: Callable[..., T], /, **arguments: Any) -> T | None:
    """What the service returns; None where it said no, and the form then says why. Nothing was changed in that case."""
    try:
        return service(**arguments)
    except Refused as error:
        refusal = error.refusal
        form.refusal = replace(refusal, reason=days_in_words(refusal.reason))
    except ValidationError as error:
        _add(form, error)
    except (WrongState, NotPermitted) as error:
        form.add_error(None, days_in_words(str(error)))
    return None


def _add(form: AskingForm, error: ValidationError) -> None:
    """Errors of fields that the form has go to them; the others stand at its head."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, [days_in_words(text) for text in error.messages])
        return
    for name, errors in error.message_dict.items():
        field = name if name in form.fields and name != NON_FIELD_ERRORS else None
        for text in errors:
            form.add_error(field, days_in_words(text))
