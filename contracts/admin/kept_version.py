"""Contracts that stay under earlier terms, and the way out: the subscriber agrees, or a later version is told in time."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract, KeptVersion
from contracts.services.agree_to_terms import agree_to_terms
from workflow.staff import cells
from workflow.staff.button_form import ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


def _agree(press: Press) -> Done:
    agreement = agree_to_terms(kept=press.obj, by=press.by, on=press.on, reason=press.data["reason"])
    return Done(message=_("From today %(version)s applies.") % {"version": agreement.version})


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
    buttons = [
        Button(
            name="agree",
            label=_("The subscriber agrees to the version in force"),
            permission="contracts.add_individualagreement",
            possible=lambda kept: kept.until is None,
            form=ReasonForm,
            run=_agree,
            effects=lambda kept: [
                Effect(
                    text=_("From today the version in force governs the contract; nothing is sent."),
                    article=kept.article,
                )
            ],
        )
    ]

    @admin.display(description=_("contract"))
    def contract_link(self, kept: KeptVersion) -> str:
        return cells.link(kept.contract)
