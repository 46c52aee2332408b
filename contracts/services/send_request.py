"""Receive a request together with its papers and what was explained of it: all of it, or nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Explanation, Request
from contracts.moments import japan_date
from contracts.services.explain_request import explain_request
from contracts.services.receive_evidence import receive_evidence
from contracts.services.receive_request import receive_request


def send_request(
    *,
    papers: Mapping[str, "UploadedFile[Any]"],
    explained: Sequence[tuple[str, int]] | None = None,
    **asked: Any,
) -> Request:
    """As receive_request, whose arguments it takes; ``papers`` by the codes of the document. Errors of either, and nothing kept.

    ``explained``: the prices, name and yen without tax, that the page from which it is sent explained together with the
    terms (電気通信事業法26); None where nothing was explained.
    """
    with transaction.atomic():
        request = receive_request(**asked)
        if explained is not None:
            explain_request(
                request=request,
                by=asked["by"],
                at=asked["at"],
                method=Explanation.Method.ELECTRONIC,
                prices=explained,
                given_by=_("the customers’ pages"),
            )
        for code, paper in papers.items():
            receive_evidence(
                request=request,
                by=asked["by"],
                on=japan_date(asked["at"]),
                code=code,
                file_name=paper.name or "",
                content=paper.read(),
            )
    return request
