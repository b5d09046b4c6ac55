"""Pronunciation lists: checks how each row is pronounced, with results as CSV, JSON, JUnit XML or audio.

>>> from kokoro_demo.checklist import check_row, read_list
>>> [check_row(row, pronounce) for row in read_list(data).rows]

Needs no torch.
"""

from kokoro_demo.checklist.check import CheckedRow, check_row, count_results, request_for, summary
from kokoro_demo.checklist.difference import DiffSegment, compare, marked
from kokoro_demo.checklist.rows import CheckList, ListRow, read_list

__all__ = [
    "CheckList",
    "CheckedRow",
    "DiffSegment",
    "ListRow",
    "check_row",
    "compare",
    "count_results",
    "marked",
    "read_list",
    "request_for",
    "summary",
]
