"""Every page in English: nothing for axe to object to, no trouble, nothing too wide.

A file for each language, so that two processes share the work.
"""

from collections.abc import Callable

import pytest

from tests.browser.every_page import SIGHTS, Sight, look
from tests.browser.visitor import Visitor

LANGUAGE = "en"


@pytest.mark.parametrize("sight", SIGHTS, ids=str)
def test_a_page_leaves_nothing_to_complain_about(
    sight: Sight, arranged: dict[str, str], visitor_of: Callable[[str], Visitor]
) -> None:
    visitor = visitor_of(sight.who.format(**arranged))

    found = look(sight, visitor, arranged)

    assert found == [], "\n".join(found)
