"""What was told to whom, and what was posted for all to read."""

from notices.models.notice import Notice
from notices.models.posting import Posting
from notices.models.print_batch import PrintBatch

__all__ = ["Notice", "Posting", "PrintBatch"]
