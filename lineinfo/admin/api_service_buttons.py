"""What staff do with the API as a whole: announce an interruption, end the service; and who stands in a contract."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import Subscriber
from lineinfo.parts import Part
from lineinfo.services.announce_api_interruption import announce_api_interruption
from lineinfo.services.discontinue_api import discontinue_api
from lineinfo.services.end_api_part import end_api_part
from lineinfo.services.succeed_api_contract import CAUSES, succeed_api_contract
from terms.pack import Pack
from terms.registry import registry
from workflow.staff.button_form import ButtonForm, DayField, GroundField, MomentField, today
from workflow.staff.buttons import Button, Done, Effect, Press

_CAUSES = dict(zip(CAUSES, (_("inheritance"), _("merger"), _("split")), strict=True))


def api_packs() -> list[Pack]:
    """The documents about other contracts of the same holder: that is what an API document is here."""
    packs = [registry().pack_for(code, today(), earliest=True) for code in registry().codes()]
    return [pack for pack in packs if pack.application and pack.application.same_holder_article]


class InterruptForm(ButtonForm):
    """When the API is out of use, and on which ground of the document."""

    pack: Pack
    title = forms.CharField(
        label=_("title"), max_length=120, help_text=_("In Japanese: it is posted as it stands.")
    )
    ground = GroundField()
    starts_at = MomentField(label=_("from"))
    ends_at = MomentField(label=_("until"))
    parts = forms.MultipleChoiceField(
        label=_("parts of the function"),
        choices=Part.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: the whole function."),
    )
    urgent_reason = forms.CharField(
        label=_("reason of the urgency"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_("Only where it is announced after it started."),
    )

    def set_up(self) -> None:
        field = self.fields["ground"]
        assert isinstance(field, GroundField)
        field.offer(self.pack.interruption.grounds if self.pack.interruption else [])


class DiscontinueForm(ButtonForm):
    """The last day of the service, and why it ends."""

    pack: Pack
    ends_on = DayField(label=_("Last day of the service"))
    reason = forms.CharField(label=_("reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class EndPartForm(DiscontinueForm):
    """Which part ends, its last day, and why."""

    part = forms.ChoiceField(label=_("part of the function"), choices=Part.choices, widget=forms.RadioSelect)
    ends_on = DayField(label=_("Last day of the part"))

    field_order = ["part", "ends_on", "reason"]


class SucceedForm(ButtonForm):
    """Who stands in the contract from now on, and what proves it."""

    successor = forms.ModelChoiceField(
        label=_("Number of the successor"),
        queryset=Subscriber.objects.all(),
        to_field_name="number",
        widget=forms.TextInput,
        help_text=_("A subscriber number, such as S00000042."),
    )
    cause = forms.ChoiceField(label=_("cause"), choices=list(_CAUSES.items()), widget=forms.RadioSelect)
    documents = forms.CharField(label=_("Public documents that prove it"), max_length=500)


def _interrupt(press: Press) -> Done:
    announce_api_interruption(terms_code=press.form.pack.code, by=press.by, at=press.at, **press.data)
    return Done(message=_("The interruption is announced."))


def _discontinue(press: Press) -> Done:
    count = discontinue_api(terms_code=press.form.pack.code, by=press.by, at=press.at, **press.data)
    return Done(
        message=_("The end of the service is announced; %(count)s contractors are told.") % {"count": count}
    )


def _end_part(press: Press) -> Done:
    end_api_part(terms_code=press.form.pack.code, by=press.by, at=press.at, **press.data)
    return Done(message=_("The end of the part is announced; the contractors are told."))


def _succeed(press: Press) -> Done:
    succeed_api_contract(contract=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("The successor stands in the contract."))


def _on_interrupting(pack: Pack) -> Iterable[Effect]:
    yield Effect(
        text=_("It is posted, each contractor is told, and calls are answered “interrupted” meanwhile."),
        article=pack.interruption.article if pack.interruption else "",
    )


def _on_discontinuing(pack: Pack) -> Iterable[Effect]:
    yield Effect(
        text=_(
            "Every API contract under this document ends on that day; it is posted, and each contractor is told."
        ),
        article=pack.discontinuation_notice.article if pack.discontinuation_notice else "",
    )


def _on_ending_a_part(pack: Pack) -> Iterable[Effect]:
    yield Effect(
        text=_(
            "After that day calls about the part are answered “ended”; the rest goes on. It is posted, and each contractor is told."
        ),
        article=pack.discontinuation_notice.article if pack.discontinuation_notice else "",
    )


def service_buttons() -> list[Button]:
    """For each document of an API: the buttons above the list."""
    return [
        button
        for pack in api_packs()
        for button in (_interrupt_button(pack), _end_part_button(pack), _discontinue_button(pack))
    ]


def _interrupt_button(pack: Pack) -> Button:
    return Button(
        name=f"interrupt-{pack.code}",
        label=_("Announce an interruption of the API"),
        permission="contracts.add_interruption",
        form=InterruptForm.about(pack=pack),
        run=_interrupt,
        effects=lambda obj: _on_interrupting(pack),
        fields={
            "no_such_ground": "ground",
            "whole_only": "parts",
            "not_announced_first": "starts_at",
            "no_urgent_exception": "urgent_reason",
            "ends_after_start": "ends_at",
        },
        previews=False,
    )


def _end_part_button(pack: Pack) -> Button:
    return Button(
        name=f"end-part-{pack.code}",
        label=_("End a part of the service"),
        permission="lineinfo.delete_apicontract",
        look="danger",
        form=EndPartForm.about(pack=pack),
        run=_end_part,
        effects=lambda obj: _on_ending_a_part(pack),
        fields={"notice_first": "ends_on", "last_part": "part"},
        previews=False,
    )


def _discontinue_button(pack: Pack) -> Button:
    return Button(
        name=f"discontinue-{pack.code}",
        label=_("End the service"),
        permission="lineinfo.delete_apicontract",
        look="danger",
        form=DiscontinueForm.about(pack=pack),
        run=_discontinue,
        effects=lambda obj: _on_discontinuing(pack),
        fields={"notice_first": "ends_on"},
        previews=False,
    )


succeed_button = Button(
    name="succeed",
    label=_("Record a succession"),
    permission="lineinfo.change_apicontract",
    possible=lambda contract: contract.is_live,
    form=SucceedForm,
    run=_succeed,
    effects=lambda contract: [
        Effect(
            text=_("Another subscriber stands in the contract from today; API users and credentials go on."),
            article=contract.pack(today()).succession.article if contract.pack(today()).succession else "",
        )
    ],
    fields={"no_documents": "documents", "no_such_cause": "cause"},
)
