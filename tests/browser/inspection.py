"""What every page owes its readers, whatever it says: found by looking at it in the browser.

Nothing for axe to object to; no scrolling sideways on a phone; controls big enough for a thumb; the
language and direction it is written in.
"""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

PHONE: ViewportSize = {"width": 360, "height": 740}
THUMB = 44
"""CSS pixels a control is high at least."""
RIGHT_TO_LEFT = {"ar"}
ALIKE = 3
"""How many elements of the same tags, classes and states contrast is measured of."""
_SHORTEN = """(most) => {
  const kept = ["class", "style", "type", "open", "disabled", "hidden", "dir", "lang",
    "aria-current", "aria-invalid"];
  const chosen = ":is(.option, .entry, .step, .row):has(:checked), :target";
  const own = (one) => [one.tagName, ...kept.map((name) => one.getAttribute(name) ?? ""),
    one.matches(chosen)].join("|");
  const sheets = [...document.styleSheets].map((one) => one.href).join();
  // Each way down to an element has a number, which stands for it in the ways of those inside it.
  const [numbers, times] = JSON.parse(sessionStorage.getItem("alike") ?? "[[], []]");
  const ways = new Map(numbers.map((way, at) => [way, at]));
  const number = (one) => {
    const above = one.parentElement ? number(one.parentElement) : sheets;
    const way = `${above}>${own(one)}`;
    if (!ways.has(way)) ways.set(way, ways.size);
    return ways.get(way);
  };
  const leaves = "*:not(svg, svg *, option, input, textarea, button, :has(*))";
  for (const one of document.body.querySelectorAll(leaves)) {
    const way = number(one);
    times[way] = (times[way] ?? 0) + 1;
    if (times[way] > most) one.remove();
  }
  sessionStorage.setItem("alike", JSON.stringify([[...ways.keys()], times]));
}"""
_OPEN = "() => { for (const one of document.querySelectorAll('details')) one.open = true; }"
_OVERFLOW = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return [];
  const edge = document.documentElement.clientWidth;
  const outside = [...document.querySelectorAll("body *")].filter((one) => {
    const place = one.getBoundingClientRect();
    return place.width && (place.right > edge + 1 || place.left < -1) && !one.closest(".scroll");
  });
  const first = outside.slice(0, 3).map((one) => one.outerHTML.slice(0, 120));
  return [`${wide}px wider than the screen: ${first}`];
}"""
# The chart library's own buttons are above the figure, and all they do the table does too.
_SMALL = """(least) => [...document.querySelectorAll(
    "main :is(button, a.button, summary, select, textarea, input:not([type=hidden]))")]
  .filter((one) => one.checkVisibility() && !one.closest(".modebar"))
  .map((one) => [one, (one.closest("label.option, label.step") ?? one).getBoundingClientRect()])
  .filter(([, place]) => place.height < least - 0.5)
  .map(([one, place]) => `${Math.round(place.height)}px high: ${one.outerHTML.slice(0, 120)}`)"""
_THERE = "() => typeof axe !== 'undefined'"
_INSPECT = "(options) => axe.run(options).then(({ violations }) => violations)"
_WRITTEN = "() => [document.documentElement.lang, document.documentElement.dir]"


def complaints(page: Page, language: str) -> list[str]:
    """What is wrong with the page, with all that can be opened open.

    Of elements that are alike only the first that this visitor meets are left afterwards, on a
    phone's screen: contrast is slow to measure, and the same tags, classes and states under the
    same style sheets have the same colours.
    """
    if not page.evaluate(_THERE):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(_OPEN)
    found = _objections(page, {"rules": {"color-contrast": {"enabled": False}}})
    page.set_viewport_size(PHONE)
    found += page.evaluate(_OVERFLOW) + page.evaluate(_SMALL, THUMB)
    expected = [language, "rtl" if language in RIGHT_TO_LEFT else "ltr"]
    written = page.evaluate(_WRITTEN)
    found += [] if written == expected else [f"written as {written}"]
    page.evaluate(_SHORTEN, ALIKE)
    return found + _objections(page, {"runOnly": ["color-contrast"]})


def _objections(page: Page, options: dict[str, Any]) -> list[str]:
    """axe-core's violations, of every impact, best practices included; it is on the page."""
    violations: list[dict[str, Any]] = page.evaluate(
        _INSPECT, {"resultTypes": ["violations"], **options}
    )
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]} {node['failureSummary'][:300]}"
        for one in violations
        for node in one["nodes"]
    ]
