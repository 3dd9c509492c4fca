"""Texts as they may stand in a cell of a CSV file (OWASP, "CSV injection")."""

from typing import TypeVar

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
T = TypeVar("T")


def safe(cell: T) -> T | str:
    """The cell, with an apostrophe before a text that begins as a formula does."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(DANGEROUS) else cell
