"""Receive a request together with its papers: all of it, or nothing."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from contracts.models import Request
from contracts.moments import japan_date
from contracts.services.receive_evidence import receive_evidence
from contracts.services.receive_request import receive_request


def send_request(*, papers: Mapping[str, "UploadedFile[Any]"], **asked: Any) -> Request:
    """As receive_request, whose arguments it takes; ``papers`` by the codes of the document. Errors of either, and nothing kept."""
    with transaction.atomic():
        request = receive_request(**asked)
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
