"""Lists cut into pages, counted from 1; an empty list has one."""

from collections.abc import Sequence
from typing import TypeVar

from core.errors import NotFound
from core.texts import lazy as _l

Row = TypeVar("Row")


def pages(total: int, per_page: int) -> int:
    """How many pages so many rows fill."""
    return max(1, -(-total // per_page))


def rows_on(page: int, rows: Sequence[Row], per_page: int) -> Sequence[Row]:
    """The rows on a page; raises `NotFound` where there is no such page."""
    if not 1 <= page <= pages(len(rows), per_page):
        raise NotFound(_l("There is no such page."))
    return rows[(page - 1) * per_page : page * per_page]
