"""Lists cut into pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NotFound
from core.paging import pages, rows_on


@given(st.lists(st.integers(), max_size=30), st.integers(1, 8))
def test_the_pages_put_together_are_the_list_and_only_the_last_may_be_short(
    rows: list[int], per_page: int
) -> None:
    last = pages(len(rows), per_page)

    cut = [list(rows_on(page, rows, per_page)) for page in range(1, last + 1)]

    assert [row for page in cut for row in page] == rows
    assert all(len(page) == per_page for page in cut[:-1])
    assert bool(cut[-1]) == bool(rows)


@pytest.mark.parametrize("page", [-1, 0, 3, 10**30])
def test_there_is_no_page_before_the_first_or_after_the_last(page: int) -> None:
    with pytest.raises(NotFound):
        rows_on(page, ["a", "b", "c"], 2)
