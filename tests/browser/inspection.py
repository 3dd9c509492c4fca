"""What every page owes its readers, whatever it says: found by looking at it in the browser.

Nothing for axe to object to; no scrolling sideways on a phone; controls big enough for a thumb;
spaces between its sentences; the language and direction it is written in.
"""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

PHONE: ViewportSize = {"width": 360, "height": 740}
WIDE: ViewportSize = {"width": 1280, "height": 900}
THUMB = 44
"""CSS pixels a control is high at least."""
RIGHT_TO_LEFT = {"ar"}
ALIKE = 3
"""How many elements of the same tags, classes and states contrast is measured of."""
_MARK = """([most, before]) => {
  const kept = ["class", "style", "type", "open", "disabled", "hidden", "dir", "lang",
    "aria-current", "aria-invalid"];
  const chosen = ":is(.option, .entry, .step, .row):has(:checked), :target";
  const own = (one) => [one.tagName, ...kept.map((name) => one.getAttribute(name) ?? ""),
    one.matches(chosen)].join("|");
  const sheets = [...document.styleSheets].map((one) => one.href).join()
    + matchMedia("(prefers-color-scheme: dark)").matches;
  // Each way down to an element has a number, which stands for it in the ways of those inside it.
  const [numbers, times] = JSON.parse(before);
  const ways = new Map(numbers.map((way, at) => [way, at]));
  const mark = (one, above) => {
    const way = `${above}>${own(one)}`;
    if (!ways.has(way)) ways.set(way, ways.size);
    const number = ways.get(way);
    times[number] = (times[number] ?? 0) + one.checkVisibility();
    one.toggleAttribute("data-alike", times[number] > most);
    for (const inside of one.children) mark(inside, number);
  };
  mark(document.documentElement, sheets);
  return JSON.stringify([[...ways.keys()], times]);
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
_GLUED = r"""() => {
  const latin = String.raw`[\p{Ll}\p{N})”»][.!?]\p{Lu}\p{Ll}`;
  const arabic = String.raw`[\p{Script=Arabic}\p{N})»][.!؟]\p{Script=Arabic}`;
  const glued = new RegExp(`.{0,30}(${latin}|${arabic}).{0,30}`, "gu");
  const found = document.body.innerText.matchAll(glued);
  return [...found].map(([words]) => `no space between two sentences: ${words}`);
}"""
_THERE = "() => typeof axe !== 'undefined'"
_INSPECT = """() => {
  axe.configure({ rules: [{ id: "color-contrast", selector: "*:not([data-alike])" }] });
  return axe.run({ preload: false, resultTypes: ["violations"] })
    .then(({ violations }) => violations);
}"""
_met = {"alike": "[[], []]"}
"""The ways down to all elements met so far, and how often each was met."""
_WRITTEN = "() => [document.documentElement.lang, document.documentElement.dir]"


def complaints(page: Page, language: str) -> list[str]:
    """What is wrong with the page, with all that can be opened open; left on a phone's screen.

    Contrast is slow to measure: of elements that are alike it is done for the first that are met
    on any page. The same tags, classes and states under the same style sheets have the same
    colours.
    """
    if not page.evaluate(_THERE):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(_OPEN)
    _met["alike"] = page.evaluate(_MARK, [ALIKE, _met["alike"]])
    found = _objections(page)
    if page.viewport_size != PHONE:
        page.set_viewport_size(PHONE)
    found += page.evaluate(_OVERFLOW) + page.evaluate(_SMALL, THUMB) + page.evaluate(_GLUED)
    expected = [language, "rtl" if language in RIGHT_TO_LEFT else "ltr"]
    written = page.evaluate(_WRITTEN)
    return found if written == expected else [*found, f"written as {written}"]


def _objections(page: Page) -> list[str]:
    """axe-core's violations, of every impact, best practices included; it is on the page."""
    violations: list[dict[str, Any]] = page.evaluate(_INSPECT)
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]} {node['failureSummary'][:300]}"
        for one in violations
        for node in one["nodes"]
    ]
