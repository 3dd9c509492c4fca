"""How much work something is, counted and not timed: a test says the same on any machine."""

import sys
from collections.abc import Callable
from typing import Any


def calls(work: Callable[[], object]) -> int:
    """How many functions are called while this is done."""
    count = 0

    def seen(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def grows(work: Callable[[int], object], small: int) -> float:
    """How many times the work is more for four times the size: about 4 where it's in proportion."""
    work(small)
    return calls(lambda: work(4 * small)) / calls(lambda: work(small))
