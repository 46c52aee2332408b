"""Making a request for the banks, and taking what they send."""

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.models import CollectionAccount
from billing.services.make_transfer_request import make_transfer_request
from billing.services.take_deposits import take_deposits
from billing.services.take_transfer_result import take_transfer_result
from workflow.staff.button_form import ButtonForm, DayField
from workflow.staff.buttons import Button, Done, Effect, Press

_MAY = "billing.add_bankfile"
# A million data records are 122 MB; more is a mistake.
_LARGEST = 150_000_000


class RequestForm(ButtonForm):
    """To which account of ours, and on which day."""

    account = forms.ModelChoiceField(label=_("collection account"), queryset=CollectionAccount.objects.all())
    debit_on = DayField(
        label=_("debit day"), help_text=_("On a bank holiday the next day on which banks are open.")
    )

    def set_up(self) -> None:
        ours = CollectionAccount.objects.all()[:2]
        if len(ours) == 1:
            self.fields["account"].initial = ours[0].pk


class UploadForm(ButtonForm):
    """A file as the bank sent it."""

    content = forms.FileField(label=_("file"))

    def clean_content(self) -> object:
        file = self.cleaned_data["content"]
        if file.size > _LARGEST:
            raise forms.ValidationError(_("The file is larger than a bank file can be."))
        return file


def _ask(press: Press) -> Done:
    file = make_transfer_request(by=press.by, at=press.at, **press.data)
    if file.left_out:
        return Done(
            message=_("The file is made; %(count)s invoices are left out, see below.")
            % {"count": len(file.left_out)},
            go_to=file,
        )
    return Done(message=_("The file is made. Download it and send it to the bank."), go_to=file)


def _result(press: Press) -> Done:
    upload = press.data["content"]
    file = take_transfer_result(content=upload.read(), name=upload.name, by=press.by, at=press.at)
    return Done(message=_("The answers of the banks are taken."), go_to=file)


def _deposits(press: Press) -> Done:
    upload = press.data["content"]
    file = take_deposits(content=upload.read(), name=upload.name, by=press.by, at=press.at)
    return Done(message=_("The deposits are taken; those that match nobody wait for you."), go_to=file)


bank_file_buttons = [
    Button(
        name="request",
        label=_("Make a transfer request"),
        permission=_MAY,
        look="primary",
        form=RequestForm,
        run=_ask,
        previews=False,
        effects=lambda obj: [
            Effect(
                text=_(
                    "Every open invoice due by that day and paid by account transfer is asked for, each once at a time."
                )
            ),
            Effect(text=_("Contested invoices are left out.")),
        ],
    ),
    Button(
        name="result",
        label=_("Take a transfer result"),
        permission=_MAY,
        form=UploadForm,
        run=_result,
        previews=False,
        effects=lambda obj: [
            Effect(text=_("What was debited becomes payments of the debit day.")),
            Effect(text=_("Who was not debited is told why, and can be asked for again.")),
            Effect(text=_("The same file twice changes nothing.")),
        ],
    ),
    Button(
        name="deposits",
        label=_("Take a list of movements"),
        permission=_MAY,
        form=UploadForm,
        run=_deposits,
        previews=False,
        effects=lambda obj: [
            Effect(text=_("A deposit whose payer and amount fit exactly one account becomes its payment.")),
            Effect(text=_("The others wait in the list of bank deposits.")),
        ],
    ),
]
