"""Recording an outage, and its end."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.models import Line, Outage, PartnerFault
from contracts.services.record_outage import record_outage
from contracts.services.record_partner_fault import put_down_to
from contracts.services.restore_outage import restore_outage
from terms.registry import pack_for
from terms.rules.outage_credit import OutageCredit
from workflow.staff.button_form import ButtonForm, ComeMomentField, today
from workflow.staff.buttons import Button, Done, Effect, Press


class OutageForm(ButtonForm):
    """The facts as the fault desk has them."""

    down = ComeMomentField(label=_("down since"))
    known = ComeMomentField(
        label=_("Known to us since"), help_text=_("Credits run from here where the document says so.")
    )
    restored = ComeMomentField(
        label=_("restored at"), required=False, help_text=_("Leave it empty while the line is down.")
    )
    cause = forms.ChoiceField(
        label=_("cause"),
        choices=Outage.Cause.choices,
        widget=forms.RadioSelect,
        initial=Outage.Cause.NOT_CUSTOMER,
    )
    operator_fault = forms.BooleanField(label=_("The operator’s fault"), required=False)
    note = forms.CharField(label=_("note"), widget=forms.Textarea(attrs={"rows": 2}), required=False)

    def set_up(self) -> None:
        self.fields["down"].initial = self.fields["known"].initial = timezone.now()


class RestoreForm(ButtonForm):
    """When the line was back, and what was found out."""

    restored = ComeMomentField(label=_("restored at"))
    cause = forms.ChoiceField(label=_("cause"), choices=Outage.Cause.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("note"), widget=forms.Textarea(attrs={"rows": 2}), required=False)

    def set_up(self) -> None:
        self.fields["restored"].initial = timezone.now()
        self.fields["cause"].initial = self.obj.cause


class PutDownForm(ButtonForm):
    """To which failure of a partner's service."""

    fault = forms.ModelChoiceField(
        label=_("fault of a partner"), queryset=PartnerFault.objects.none(), empty_label=None
    )

    def set_up(self) -> None:
        field = self.fields["fault"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = PartnerFault.objects.select_related("partner")


def _put_down(press: Press) -> Done:
    put_down_to(outage=press.obj, by=press.by, on=press.on, **press.data)
    return Done(message=_("The outage is put down to the partner’s fault."))


def _record(press: Press) -> Done:
    outage = record_outage(line=press.obj, by=press.by, **press.data)
    return Done(message=_("The outage is recorded."), go_to=outage)


def _restore(press: Press) -> Done:
    restore_outage(outage=press.obj, by=press.by, **press.data)
    return Done(message=_("The end of the outage is recorded."))


_AT_THEIR_FIELDS = {"known_after_down": "known", "restored_after_down": "restored"}


def _credit(line: Line) -> Effect:
    """Whether the document of the line gives anything back for an outage."""
    pack = pack_for(line.terms_code, today(), earliest=True)
    rule = pack.rule(OutageCredit) if pack.has(OutageCredit) else None
    if rule is None or not rule.credited:
        return Effect(
            text=_("This document gives nothing back for an outage."), article=rule.article if rule else ""
        )
    return Effect(
        text=_(
            "What the document gives back for it is credited on the next invoice, once the line is restored."
        ),
        article=rule.article,
    )


record_outage_button = Button(
    name="record-outage",
    label=_("Record an outage"),
    permission="contracts.add_outage",
    look="primary",
    form=OutageForm,
    run=_record,
    effects=lambda line: [_credit(line)],
    fields=_AT_THEIR_FIELDS,
)
restore_button = Button(
    name="restore",
    label=_("Line restored"),
    permission="contracts.change_outage",
    possible=lambda outage: outage.restored is None and outage.halted_id is None,
    look="primary",
    form=RestoreForm,
    run=_restore,
    effects=lambda outage: [_credit(outage.line)],
    fields=_AT_THEIR_FIELDS,
)
put_down_button = Button(
    name="put-down",
    label=_("A partner’s fault"),
    permission="contracts.change_outage",
    possible=lambda outage: not outage.operator_fault and outage.cause != Outage.Cause.CUSTOMER,
    form=PutDownForm,
    run=_put_down,
)
