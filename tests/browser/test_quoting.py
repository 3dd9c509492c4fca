"""Selecting words of a paragraph quotes them; without script they are copied into the field."""

import json

from tests.browser.conftest import Enter
from tests.browser.every_page import FOCAL_POINT
from tests.browser.site import Site

SELECT = """() => {
  const words = document.querySelector("[data-passage] p").lastChild;
  const range = document.createRange();
  range.setStart(words, words.length - 12);
  range.setEnd(words, words.length - 1);
  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  return range.toString();
}"""


def test_words_selected_with_the_finger_or_mouse_are_quoted(site: Site, enter: Enter) -> None:
    ((document,),) = site.sql(
        "SELECT document FROM consultation_draft WHERE number = 1 AND state = 'published'"
    )
    first = next(one for one in json.loads(document)["blocks"] if one["number"] == "{1}.")
    visitor = enter(site, person=FOCAL_POINT, width=360)
    visitor.go(f"/rounds/migration-strategy-2/KEN/new?kind=comment&paragraph={first['lineage']}")

    selected = visitor.page.evaluate(SELECT)
    visitor.page.wait_for_function("document.querySelector('[data-quote]').value !== ''")
    visitor.page.locator("#text").fill("Which of them?")
    with visitor.page.expect_navigation():
        visitor.page.locator("main form button").first.click()

    ((quote, start),) = site.sql(
        "SELECT quote, quote_start FROM contribution WHERE text = 'Which of them?'"
    )
    text = first["texts"]["en"]
    assert quote == selected.strip()
    assert text[start : start + len(quote)] == quote
