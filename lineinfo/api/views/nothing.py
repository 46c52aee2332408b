"""What is not there."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from lineinfo.api.problems import not_found
from lineinfo.api.views.base import CallView


@extend_schema(exclude=True)
class NothingView(CallView):
    """Any other address under version 1: a problem like the others, not a page."""

    def get(self, request: Request, rest: str = "") -> Response:
        raise not_found()
