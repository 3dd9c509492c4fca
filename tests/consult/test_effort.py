"""Odd texts cost no more than others: the work grows with their length, whatever they hold."""

import pytest

from consult.text.inline import canonical
from tests.consult.effort import grows

IN_PROPORTION = 6


@pytest.mark.parametrize("part", ["*a ", "**a *", "*", "**a*", "[a](http://x", "[^"])
def test_marks_without_a_partner_are_read_in_proportion_to_their_number(part: str) -> None:
    growth = grows(lambda count: canonical(part * count), 100)

    assert growth < IN_PROPORTION
