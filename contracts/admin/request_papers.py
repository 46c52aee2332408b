"""The papers of a request on the staff side: what is there, what is missing, adding one."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contracts.models import Evidence, Request
from contracts.papers import PaperField, missing_papers, paper_name, takes_papers, terms_of, title_of
from contracts.services.receive_evidence import receive_evidence
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel


class PaperForm(ButtonForm):
    """Which paper, and its copy where one is kept."""

    code = forms.ChoiceField(label=_("paper"), required=False, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("title"), max_length=200, required=False, help_text=_("Only for another paper.")
    )
    file = PaperField(label=_("copy"), required=False)

    def set_up(self) -> None:
        code = self.fields["code"]
        assert isinstance(code, forms.ChoiceField)
        terms = terms_of(self.obj)
        wanted = [
            (paper.code, f"{paper_name(paper)} ({paper.article})")
            for paper in (terms.evidence if terms else ())
        ]
        code.choices = [*wanted, ("", _("another paper"))]
        self.fields["file"].help_text = _(
            "PDF, PNG or JPEG. Empty where the paper was seen and no copy is kept."
        )


def _add(press: Press) -> Done:
    file = press.data["file"]
    receive_evidence(
        request=press.obj,
        by=press.by,
        on=press.on,
        code=press.data["code"],
        title=press.data["title"],
        file_name=file.name if file else "",
        content=file.read() if file else None,
    )
    return Done(message=_("The paper is on file."))


def _still_missing(request: Request) -> Iterable[Effect]:
    for paper in missing_papers(request):
        yield Effect(
            text=_("Missing so far: %(paper)s.") % {"paper": paper_name(paper)}, article=paper.article
        )


paper_button = Button(
    name="add-paper",
    label=_("Add a paper"),
    permission="contracts.change_request",
    possible=takes_papers,
    form=PaperForm,
    run=_add,
    effects=_still_missing,
    previews=False,
)


def papers_panel(request: Request) -> Panel:
    """What is on file, and first what the document asks for and is missing."""
    terms = terms_of(request)
    missing = missing_papers(request)
    rows: list[Any] = [*missing, *request.evidence.defer("content").select_related("recorded_by")]
    return panel(
        _("Papers of this request"),
        rows,
        [
            (
                _("paper"),
                lambda row: (
                    _file(row, title_of(row, terms)) if isinstance(row, Evidence) else paper_name(row)
                ),
            ),
            (
                _("state"),
                lambda row: (
                    cells.badge(_("on file"), "success")
                    if isinstance(row, Evidence)
                    else cells.badge(_("missing"), "warning")
                ),
            ),
            (
                _("article"),
                lambda row: cells.EMPTY if isinstance(row, Evidence) else cells.article(row.article),
            ),
            (_("seen on"), lambda row: cells.day(row.seen_on) if isinstance(row, Evidence) else cells.EMPTY),
            (
                _("recorded by"),
                lambda row: str(row.recorded_by) if isinstance(row, Evidence) else cells.EMPTY,
            ),
        ],
        shown=20,
        empty=_("None, and the document asks for none."),
    )


def _file(evidence: Evidence, title: str) -> str:
    if not evidence.file_name:
        return title
    address = reverse("admin:contracts_request_paper", args=[evidence.request_id, evidence.pk])
    return format_html('<a href="{}" class="cell-link" download>{}</a>', address, title)
