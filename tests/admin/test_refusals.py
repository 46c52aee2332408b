"""Whatever a service answers instead of doing it is said on the form, and nothing of it stays."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from contracts.models import Contract, Partner, ServiceArea
from notices.errors import NoAddress
from terms.article import ArticleRef
from terms.errors import FactsError
from terms.refusal import Refusal
from tests import factories
from tests.admin.pressing import text
from workflow.errors import NotPermitted, Refused, WrongState
from workflow.staff.refusals import shown_on

pytestmark = pytest.mark.django_db

ARTICLE = ArticleRef("isp-access", "23-1(1)")


class DayForm(forms.Form):
    """A form with one field."""

    on = forms.CharField(required=False)


@pytest.fixture
def form() -> DayForm:
    """Filled in and valid."""
    made = DayForm({"on": "x"})
    assert made.is_valid()
    return made


def area() -> ServiceArea:
    return ServiceArea.objects.create(terms_code="isp-access", prefecture="東京都")


def test_a_refusal_stands_at_its_field_with_its_article(form: DayForm):
    with shown_on(form, {"too_early": "on"}):
        area()
        raise Refused(Refusal(ARTICLE, "too_early", "まだ早い"))
    said = str(form.errors["on"])
    assert "まだ早い isp-access 23-1(1) 利用停止" in text(said)
    assert '/staff/articles/isp-access/23/"' in said
    assert not ServiceArea.objects.exists()


def test_a_refusal_of_no_field_stands_above_all(form: DayForm):
    with shown_on(form, {"too_early": "no_such_field"}):
        raise Refused(Refusal(ARTICLE, "too_early", "<b>まだ早い</b>"))
    assert "<b>まだ早い</b>" in text(str(form.non_field_errors()))
    assert "<b>" not in str(form.non_field_errors())


@pytest.mark.parametrize(
    "error",
    [WrongState("状態が違う"), NotPermitted("権限がない"), FactsError("事実が違う"), NoAddress("住所がない")],
)
def test_every_other_answer_stands_above_all(form: DayForm, error: Exception):
    with shown_on(form):
        area()
        raise error
    assert str(error) in str(form.non_field_errors())
    assert not ServiceArea.objects.exists()


def test_what_is_wrong_at_no_field_of_the_form_is_said_with_its_name(form: DayForm):
    with shown_on(form):
        raise ValidationError({"on": "日付が違う", "elsewhere": "ここではない"})
    assert "日付が違う" in str(form.errors["on"])
    assert "elsewhere: ここではない" in str(form.non_field_errors())


def test_what_is_wrong_stands_at_the_field_that_the_form_has_for_it(form: DayForm):
    with shown_on(form, {"lines": "on", "ends_after_start": "on"}):
        raise ValidationError(
            {"lines": "回線が違う", "__all__": ValidationError("終わりが先", code="ends_after_start")}
        )
    assert text(str(form.errors["on"])) == "回線が違う 終わりが先"
    assert not form.non_field_errors()


def test_what_the_database_refuses_is_said_in_the_words_of_the_constraint(form: DayForm):
    contract = factories.contract()
    with shown_on(form):
        Contract.objects.filter(pk=contract.pk).update(ends_on=contract.applied_on)
    assert "契約" in str(form.non_field_errors())
    contract.refresh_from_db()
    assert contract.ends_on is None


def test_a_constraint_without_words_of_its_own_is_still_an_answer(form: DayForm):
    area()
    with shown_on(form):
        area()
    assert form.non_field_errors()
    assert ServiceArea.objects.count() == 1


def test_a_mistake_of_ours_is_not_hidden(form: DayForm):
    with pytest.raises(ZeroDivisionError), shown_on(form):
        raise ZeroDivisionError
    with pytest.raises(IntegrityError), shown_on(form):
        Partner.objects.create(code="a", name=None, role="wholesaler", email="a@example.jp")
