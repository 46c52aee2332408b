"""The published versions of the documents."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contracts.admin.comparison import comparison_panels
from contracts.models import Agreement, TermsVersion
from contracts.services.move_to_new_terms import untold
from contracts.services.publish_terms import publish_terms
from contracts.services.tell_terms_change import tell_terms_change
from terms.registry import pack_version, registry
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


def _unpublished() -> list[tuple[str, str]]:
    published = set(TermsVersion.objects.values_list("terms_code", "effective"))
    return [
        (f"{pack.code} {pack.effective}", f"{pack.title} ({pack.effective})")
        for code in registry().codes()
        for pack in registry().versions(code)
        if (pack.code, pack.effective) not in published
    ]


class PublishForm(ButtonForm):
    """One of the versions that are there and not published yet."""

    version = forms.ChoiceField(
        label=_("Version"), widget=forms.RadioSelect, help_text=_("Versions are files in terms/packs.")
    )

    changes = forms.CharField(
        label=_("What changes"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_(
            "In Japanese, a sentence a line, as it is posted. Not for the first version of a document."
        ),
    )
    without_waiting = forms.CharField(
        label=_("Reason for not waiting"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_(
            "Only where the document lets a change take effect before the time it otherwise asks for."
        ),
    )

    beneficial = forms.BooleanField(
        label=_("To the subscribers’ benefit"),
        required=False,
        help_text=_("Where the document lets such a change be told promptly after it took effect."),
    )

    for_who_agrees = forms.BooleanField(
        label=_("Only for those who agree, or conclude a contract from now on"),
        required=False,
        help_text=_("Where it is too late to bind everybody: contracts of before stay under their version."),
    )

    def set_up(self) -> None:
        field = self.fields["version"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = _unpublished()
        if not field.choices:
            field.help_text = _("Every version that is there is published.")


def _publish(press: Press) -> Done:
    code, _space, effective = press.data["version"].partition(" ")
    version = publish_terms(
        pack=pack_version(code, date.fromisoformat(effective)),
        by=press.by,
        at=press.at,
        changes=_sentences(press.data["changes"]),
        without_waiting=press.data["without_waiting"],
        beneficial=press.data["beneficial"],
        for_who_agrees=press.data["for_who_agrees"],
    )
    return Done(message=_("%(version)s is published.") % {"version": version}, go_to=version)


class TellForm(ButtonForm):
    """What changes, as each subscriber reads it."""

    changes = forms.CharField(
        label=_("What changes"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In Japanese, a sentence a line."),
    )


def _tell(press: Press) -> Done:
    count = tell_terms_change(version=press.obj, at=press.at, changes=_sentences(press.data["changes"]))
    return Done(message=_("%(count)s notices are written.") % {"count": count})


def _is_told(version: TermsVersion) -> bool:
    return (version.beneficial or version.effective > today()) and untold(version).exists()


def _on_telling(version: TermsVersion) -> Iterable[Effect]:
    table = version.pack.terms_notice
    assert table is not None
    yield Effect(
        text=_("Every subscriber of a contract under an earlier version is told, once."),
        article=table.article,
    )
    if table.objection:
        yield Effect(
            text=_("Whoever objects in writing by that day ends the contract with it."), article=table.article
        )


def _sentences(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@admin.register(TermsVersion)
class TermsVersionAdmin(FactsAdmin):
    list_display = ["title", "terms", "effective", "operator", "in_force", "articles"]
    list_filter = ["terms_code"]
    fields = [
        "title", "terms", "effective", "operator", "articles", "digest", "posting_link", "in_force_before", "beneficial",
        "without_waiting",
    ]  # fmt: skip
    list_buttons = [
        Button(
            name="publish",
            label=_("Publish a version"),
            permission="contracts.add_termsversion",
            look="primary",
            form=PublishForm,
            run=_publish,
            fields={
                "effective_too_early": "version",
                "no_examples": "version",
                "examples_fail": "version",
                "not_quicker": "beneficial",
            },
            effects=lambda obj: [
                Effect(
                    text=_(
                        "The change is posted. Whoever the document has told one by one is told from the page of the version."
                    )
                ),
                Effect(
                    text=_(
                        "Contracts move to the version on the day on which it takes effect, if it was announced in time."
                    )
                ),
            ],
        )
    ]

    buttons = [
        Button(
            name="tell",
            label=_("Tell the subscribers"),
            permission="contracts.add_termsversion",
            possible=_is_told,
            look="primary",
            form=TellForm,
            run=_tell,
            effects=_on_telling,
            previews=False,
        )
    ]

    def panels(self, request: HttpRequest, obj: TermsVersion) -> Iterable[Panel]:
        yield from comparison_panels(obj)
        corrections = obj.file_corrections.select_related("by").order_by("-id")
        if corrections:
            yield panel(
                _("Corrections of its file"),
                corrections,
                [
                    (_("corrected at"), lambda correction: cells.moment(correction.at)),
                    (_("corrected by"), lambda correction: str(correction.by)),
                    (_("reason"), lambda correction: correction.reason),
                    (_("digest"), lambda correction: correction.digest),
                ],
            )
        yield panel(
            _("Contracts under this version"),
            Agreement.objects.filter(version=obj).select_related("contract__subscriber").order_by("-id"),
            [
                (_("contract"), lambda agreement: cells.link(agreement.contract)),
                (_("subscriber"), lambda agreement: agreement.contract.subscriber),
                (_("since"), lambda agreement: cells.day(agreement.since)),
            ],
            empty=_("None so far."),
        )

    @admin.display(description=_("applies now"), boolean=True)
    def in_force(self, version: TermsVersion) -> bool:
        return bool(
            registry().pack_for(version.terms_code, today(), earliest=True).effective == version.effective
        )

    @admin.display(description=_("Articles"))
    def articles(self, version: TermsVersion) -> Any:
        return format_html(
            '<a href="{}?version={}" class="cell-link">{}</a>',
            reverse("admin:articles_of", args=[version.terms_code]),
            version.effective.isoformat(),
            _("Read the articles"),
        )

    @admin.display(description=_("posting"))
    def posting_link(self, version: TermsVersion) -> str:
        return cells.link(version.posting)
