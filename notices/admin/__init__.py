"""The staff pages of notices."""

from notices.admin import previews
from notices.admin.notice import NoticeAdmin
from notices.admin.posting import PostingAdmin
from notices.admin.print_batch import PrintBatchAdmin
from notices.errors import NoticeError
from workflow.staff.refusals import answers_with

answers_with(NoticeError)
previews.start()

__all__ = ["NoticeAdmin", "PostingAdmin", "PrintBatchAdmin"]
