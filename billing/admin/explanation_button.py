"""Recording on the page of a request that its conditions were explained (電気通信事業法26)."""

from collections.abc import Iterable

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from billing.services.give_explanation import give_explanation
from contracts.models import Explanation, Request
from contracts.services.explain_request import ANSWERED, duty_of
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel


class ExplainForm(ButtonForm):
    """How it was given, and by whom."""

    method = forms.ChoiceField(
        label=_("explained how"),
        choices=Explanation.Method.choices,
        widget=forms.RadioSelect,
        help_text=_("By voice alone only where the consumer asked for it and that consent is on record."),
    )
    given_by = forms.CharField(
        label=_("explained by"), max_length=100, required=False, help_text=_("Empty: you yourself.")
    )


def _explain(press: Press) -> Done:
    give_explanation(request=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("The explanation is on record."))


def _effects(request: Request) -> Iterable[Effect]:
    duty = duty_of(request, today())
    yield Effect(
        text=_(
            "The version of the terms and the prices of today are kept with it; then the request can be granted."
        ),
        article=duty.article if duty else "",
    )


explanation_button = Button(
    name="explain",
    label=_("Record the explanation"),
    permission="contracts.change_request",
    possible=lambda request: request.state not in ANSWERED and duty_of(request, today()) is not None,
    form=ExplainForm,
    run=_explain,
    effects=_effects,
    previews=False,
)


def explanation_panels(request: HttpRequest, obj: Request) -> Iterable[Panel]:
    """What was explained before the answer."""
    if duty_of(obj, today()) is None and not obj.explanations.exists():
        return
    yield panel(
        _("Explanations of the conditions"),
        obj.explanations.select_related("recorded_by"),
        [
            (_("explained how"), lambda row: row.get_method_display()),
            (_("version explained"), lambda row: cells.day(row.effective)),
            (
                _("prices explained"),
                lambda row: ", ".join(f"{name} ¥{amount:,}" for name, amount in row.prices),
            ),
            (_("explained by"), lambda row: row.given_by),
            (_("explained at"), lambda row: cells.moment(row.given_at)),
        ],
        empty=_("None so far: the law wants it before the request is granted."),
    )
