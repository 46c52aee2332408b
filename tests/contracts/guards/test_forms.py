"""In which form something must come in."""

import pytest

from contracts.guards.forms import in_form
from terms.article import ArticleRef
from tests.contracts.guards.answers import no

HERE = ArticleRef("isp-access", "9")


@pytest.mark.parametrize("asked", ["written", "web", "phone"])
@pytest.mark.parametrize("form", ["written", "web", "phone"])
def test_only_the_form_that_the_document_asks_for_will_do(asked, form):
    answer = in_form(asked, HERE, form)
    if asked == form:
        assert answer is None
    else:
        assert (no(answer).code, no(answer).article) == ("wrong_form", HERE)


@pytest.mark.parametrize("form", ["written", "web", "phone"])
def test_where_the_document_names_no_form_any_will_do(form):
    assert in_form("any", HERE, form) is None


def test_each_form_is_refused_in_words_of_its_own():
    others = {"written": "web", "web": "phone", "phone": "written"}
    assert len({no(in_form(asked, HERE, other)).reason for asked, other in others.items()}) == 3
