"""Expressions computed by static/js/conditions.js in a real browser, for comparison."""

import json
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Browser, Page

from core.settings import ROOT

SOURCE = ROOT / "static/js/conditions.js"
_LOAD = """async (source) => {
    const url = URL.createObjectURL(new Blob([source], {type: "text/javascript"}));
    window.conditions = await import(url);
}"""
_EVALUATE = """(json) => {
    const scopeOf = (given) => ({
        now: given.now,
        values: (code) => {
            const found = Object.hasOwn(given.values, code) ? given.values[code] : [];
            return found === null ? undefined : typeof found === "string" ? [found] : found;
        },
        this: () => given.this,
        position: (levels) => given.positions[levels - 1],
        indexed(code, places) {
            const found = this.values(code);
            return found === undefined ? undefined : found[places.at(-1)[1] - 1] ?? "";
        },
        choiceName: (value, code) => given.choice_names[code][value] ?? "",
        column: (name) => given.columns[name],
        lookup: (name) => given.lists?.[name] ?? [],
    });
    const encoded = (value) =>
        value === undefined ? {unknown: true}
            : typeof value !== "number" || (Number.isFinite(value) && !Object.is(value, -0)) ? value
                : {number: Object.is(value, -0) ? "-0" : String(value)};
    return JSON.parse(json).map(({tree, scope}) => {
        try {
            return encoded(window.conditions.evaluate(tree, scopeOf(scope)));
        } catch (error) {
            return {failed: String(error)};
        }
    });
}"""
_ANSWERS = """(cases) => cases.map(({tree, answers, this: self}) => {
    const { evaluate, plainScope, valueOf } = window.conditions;
    const own = (code) => Object.hasOwn(answers, code) ? answers[code] : null;
    return evaluate(tree, plainScope((code) => [valueOf(own(code))], valueOf(self))) ?? null;
})"""


def prepared(chromium: Browser) -> Page:
    """A page with the module loaded."""
    page = chromium.new_page()
    page.evaluate(_LOAD, SOURCE.read_text())
    return page


def computed(page: Page, cases: Sequence[dict[str, Any]]) -> list[Any]:
    """The value of each case's `tree` in its `scope` (`vector_scope`), as JSON."""
    return list(page.evaluate(_EVALUATE, json.dumps(list(cases))))


def of_answers(page: Page, cases: Sequence[dict[str, Any]]) -> list[Any]:
    """The value of each case's `tree` for its stored `answers` and `this`."""
    return list(page.evaluate(_ANSWERS, list(cases)))
