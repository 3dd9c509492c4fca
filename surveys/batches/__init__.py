"""Batches of answers collected elsewhere, as CSV or XLSX: read, matched to questions, checked.

`read_batch` is the way in. The package knows the columns of our own export and of Kobo's; it
refuses to know who brings a batch, and what is kept of it.
"""

from surveys.batches.reading import Batch, BatchRow, read_batch
from surveys.batches.sheets import Unusable
from surveys.batches.trouble import Trouble

__all__ = ["Batch", "BatchRow", "Trouble", "Unusable", "read_batch"]
