"""Contracts that stay under earlier terms, and the way out: the subscriber agrees, or a later version is told in time."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract, KeptVersion, Request
from contracts.services.agree_to_terms import agree_to_terms
from workflow.staff import cells
from workflow.staff.button_form import ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


class AgreeForm(ReasonForm):
    """How the subscriber agreed, and where that is seen."""

    form = forms.ChoiceField(label=_("given"), choices=Request.Form.choices, widget=forms.RadioSelect)

    field_order = ["form", "reason"]

    def set_up(self) -> None:
        self.fields["form"].initial = Request.Form.WRITTEN
        self.fields["reason"].help_text = _("By which paper or message.")


def _kept(obj: Contract | KeptVersion) -> KeptVersion | None:
    """What keeps the contract under an earlier version now."""
    if isinstance(obj, Contract):
        return obj.kept_versions.filter(until__isnull=True).first() if obj.is_live else None
    return obj if obj.until is None else None


def _agree(press: Press) -> Done:
    kept = _kept(press.obj)
    assert kept is not None
    agreement = agree_to_terms(kept=kept, by=press.by, on=press.on, **press.data)
    return Done(message=_("From today %(version)s applies.") % {"version": agreement.version})


def _on_agreeing(obj: Contract | KeptVersion) -> Iterable[Effect]:
    kept = _kept(obj)
    yield Effect(
        text=_("From today the version in force governs the contract; nothing is sent."),
        article=kept.article if kept else "",
    )


agree_button = Button(
    name="agree",
    label=_("The subscriber agrees to the version in force"),
    permission="contracts.add_individualagreement",
    possible=lambda obj: _kept(obj) is not None,
    form=AgreeForm,
    run=_agree,
    effects=_on_agreeing,
)
agree_on_contract_button = replace(agree_button, name="agree-to-terms", menu=_("More"))


def earlier_terms_panel(title: Promise, kept: QuerySet[Any]) -> Panel:
    """The times in which a contract, of whatever kind, stayed under an earlier version, and why."""
    return panel(
        title,
        kept.select_related("version").order_by("-since"),
        [
            (_("stays under"), lambda kept: cells.link(kept, str(kept.version))),
            (_("since"), lambda kept: cells.day(kept.since)),
            (_("last day"), lambda kept: cells.day(kept.until)),
            (_("reason"), lambda kept: kept.reason),
            (_("article"), lambda kept: cells.article(kept.article)),
        ],
    )


def kept_versions_panel(contract: Contract) -> Panel:
    """Those of a contract of telecommunications."""
    return earlier_terms_panel(_("contracts under earlier terms"), contract.kept_versions.all())


@admin.register(KeptVersion)
class KeptVersionAdmin(FactsAdmin):
    list_display = ["contract_link", "version", "since", "until", "reason", "article_link"]
    list_filter = [("until", admin.EmptyFieldListFilter), "version"]
    list_select_related = ["contract", "version"]
    search_fields = ["contract__number__startswith"]
    search_help_text = _("Contract number, from its beginning.")
    fields = ["contract_link", "version", "since", "until", "reason", "article_link"]
    buttons = [agree_button]

    @admin.display(description=_("contract"))
    def contract_link(self, kept: KeptVersion) -> str:
        return cells.link(kept.contract)
