"""Registering a subscriber: the form at the counter or on the telephone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import Subscriber
from contracts.models.address import PREFECTURES
from contracts.services.change_contact import change_contact
from contracts.services.register_subscriber import register_subscriber
from workflow.staff.button_form import ButtonForm
from workflow.staff.buttons import Button, Done, Effect, Press


class AddressFields(ButtonForm):
    """A Japanese address, field by field."""

    postal_code = forms.CharField(label=_("postal code"), max_length=8, help_text=_("Seven digits."))
    prefecture = forms.ChoiceField(
        label=_("prefecture"), choices=[("", "—"), *((name, name) for name in PREFECTURES)]
    )
    city = forms.CharField(label=_("city"), max_length=40)
    town = forms.CharField(label=_("town and number"), max_length=100)
    building = forms.CharField(label=_("building and room"), max_length=100, required=False)


class SubscriberForm(AddressFields):
    """Who it is, and how notices reach them."""

    kind = forms.ChoiceField(
        label=_("kind"),
        choices=Subscriber.Kind.choices,
        widget=forms.RadioSelect,
        initial=Subscriber.Kind.PERSON,
    )
    name = forms.CharField(label=_("Full name"), max_length=100)
    name_kana = forms.CharField(
        label=_("Reading"), max_length=100, help_text=_("Hiragana is turned into katakana.")
    )
    corporate_number = forms.CharField(
        label=_("corporate number"),
        max_length=13,
        required=False,
        help_text=_("Thirteen digits; only for corporations."),
    )
    contact_person = forms.CharField(label=_("contact person"), max_length=60, required=False)
    phone = forms.CharField(label=_("phone"), max_length=15)
    email = forms.EmailField(label=_("e-mail"), required=False)
    channel = forms.ChoiceField(
        label=_("notices by"),
        choices=Subscriber.Channel.choices,
        widget=forms.RadioSelect,
        initial=Subscriber.Channel.EMAIL,
    )

    field_order = [
        "kind", "name", "name_kana", "corporate_number", "contact_person", "postal_code", "prefecture", "city", "town", "building",
        "phone", "email", "channel",
    ]  # fmt: skip


class ContactForm(ButtonForm):
    """How the subscriber is reached."""

    contact_person = forms.CharField(label=_("contact person"), max_length=60, required=False)
    phone = forms.CharField(label=_("phone"), max_length=15)
    email = forms.EmailField(label=_("e-mail"), required=False)
    channel = forms.ChoiceField(
        label=_("notices by"), choices=Subscriber.Channel.choices, widget=forms.RadioSelect
    )

    def set_up(self) -> None:
        for name, field in self.fields.items():
            field.initial = getattr(self.obj, name)


def _register(press: Press) -> Done:
    subscriber = register_subscriber(by=press.by, on=press.on, **press.data)
    return Done(message=_("%(subscriber)s is registered.") % {"subscriber": subscriber}, go_to=subscriber)


register_button = Button(
    name="register",
    label=_("Register a subscriber"),
    permission="contracts.add_subscriber",
    look="primary",
    form=SubscriberForm,
    run=_register,
    effects=lambda obj: [Effect(text=_("A number is given. Nothing is sent yet."))],
)


def _change_contact(press: Press) -> Done:
    change_contact(subscriber=press.obj, by=press.by, **press.data)
    return Done(message=_("The contact details are changed."))


contact_button = Button(
    name="contact",
    label=_("Change the contact details"),
    permission="contracts.change_subscriber",
    form=ContactForm,
    run=_change_contact,
    effects=lambda subscriber: [
        Effect(
            text=_("Notices go there from now on. Name and address change by a request of the subscriber.")
        )
    ],
)
