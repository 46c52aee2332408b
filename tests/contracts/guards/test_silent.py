"""What a document that says nothing of a thing answers."""

import pytest
from django.utils import translation

from contracts.guards.silent import no_such_clause
from terms.registry import codes, registry


@pytest.mark.parametrize("code", codes())
def test_it_answers_on_its_opening_article(code):
    pack = registry().latest(code)
    refusal = no_such_clause(pack, "no_such_thing", "Not here.")
    assert (refusal.code, str(refusal.article)) == ("no_such_thing", f"{code} {next(iter(pack.articles))}")
    assert refusal.reason.startswith("Not here.")


@pytest.mark.parametrize(("language", "named"), [("ja", "LAN型通信網"), ("en", "LAN network terms")])
def test_the_document_that_fills_what_is_left_out_is_named_in_the_language_of_the_reader(language, named):
    with translation.override(language):
        assert named in no_such_clause(registry().latest("line-info-api"), "x", "Not here.").reason
        assert no_such_clause(registry().latest("isp-access"), "x", "Not here.").reason == "Not here."
