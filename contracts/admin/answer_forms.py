"""The forms with which staff answer a request."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.guards.request import grounds_of
from contracts.kinds import kind_of
from contracts.models import Request
from terms.registry import pack_for
from workflow.staff.button_form import ButtonForm, GroundField


class AcceptForm(ButtonForm):
    """Nothing but the reason for leaving the order of arrival, where somebody else came first."""

    order_reason = forms.CharField(
        label=_("Reason for leaving the order of arrival"),
        max_length=200,
        required=False,
        help_text=_("Only where an earlier request under the same document still waits."),
    )


class RefuseForm(AcceptForm):
    """A ground of the document, and the reason as the applicant reads it."""

    ground = GroundField()
    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("As the applicant will read it in the notice."),
    )

    field_order = ["ground", "reason", "order_reason"]

    def set_up(self) -> None:
        request: Request = self.obj
        ground = self.fields["ground"]
        assert isinstance(ground, GroundField)
        pack = pack_for(request.terms_code, self.on_day, earliest=True)
        ground.offer(grounds_of(pack, kind_of(request.kind).terms(pack)))
        if not ground.choices:
            del self.fields["ground"]

    def clean(self) -> dict[str, str]:
        # A document may list no grounds; the service then takes none.
        return {"ground": "", **self.cleaned_data}
