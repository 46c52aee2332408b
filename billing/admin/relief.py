"""Disaster relief: proposed on a document, granted by a second person."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from billing.models import Relief
from billing.models.relief import RELIEF
from billing.services.propose_relief import approve_relief, propose_relief, reject_relief
from contracts.models.address import PREFECTURES
from terms.registry import registry
from terms.rules.disaster_relief import DisasterRelief
from workflow.staff import cells
from workflow.staff.button_form import DayField, ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.filters import DocumentFilter
from workflow.staff.proposals import ProposalAdmin
from workflow.staff.second_person import decision_buttons

_COVERS = {"charges": _("charges for use and handling"), "works": _("costs of works")}


def _clause(code: str) -> DisasterRelief | None:
    pack = registry().pack_for(code, today(), earliest=True)
    return pack.rule(DisasterRelief) if pack.has(DisasterRelief) else None


class ReliefForm(ReasonForm):
    """What is taken off, where and for which days."""

    terms_code = ""
    when = forms.ChoiceField(label=_("what gives rise to it"), widget=forms.RadioSelect)
    covers = forms.MultipleChoiceField(label=_("what is reduced"), widget=forms.CheckboxSelectMultiple)
    percent = forms.IntegerField(label=_("percent off"), min_value=1, max_value=100, initial=100)
    since = DayField(label=_("since"))
    through = DayField(label=_("last day"))
    prefecture = forms.ChoiceField(
        label=_("All lines in the prefecture"),
        choices=[("", _("everywhere")), *((name, name) for name in PREFECTURES)],
        required=False,
    )
    city = forms.CharField(label=_("… and city"), max_length=40, required=False)

    field_order = ["when", "reason"]

    def set_up(self) -> None:
        rule = _clause(self.terms_code)
        for name, known, offered in (
            ("when", dict(Relief.When.choices), rule.when if rule else ()),
            ("covers", _COVERS, rule.covers if rule else ()),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(code, known[code]) for code in offered]


def _propose(press: Press) -> Done:
    relief = propose_relief(terms_code=press.form.terms_code, by=press.by, at=press.at, **press.data)
    return Done(message=_("A second person is asked."), go_to=relief)


def _approve(press: Press) -> Done:
    approve_relief(relief=press.obj, by=press.by, at=press.at)
    return Done(message=_("The relief is granted."))


def _reject(press: Press) -> Done:
    reject_relief(relief=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("Rejected."))


def propose_buttons() -> list[Button]:
    """One for each document that provides for relief."""
    return [_button(code, rule) for code in registry().codes() if (rule := _clause(code))]


def _button(code: str, rule: DisasterRelief) -> Button:
    return Button(
        name=f"propose-{code}",
        label=registry().latest(code).title,
        permission="billing.add_relief",
        menu=_("Propose a relief"),
        menu_says_it=True,
        form=ReliefForm.about(terms_code=code),
        run=_propose,
        effects=lambda obj: [
            Effect(
                text=_("Nothing is taken off yet: a second person decides on the proposal."),
                article=rule.article,
            )
        ],
        fields={"no_such_occasion": "when", "not_covered": "covers"},
    )


def _granting(relief: Relief) -> Iterable[Effect]:
    yield Effect(
        text=_("The runs of these days take it off each charge that it covers."), article=relief.article
    )
    rule = _clause(relief.terms_code)
    if rule and rule.announced:
        yield Effect(text=_("It is posted for all to read."), article=relief.article)


@admin.register(Relief)
class ReliefAdmin(ProposalAdmin):
    list_display = [
        "id", "decision_badge", "terms", "when", "percent", "since", "through", "granted_on", "article_link",
    ]  # fmt: skip
    list_display_links = ["id"]
    list_filter = [DocumentFilter]
    fields = [
        "terms", "when", "covers_text", "percent", "prefecture", "city", "since", "through", "reason", "article_link",
        "granted_on", "posting_link",
    ]  # fmt: skip
    buttons = decision_buttons(
        RELIEF, permission="billing.change_relief", approve=_approve, reject=_reject, effects=_granting
    )

    def all_list_buttons(self) -> list[Button]:
        return propose_buttons()

    @admin.display(description=_("what is reduced"))
    def covers_text(self, relief: Relief) -> str:
        return ", ".join(str(_COVERS.get(part, part)) for part in relief.covers)

    @admin.display(description=_("posting"))
    def posting_link(self, relief: Relief) -> str:
        return cells.link(relief.posting)
