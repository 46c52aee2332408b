"""Checks for anti-social forces: made from the page of a subscriber."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from contracts.guards.ending import ANTI_SOCIAL
from contracts.models import AntiSocialCheck, Contract, Subscriber
from contracts.models.contract import LIVE_STATES
from contracts.services.check_anti_social import check_anti_social
from terms.registry import pack_for
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, ComeDayField, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


class CheckForm(ButtonForm):
    """When, how, and what was found."""

    on = ComeDayField(label=_("checked on"))
    method = forms.ChoiceField(
        label=_("how it was checked"), choices=AntiSocialCheck.Method.choices, widget=forms.RadioSelect
    )
    result = forms.ChoiceField(
        label=_("result"), choices=AntiSocialCheck.Result.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def set_up(self) -> None:
        self.fields["on"].initial = self.on_day


def _check(press: Press) -> Done:
    check = check_anti_social(subscriber=press.obj, by=press.by, **press.data)
    return Done(message=_("The check is on record."), go_to=check)


def _on_checking(subscriber: Subscriber) -> Iterable[Effect]:
    yield Effect(text=_("The entry is final. What is found is shown when an application is reviewed."))
    for code in sorted(
        set(subscriber.contracts.filter(state__in=LIVE_STATES).values_list("terms_code", flat=True))
    ):
        table = pack_for(code, today(), earliest=True).anti_social
        if table:
            yield Effect(
                text=_("Where it is found, the contract may be ended at once."), article=table.article
            )


check_button = Button(
    name="check-anti-social",
    label=_("Record an anti-social check"),
    permission="contracts.add_antisocialcheck",
    menu=_("More"),
    form=CheckForm,
    run=_check,
    effects=_on_checking,
)


def checks_panel(subscriber: Subscriber) -> Panel:
    """The checks of a subscriber, the latest first."""
    return panel(
        _("anti-social checks"),
        subscriber.anti_social_checks.select_related("by").order_by("-checked_on", "-id"),
        [
            (_("checked on"), lambda check: cells.link(check, cells.day_text(check.checked_on))),
            (_("how it was checked"), lambda check: check.get_method_display()),
            (_("result"), result_badge),
            (_("checked by"), lambda check: check.by),
        ],
        empty=_("Nobody has looked yet."),
    )


def result_badge(check: AntiSocialCheck) -> str:
    """The result, in its colour."""
    tones = {AntiSocialCheck.Result.CLEAR: "success", AntiSocialCheck.Result.FOUND: "danger"}
    return cells.badge(check.get_result_display(), tones.get(AntiSocialCheck.Result(check.result), "warning"))


@admin.register(AntiSocialCheck)
class AntiSocialCheckAdmin(FactsAdmin):
    list_display = ["checked_on", "subscriber_link", "method", "badge", "by"]
    list_filter = ["result", "method"]
    list_select_related = ["subscriber", "by"]
    search_fields = ["subscriber__number__startswith"]
    search_help_text = _("Subscriber number, from its beginning.")
    fields = ["subscriber_link", "checked_on", "method", "badge", "note", "by", "endings"]

    @admin.display(description=_("subscriber"))
    def subscriber_link(self, check: AntiSocialCheck) -> str:
        return cells.link(check.subscriber)

    @admin.display(description=_("result"))
    def badge(self, check: AntiSocialCheck) -> str:
        return result_badge(check)

    @admin.display(description=_("May be ended at once"))
    def endings(self, check: AntiSocialCheck) -> str:
        """Where something was found: the way to the proposal of an ending, contract by contract, with its article."""
        if check.result != AntiSocialCheck.Result.FOUND:
            return cells.EMPTY
        return format_html_join(
            " ",
            '<a href="{}" class="cell-link">{}</a> {}',
            (
                (_proposal(contract), contract.number, cells.article(table.article))
                for contract in check.subscriber.contracts.filter(state__in=LIVE_STATES)
                if (table := contract.pack(today()).anti_social)
            ),
        )


def _proposal(contract: Contract) -> str:
    """The page on which the ending at once is proposed, filled in."""
    address = reverse("admin:contracts_contract_press", args=[contract.pk, "end"])
    return f"{address}?{urlencode({'ground': ANTI_SOCIAL, 'ends_on': today().isoformat()})}"
