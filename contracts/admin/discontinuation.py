"""Ends of services: planned, announced, carried out."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.guards.discontinuation import discontinuation_of, ending_article
from contracts.models import Discontinuation, Product
from contracts.services.announce_discontinuation import (
    announce_discontinuation,
    contracts_concerned,
    products_concerned,
)
from contracts.services.plan_discontinuation import drop_discontinuation, plan_discontinuation, tell_minister
from terms.document import DiscontinuationNotice
from terms.registry import pack_for, registry, statute
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, DatedReasonForm, DayField, GroundField, ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.filters import DocumentFilter
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


class PlanForm(ButtonForm):
    """What ends, when, and why."""

    terms_code = ""
    products = forms.ModelMultipleChoiceField(
        label=_("products"),
        queryset=Product.objects.none(),
        required=False,
        help_text=_("None: all of them."),
    )
    last_day = DayField(label=_("last day"))
    ground = GroundField(required=False)
    reason = forms.CharField(
        label=_("reason"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("In Japanese: it is posted as it stands."),
    )  # fmt: skip
    alternative = forms.CharField(label=_("alternative"), max_length=120, required=False)
    upstream = forms.CharField(
        label=_("depends on"), max_length=120, required=False,
        help_text=_("Another operator’s service without which this one cannot be."),
    )  # fmt: skip
    upstream_ends = DayField(label=_("which ends on"), required=False)
    designated = forms.BooleanField(label=_("basic or designated service"), required=False)

    def set_up(self) -> None:
        products, ground = self.fields["products"], self.fields["ground"]
        assert isinstance(products, forms.ModelMultipleChoiceField)
        assert isinstance(ground, GroundField)
        products.queryset = Product.objects.filter(terms_code=self.terms_code)
        grounds = _table(self.terms_code).grounds
        ground.offer(grounds)
        ground.required = bool(grounds)
        if not grounds:
            del self.fields["ground"]


def _table(code: str) -> DiscontinuationNotice:
    return discontinuation_of(pack_for(code, today(), earliest=True), statute(today()))


def _plan(press: Press) -> Done:
    planned = plan_discontinuation(by=press.by, on=press.on, terms_code=press.form.terms_code, **press.data)
    return Done(message=_("The end of the service is planned; nobody is told yet."), go_to=planned)


def _tell_minister(press: Press) -> Done:
    tell_minister(discontinuation=press.obj, by=press.by, on=press.data["on"], reason=press.data["reason"])
    return Done(message=_("The notification of the minister is on record."))


def _announce(press: Press) -> Done:
    announce_discontinuation(discontinuation=press.obj, by=press.by, at=press.at)
    return Done(message=_("The end of the service is announced; everybody concerned is told."))


def _drop(press: Press) -> Done:
    drop_discontinuation(discontinuation=press.obj, by=press.by, on=press.on, reason=press.data["reason"])
    return Done(message=_("The plan is given up."))


def _on_announcing(planned: Discontinuation) -> Iterable[Effect]:
    table = _table(planned.terms_code)
    yield Effect(
        text=_("It is posted, and %(count)s contracts are told.")
        % {"count": contracts_concerned(planned).count()},
        article=table.article,
    )
    yield Effect(text=_("They end by themselves with the last day."), article=ending_article(table))
    yield Effect(text=_("Nothing of it is offered any more."))


def _plan_buttons() -> list[Button]:
    codes = [code for code in registry().codes() if Product.objects.filter(terms_code=code).exists()]
    return [
        Button(
            name=f"plan-{code}",
            label=registry().latest(code).title,
            permission="contracts.add_discontinuation",
            menu=_("Plan the end of a service"),
            menu_says_it=True,
            form=PlanForm.about(terms_code=code),
            run=_plan,
        )
        for code in codes
    ]


@admin.register(Discontinuation)
class DiscontinuationAdmin(FactsAdmin):
    list_display = ["id", "state_badge", "terms", "last_day", "article_link", "announced_at"]
    list_display_links = ["id", "last_day"]
    list_filter = ["state", DocumentFilter]
    fields = [
        "terms", "last_day", "ground", "article_link", "reason", "alternative", "upstream", "upstream_ends", "designated",
        "minister_told_on", "announced_at", "decided_by", "posting_link",
    ]  # fmt: skip
    buttons = [
        Button(
            name="tell-minister", label=_("Minister notified"), permission="contracts.change_discontinuation",
            transition="tell_minister", form=DatedReasonForm, run=_tell_minister,
        ),
        Button(
            name="announce", label=_("Announce"), permission="contracts.change_discontinuation", transition="announce",
            look="danger", run=_announce, effects=_on_announcing,
        ),
        Button(
            name="drop", label=_("Give up the plan"), permission="contracts.change_discontinuation", transition="drop",
            form=ReasonForm, run=_drop,
        ),
    ]  # fmt: skip

    def all_list_buttons(self) -> list[Button]:
        return _plan_buttons()

    def button_facts(self, obj: Discontinuation) -> list[tuple[str, Any]]:
        return [
            (str(_("terms")), cells.document(obj.terms_code)),
            (str(_("last day")), cells.day(obj.last_day)),
            (str(_("reason")), obj.reason),
        ]

    def panels(self, request: HttpRequest, obj: Discontinuation) -> Iterable[Panel]:
        yield panel(
            _("products"),
            products_concerned(obj).order_by("code"),
            [(_("product"), cells.link), (_("kind"), lambda product: product.get_kind_display())],
            shown=50,
        )
        yield panel(
            _("Contracts that still go on beyond it"),
            contracts_concerned(obj),
            [(_("contract"), cells.link), (_("state"), cells.state_badge)],
        )

    @admin.display(description=_("posting"))
    def posting_link(self, discontinuation: Discontinuation) -> str:
        return cells.link(discontinuation.posting)
