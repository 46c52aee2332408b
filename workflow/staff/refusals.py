"""The answer no, shown on the form where the question was asked: the reason, and the article that it rests on."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.forms import Form
from django.utils.html import format_html
from django.utils.translation import gettext as _

from terms.errors import TermsError
from workflow.days import days_in_words
from workflow.errors import NotPermitted, Refused, WrongState
from workflow.staff import cells

_PLACES = {"wrong_form": "form"}
"""Where the refusals stand that many services share."""

_ANSWERS: list[type[Exception]] = [NotPermitted, WrongState, TermsError]


def answers_with(*errors: type[Exception]) -> None:
    """Say that these errors of a room's services are answers to the person who asked, in words for that person."""
    _ANSWERS.extend(errors)


@contextmanager
def shown_on(form: Form, fields: dict[str, str] | None = None) -> Iterator[None]:
    """Run a service; whatever it refuses becomes an error of ``form``, and nothing of it stays in the database.

    ``fields`` says at which field a refusal of a certain code belongs, or an answer about a fact that the form calls otherwise.
    """
    try:
        with transaction.atomic():
            yield
    except Refused as refused:
        refusal = refused.refusal
        form.add_error(
            _existing(form, {**_PLACES, **(fields or {})}.get(refusal.code)),
            ValidationError(
                format_html("{} {}", days_in_words(refusal.reason), cells.article(refusal.article)),
                code=refusal.code,
            ),
        )
    except ValidationError as error:
        _add_validation_error(form, error, fields or {})
    except IntegrityError as error:
        message = constraint_message(error)
        if not message:
            raise
        form.add_error(None, message)
    except tuple(_ANSWERS) as error:
        form.add_error(None, days_in_words(str(error)))


def constraint_message(error: IntegrityError) -> str:
    """What the model says about the constraint that the database enforced; empty where it says nothing."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                standard = constraint.violation_error_message == constraint.default_violation_error_message
                return (
                    _("This contradicts what is already recorded.")
                    if standard
                    else str(constraint.violation_error_message)
                )
    return ""


def _existing(form: Form, field: str | None) -> str | None:
    return field if field in form.fields else None


def _add_validation_error(form: Form, error: ValidationError, fields: dict[str, str]) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, _in_words(error))
        return
    for name, errors in error.error_dict.items():
        for one in errors:
            field = _existing(form, fields.get(one.code or "")) or _existing(form, fields.get(name, name))
            if field or name == NON_FIELD_ERRORS:
                form.add_error(field, _in_words(one))
            else:
                form.add_error(None, [f"{name}: {message}" for message in _in_words(one)])


def _in_words(error: ValidationError) -> list[str]:
    return [days_in_words(message) for message in error.messages]
