"""The browser's logic of a page agrees with the server's, on random small questionnaires."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from core.settings import ROOT
from surveys.conditions import UNKNOWN, references, to_text
from surveys.definition import Question, Questionnaire, Section
from surveys.logic import Place, Worked, choices_left, movement, page_logic, visibility
from tests.surveys.questionnaire_builder import asking
from tests.surveys.written import asks, counts, form, group, items, offers, repeats, section

NOW = datetime(2020, 2, 29, 12, tzinfo=UTC)


@cache
def conditions(before: str) -> st.SearchStrategy[str]:
    """Conditions on these questions, parted by spaces."""
    codes = before.split()
    inside = [code for code in codes if code in {"x", "y", "z"}]
    simple = [
        st.builds(
            "${{{}}} {} '{}'".format,
            st.sampled_from(codes),
            st.sampled_from(["=", "!="]),
            st.sampled_from(["", "1", "2", "red"]),
        ),
        st.builds("${{{}}} > {}".format, st.sampled_from(codes), st.integers(0, 2)),
        st.builds("position(..) = {}".format, st.integers(1, 2)),
    ]
    if inside:
        among = st.sampled_from(inside)
        numbered = "indexed-repeat(${{{}}}, ${{rows}}, {}) = '1'".format
        simple += [
            st.builds("sum(${{{}}}) > {}".format, among, st.integers(0, 3)),
            st.builds("count(${{rows}}) {} {}".format, st.sampled_from("=<>"), st.integers(0, 2)),
            st.builds(numbered, among, st.integers(0, 3)),
        ]
    if "c" in codes:
        simple.append(st.just("jr:choice-name(${c}, '${c}') = 'The red'"))
    one = st.one_of(simple)
    return st.one_of(
        one,
        st.builds("{} {} {}".format, one, st.sampled_from(["and", "or"]), one),
        st.builds("not({})".format, one),
        st.builds("if({}, {}, {})".format, one, one, one),
    )


@cache
def calculations(before: str) -> st.SearchStrategy[str]:
    """Calculations with these questions."""
    code = st.sampled_from(before.split())
    return st.one_of(
        st.builds("${{{}}} + {}".format, code, st.integers(0, 2)),
        st.builds("concat(${{{}}}, '-', ${{{}}})".format, code, code),
        conditions(before),
    )


@cache
def filters(before: str) -> st.SearchStrategy[str]:
    """Filters of choices by these questions."""
    code = st.sampled_from(before.split())
    written = "kind {} ${{{}}} or {}".format
    return st.builds(written, st.sampled_from(["=", "!="]), code, conditions(before))


COLOURS = offers("red", "2", "10", kind="1 2 red")
VALUES = st.one_of(st.none(), st.integers(0, 3), st.sampled_from(["1", "red", "two words"]))
ITEM = st.fixed_dictionaries({}, optional={"x": VALUES, "y": VALUES, "z": VALUES})
ANSWERS = st.fixed_dictionaries(
    {"rows": st.lists(ITEM, max_size=3)},
    optional=dict.fromkeys("abdef", VALUES) | {"c": st.sampled_from(["red", "2", "10"])},
)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Two sections; in one of them a repeat, in the second a group inside another."""

    def maybe(before: str, name: str = "relevant") -> dict[str, str]:
        return {name: draw(conditions(before))} if draw(st.booleans()) else {}

    rows = repeats(
        "rows",
        asks("x", **maybe("a b")),
        counts("own", draw(calculations("a b x")), **maybe("a b x")),
        asks("y", group="inside", **maybe("a b x own")),
        asks("z", "choose_one", choices=COLOURS, choice_filter=draw(filters("a b x own y"))),
        groups=(group("inside", draw(conditions("a b x own"))),),
        **maybe("a b"),
        **draw(st.sampled_from([{}, {}, {"times": "${a}"}])),
    )
    known = "a b x y z own sum"
    first = [asks("a"), asks("b", **maybe("a"))]
    second = [
        counts("sum", draw(calculations("a b x y z own")), **maybe("a b x")),
        asks(
            "c", "choose_one", choices=COLOURS, choice_filter=draw(filters(known)), **maybe(known)
        ),
        asks("d", group="outer", **maybe(f"{known} c")),
        asks("e", group="inner", **maybe(f"{known} c d")),
        asks("f", **maybe(f"{known} c d e"), **maybe(f"{known} c d e", "warning")),
    ]
    here = first if draw(st.booleans()) else second
    here.append(rows)
    groups = (
        group("outer", draw(conditions(f"{known} c"))),
        group("inner", draw(conditions(f"{known} c d")), within="outer"),
    )
    return form(section("one", *first), section("two", *second, groups=groups, **maybe("a b")))


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """A page that has both modules at hand."""
    sources = [(ROOT / f"static/js/{name}.js").read_text() for name in ("conditions", "logic")]
    with chromium.new_page() as page:
        page.evaluate(
            """async (sources) => {
                const load = (source) =>
                    import(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
                [window.engine, window.logic] = await Promise.all(sources.map(load));
            }""",
            sources,
        )
        yield page


VISIBILITY: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "condition_vectors.json").read_text()
)["visibility"]
SEEN = """([page, answers, codes]) => {
    const worked = new logic.Worked(engine, page, logic.texts(engine, page, answers), false);
    return Object.fromEntries(codes.map((code) => [code, worked.top.seen(code)]));
}"""
WORK = """([page, stored, codes]) => {
    const answers = logic.texts(engine, page, stored);
    const told = {};
    for (const final of [false, true]) {
        const worked = new logic.Worked(engine, page, answers, final);
        for (const place of worked.top.walk()) {
            for (const code of codes[place.path.join("/")] ?? []) {
                const key = `${final} ${place.key(code)}`;
                const value = place.values.get(code);
                told[key] = [
                    place.seen(code),
                    value === undefined ? null : engine.toText(value),
                    final && Object.hasOwn(page.filters, code)
                        ? worked.left(place, code).sort() : null,
                    final && Object.hasOwn(page.warnings, code)
                        ? worked.doubtful(place, code) : null,
                ];
            }
        }
    }
    return told;
}"""


def own_codes(section: Section, path: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """The codes on the section's page by the path of their places."""
    found = {"": [question.code for question in section.questions]}
    for question in section.questions:
        if question.questions:
            found[question.code] = [inner.code for inner in question.questions]
    return found


def stored_in(answers: dict[str, Any], asked: tuple[Question, ...]) -> dict[str, Any]:
    """Answers as a page's script reads them: those of its questions, repeats as lists."""
    codes = {question.code for question in asked}
    return {code: answer for code, answer in answers.items() if code in codes}


def doubtful(worked: Worked, place: Place, question: Question) -> bool:
    text = place.held(question)
    if question.warning is None or not place.shown(question.code) or text is UNKNOWN:
        return False
    return worked.judge(question.warning, place, question.code, own=text) is False


def told_of(worked: Worked, place: Place, code: str, *, final: bool) -> list[Any]:
    """What the server says of a question in a place, as the script above does."""
    question = worked.plan.questions[code]
    value = place.values.get(code)
    move = movement(worked.plan, worked.questionnaire.sections[-1])
    return [
        place.seen(code).value,
        None if value is None or value is UNKNOWN else to_text(value),
        sorted(choice.code for choice in choices_left(worked, place, question))
        if final and code in move.filters
        else None,
        doubtful(worked, place, question) if final and question.warning is not None else None,
    ]


@pytest.mark.parametrize("case", VISIBILITY, ids=lambda case: case["name"])
def test_visibility_is_that_of_the_shared_vector(page: Page, case: dict[str, Any]) -> None:
    relevant = case["relevant"]
    codes = {*relevant, *(code for tree in relevant.values() for code in references(tree))}
    questionnaire = asking(" ".join(codes), relevant)
    sent = page_logic(Worked(questionnaire, {}, final=True), questionnaire.sections[0])
    said = {True: "yes", False: "no"}
    answers = {
        code: said[answer] if isinstance(answer, bool) else answer
        for code, answer in case["answers"].items()
    }

    seen = visibility(questionnaire, answers)

    assert {code: seen[code].value for code in relevant} == case["expect"]
    if sent is not None:
        found = page.evaluate(SEEN, [json.loads(json.dumps(sent)), answers, [*relevant]])
        assert found == case["expect"]


@settings(suppress_health_check=list(HealthCheck), max_examples=60)
@given(questionnaire=questionnaires(), answers=ANSWERS)
def test_the_browser_works_a_page_out_as_the_server_does(
    page: Page, questionnaire: Questionnaire, answers: dict[str, Any]
) -> None:
    given_now = {code: answer for code, answer in answers.items() if answer is not None}
    rows = [{k: v for k, v in item.items() if v is not None} for item in answers["rows"]]
    given_now["rows"] = items(*rows)
    chosen = questionnaire.sections[-1]
    codes = own_codes(chosen)
    expected = {}
    for final in (False, True):
        worked = Worked(questionnaire, given_now, final=final, now=NOW)
        for place in worked.places():
            for code in codes.get("/".join(place.path), ()):
                key = "/".join(
                    [*(f"{p.path[-1]}/{p.number}" for p in place.outwards() if p.path), code]
                )
                expected[f"{json.dumps(final)} {key}"] = told_of(worked, place, code, final=final)
    told = page_logic(worked, chosen)
    assume(told is not None)

    sent = json.loads(json.dumps(told))
    found = page.evaluate(WORK, [sent, stored_in(given_now, chosen.questions), codes])

    assert found == expected
