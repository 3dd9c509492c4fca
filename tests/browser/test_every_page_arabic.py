"""Every page in Arabic: nothing for axe to object to, no trouble, nothing too wide.

A file for each language, so that two processes share the work. Other people's views of the same
page, and its filters, are the English file's.
"""

from collections.abc import Callable

import pytest

from tests.browser.every_page import SIGHTS, Sight, look
from tests.browser.visitor import Visitor

LANGUAGE = "ar"


PAGES = {sight.path.partition("?")[0]: sight for sight in reversed(SIGHTS)}


@pytest.mark.parametrize("sight", tuple(reversed(PAGES.values())), ids=str)
def test_a_page_leaves_nothing_to_complain_about(
    sight: Sight, arranged: dict[str, str], visitor_of: Callable[[str], Visitor]
) -> None:
    visitor = visitor_of(sight.who.format(**arranged))

    found = look(sight, visitor, arranged)

    assert found == [], "\n".join(found)
