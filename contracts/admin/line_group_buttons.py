"""Forming a group of lines, and who is in it."""

from collections.abc import Callable, Iterable

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from contracts.admin.request_costs import costs_of_open
from contracts.models import Contract, LineGroup, LineGroupMember, Product, Request, Subscriber
from contracts.models.address import PREFECTURES
from contracts.services.apply_for_group import NewLine, apply_for_group
from contracts.services.ask_for_group import ask_for_group
from contracts.services.form_group import form_group
from contracts.services.join_group import consent_to_representative, join_group, name_representative
from contracts.services.leave_group import leave_group
from contracts.services.regrade_group import announce_regrade, regrade_group
from terms.article import ArticleRef
from terms.line_groups import LineGrade, LineGroupPlan, LineGroups
from terms.registry import registry
from workflow.staff.button_form import ButtonForm, ComeDayField, DayField, ReasonForm, ground_label, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel

_MAY = "contracts.change_linegroup"


class FormingForm(ButtonForm):
    """Under which of the document's plans, and where."""

    terms_code = ""
    plan = forms.ChoiceField(label=_("plan"), required=False, widget=forms.RadioSelect)
    grade = forms.ChoiceField(label=_("grade"), widget=forms.RadioSelect)
    postal_code = forms.CharField(label=_("postal code"), max_length=7)
    prefecture = forms.ChoiceField(label=_("prefecture"), choices=[(name, name) for name in PREFECTURES])
    city = forms.CharField(label=_("city"), max_length=40)
    town = forms.CharField(label=_("town and number"), max_length=100)
    building = forms.CharField(label=_("Building"), max_length=100, required=False)

    def set_up(self) -> None:
        field, table = self.fields["plan"], _groups(self.terms_code)
        assert isinstance(field, forms.ChoiceField)
        plans = table.plans if table else ()
        field.choices = [*((plan.code, ground_label(plan)) for plan in plans), ("", _("No plan"))]
        grades = self.fields["grade"]
        assert isinstance(grades, forms.ChoiceField)
        grades.choices = [(grade.code, ground_label(grade)) for grade in table.grades] if table else []
        if not grades.choices:
            del self.fields["grade"]


class JoiningForm(ButtonForm):
    """Which contract's line."""

    group = forms.CharField(label=_("contract number"), max_length=12)
    consents = forms.BooleanField(label=_("consents to the representative of the group"), required=False)

    def clean_group(self) -> Contract:
        number = self.cleaned_data["group"].strip().upper()
        found = Contract.objects.filter(number=number).select_related("line", "product").first()
        if found is None:
            raise forms.ValidationError(_("There is no contract “%(number)s”.") % {"number": number})
        return found


class MemberForm(ButtonForm):
    """Which member."""

    member = forms.ModelChoiceField(label=_("member"), queryset=LineGroupMember.objects.none())

    def set_up(self) -> None:
        field = self.fields["member"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = self.obj.members.filter(left_on__isnull=True).select_related("group", "contract")


class LeavingForm(MemberForm, ReasonForm):
    """Which member, and why it is out of the group although its contract goes on."""

    field_order = ["member", "reason"]


class AskingForm(ButtonForm):
    """Which item for all, from when, and how it was asked for."""

    product = forms.ModelChoiceField(label=_("product"), queryset=Product.objects.none(), empty_label=None)
    wished_on = DayField(label=_("wished for"))
    form = forms.ChoiceField(label=_("Came in"), choices=Request.Form.choices, widget=forms.RadioSelect)

    def set_up(self) -> None:
        _offer_products(self, self.obj)


class ApplyingForm(ButtonForm):
    """Which product for all, whose lines, and how it was applied for."""

    product = forms.ModelChoiceField(label=_("product"), queryset=Product.objects.none(), empty_label=None)
    lines = forms.CharField(
        label=_("New lines"),
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_(
            "A line each: the subscriber number, then the building and room. The first is the representative’s own, where "
            "the group has none yet."
        ),
    )
    consents = forms.BooleanField(label=_("Each of them consents to the representative"))
    form = forms.ChoiceField(label=_("Came in"), choices=Request.Form.choices, widget=forms.RadioSelect)

    def set_up(self) -> None:
        _offer_products(self, self.obj)

    def clean_lines(self) -> list[NewLine]:
        rows = [row.split(maxsplit=1) for row in self.cleaned_data["lines"].splitlines() if row.strip()]
        known = Subscriber.objects.in_bulk([row[0].upper() for row in rows], field_name="number")
        unknown = [row[0] for row in rows if row[0].upper() not in known]
        if unknown:
            raise forms.ValidationError(
                _("No such subscriber: %(numbers)s.") % {"numbers": ", ".join(unknown)}
            )
        return [NewLine(subscriber=known[number.upper()], building="".join(rest)) for number, *rest in rows]


class _GradeForm(ButtonForm):
    """Which grade."""

    grade = forms.ChoiceField(label=_("grade"), widget=forms.RadioSelect)

    def set_up(self) -> None:
        field = self.fields["grade"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(grade.code, ground_label(grade)) for grade in _becomes(self.obj)]


class AnnounceRegradeForm(_GradeForm, ReasonForm):
    """Which grade, from when, and why."""

    effective_on = DayField(label=_("effective on"))

    field_order = ["grade", "effective_on", "reason"]


class RegradeForm(_GradeForm):
    """Which grade, from when."""

    on = ComeDayField(label=_("from"))

    def set_up(self) -> None:
        super().set_up()
        self.fields["on"].initial = self.on_day


def _groups(code: str) -> LineGroups | None:
    return registry().pack_for(code, today(), earliest=True).line_groups


def _offer_products(form: ButtonForm, group: LineGroup) -> None:
    """Offer what the document gives in groups; it is mostly asked for in writing."""
    field, table = form.fields["product"], _groups(group.terms_code)
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = Product.objects.filter(
        terms_code=group.terms_code, kind=Product.Kind.BASE, offered=True
    ).filter(dwelling=table.dwelling if table else "", item__in=_items(table, group.grade))
    form.fields["form"].initial = Request.Form.WRITTEN


def _items(table: LineGroups | None, grade: str) -> list[str]:
    """The items that are given in groups, as far as lines of that grade carry them."""
    if table is None:
        return []
    found = table.grade(grade)
    return [item for item in table.items if found is None or item in found.items]


def _form(press: Press) -> Done:
    data = dict(press.data)
    plan, grade = data.pop("plan"), data.pop("grade", "")
    group = form_group(
        by=press.by, on=press.on, terms_code=press.form.terms_code, plan=plan, grade=grade, address=data
    )
    return Done(message=_("The group is formed."), go_to=group)


def _join(press: Press) -> Done:
    join_group(
        group=press.obj,
        contract=press.data["group"],
        by=press.by,
        on=press.on,
        consents=press.data["consents"],
    )
    return Done(message=_("The line is in the group."))


def _leave(press: Press) -> Done:
    contract = press.data["member"].contract
    leave_group(contract=contract, by=press.by, on=press.on, reason=press.data["reason"])
    return Done(message=_("The line is out of the group."))


def _consent(press: Press) -> Done:
    consent_to_representative(member=press.data["member"], by=press.by, on=press.on)
    return Done(message=_("The consent is recorded."))


def _represent(press: Press) -> Done:
    contract = press.data["member"].contract
    name_representative(group=press.obj, contract=contract, by=press.by, on=press.on)
    return Done(message=_("The representative is named."))


def _requests_of_asking(press: Press) -> list[Request]:
    return ask_for_group(group=press.obj, by=press.by, at=press.at, **press.data)


def _requests_of_applying(press: Press) -> list[Request]:
    data = {name: press.data[name] for name in ("product", "lines", "form")}
    return apply_for_group(group=press.obj, by=press.by, at=press.at, **data)


def _foresee(receive: Callable[[Press], list[Request]]) -> Callable[[Press], list[Panel]]:
    """What the requests cost, all together: they are received, tried out, and taken back."""

    def foresee(press: Press) -> list[Panel]:
        with transaction.atomic():
            found = costs_of_open(receive(press), on=press.on)
            transaction.set_rollback(True)
        press.obj.refresh_from_db()
        return found

    return foresee


def _ask(press: Press) -> Done:
    made = _requests_of_asking(press)
    return Done(message=_("%(count)s requests are received, one for each line.") % {"count": len(made)})


def _apply(press: Press) -> Done:
    made = _requests_of_applying(press)
    return Done(message=_("%(count)s requests are received, one for each line.") % {"count": len(made)})


def _on_applying(group: LineGroup) -> Iterable[Effect]:
    yield Effect(
        text=_("The representative applies for every line at once; each contract is answered by itself."),
        article=_by_article(group),
    )


def _on_asking(group: LineGroup) -> Iterable[Effect]:
    yield Effect(
        text=_("Another item is asked for on behalf of every member; each contract is answered by itself."),
        article=_by_article(group),
    )


def _plan(group: LineGroup) -> LineGroupPlan | None:
    table = _groups(group.terms_code)
    return table.plan(group.plan) if table else None


def _by_article(group: LineGroup) -> ArticleRef | str:
    plan = _plan(group)
    return plan.article if plan else ""


def _by_representative(group: LineGroup) -> bool:
    """Whether its plan has one ask for all."""
    plan = _plan(group)
    return plan is not None and plan.representative


def _represented(group: LineGroup) -> bool:
    return group.representative_id is not None and _by_representative(group)


def _becomes(group: LineGroup) -> list[LineGrade]:
    """The grades to which the operator may rebuild the lines of the group."""
    table = _groups(group.terms_code)
    now = table.grade(group.grade) if table else None
    return [grade for grade in table.grades if grade.code in now.may_become] if table and now else []


def _announce_regrade(press: Press) -> Done:
    told = announce_regrade(group=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("%(count)s members are told.") % {"count": len(told)})


def _regrade(press: Press) -> Done:
    regrade_group(group=press.obj, by=press.by, **press.data)
    return Done(message=_("The lines of the group are of the other grade."))


def _on_regrading(group: LineGroup) -> Iterable[Effect]:
    for grade in _becomes(group):
        yield Effect(text=_("Every member is told before the day of the change."), article=grade.article)


def _on_leaving(group: LineGroup) -> Iterable[Effect]:
    table = _groups(group.terms_code)
    yield Effect(
        text=_("When one line is left, its subscriber is told from when the single-line fee applies."),
        article=table.article if table else "",
    )


def form_buttons() -> list[Button]:
    """One for each document that gives products in groups."""
    return [
        Button(
            name=f"form-{code}",
            label=registry().latest(code).title,
            permission="contracts.add_linegroup",
            menu=_("Form a group of lines"),
            menu_says_it=True,
            form=FormingForm.about(terms_code=code),
            run=_form,
        )
        for code in registry().codes()
        if _groups(code)
    ]


line_group_buttons = [
    Button(
        name="join", label=_("Take a line in"), permission=_MAY, look="primary",
        possible=lambda group: group.told_on is None, form=JoiningForm, run=_join,
    ),
    Button(name="consent", label=_("Record a consent"), permission=_MAY, form=MemberForm, run=_consent),
    Button(
        name="represent", label=_("Name the representative"), permission=_MAY, form=MemberForm, run=_represent
    ),
    Button(
        name="apply", label=_("The representative applies for lines"), permission="contracts.add_request",
        possible=lambda group: group.told_on is None and _by_representative(group), form=ApplyingForm, run=_apply,
        effects=_on_applying, fields={"no_group": "lines"}, foresees=_foresee(_requests_of_applying),
    ),
    Button(
        name="ask-item", label=_("The representative asks for another item"), permission="contracts.add_request",
        possible=_represented, form=AskingForm, run=_ask, effects=_on_asking,
        fields={"not_represented": "product"}, foresees=_foresee(_requests_of_asking),
    ),
    Button(
        name="announce-regrade", label=_("Announce another grade"), permission=_MAY, menu=_("Grade"),
        possible=lambda group: bool(_becomes(group)), form=AnnounceRegradeForm, run=_announce_regrade,
        effects=_on_regrading,
    ),
    Button(
        name="regrade", label=_("Change the grade"), permission=_MAY, menu=_("Grade"),
        possible=lambda group: bool(_becomes(group)), form=RegradeForm, run=_regrade, effects=_on_regrading,
        fields={"no_notice": "on"},
    ),
    Button(
        name="leave", label=_("Take a line out"), permission=_MAY, look="danger", form=LeavingForm, run=_leave,
        effects=_on_leaving,
    ),
]  # fmt: skip
