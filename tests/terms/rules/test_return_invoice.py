"""From which amount on a refund needs a return invoice."""

import pytest

from terms.article import ArticleRef
from terms.rules.return_invoice import ReturnInvoice, ReturnInvoiceFacts, return_invoice

RULE = ReturnInvoice(article=ArticleRef("statute", "消費税法57の4"), least=10_000)


@pytest.mark.article("statute", "消費税法57の4")
@pytest.mark.parametrize(("total", "needed"), [(0, False), (9_999, False), (10_000, True)])
def test_a_refund_below_ten_thousand_yen_needs_no_return_invoice(total, needed):
    result = return_invoice(RULE, ReturnInvoiceFacts(total=total))
    assert result.needed is needed
    assert result.lines[0].text == ("return_invoice_needed" if needed else "return_invoice_not_needed")
