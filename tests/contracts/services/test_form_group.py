"""A group is formed under a plan of its document."""

import pytest
from django.core.exceptions import ValidationError

from contracts.services.form_group import form_group
from tests import factories
from tests.contracts.grouping import DAY, TERMS
from tests.contracts.grouping import in_english as in_english

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_only_a_document_with_groups_forms_one_of_its_plans():
    fields = {"by": factories.staff(), "on": DAY, "address": factories.ADDRESS}
    with pytest.raises(ValidationError, match="no groups of lines"):
        form_group(terms_code="isp-access", plan="", **fields)
    with pytest.raises(ValidationError, match="mini, plan1, plan2"):
        form_group(terms_code=TERMS, plan="plan9", grade="1-1", **fields)
    with pytest.raises(ValidationError, match="1-1, 1-2, 2"):
        form_group(terms_code=TERMS, plan="mini", **fields)
    with pytest.raises(ValidationError):
        form_group(terms_code=TERMS, plan="mini", grade="1-1", **(fields | {"address": {"city": "千代田区"}}))
