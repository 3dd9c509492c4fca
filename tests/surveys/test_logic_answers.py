"""What a questionnaire's logic makes of answers: choices left, texts filled, defaults, problems."""

from datetime import UTC, datetime
from typing import Any

import pytest

from surveys.completeness import all_doubts, all_problems, counted, section_states, sections_asked
from surveys.confirming import agreed, answer_at, confirmed_after, mark_of, read_said
from surveys.definition import Questionnaire
from surveys.logic import Worked, beginning, choices_left, fill, new_item
from surveys.problems import Entered
from tests.surveys.written import asks, counts, form, items, offers, repeats, section

NOW = datetime(2020, 2, 29, 12, tzinfo=UTC)
TOWNS = offers("one", "two", "three", land="x x y")
PLACES = form(
    asks("land", "choose_one", choices=offers("x", "y")),
    asks("town", "choose_one", choices=TOWNS, choice_filter="land = ${land}"),
)


def left(questionnaire: Questionnaire, code: str, answers: dict[str, Any]) -> list[str]:
    worked = Worked(questionnaire, answers, final=True, now=NOW)
    return [c.code for c in choices_left(worked, worked.top, questionnaire.by_code[code])]


def wrong(questionnaire: Questionnaire, answers: dict[str, Any], **more: Any) -> dict[str, str]:
    """The sentence of each problem by the name of its question."""
    found = all_problems(questionnaire, Entered(answers, {}, **more), now=NOW)
    return {p.name: p.sentence("en") for problems in found.values() for p in problems}


def odd(questionnaire: Questionnaire, answers: dict[str, Any], **more: Any) -> dict[str, bool]:
    """Whether each unusual answer is confirmed, by the name of its question."""
    found = all_doubts(questionnaire, Entered(answers, {}, **more), now=NOW)
    return {p.name: p.confirmed for problems in found.values() for p in problems}


def test_a_filter_leaves_the_choices_it_holds_for() -> None:
    assert left(PLACES, "town", {"land": "x"}) == ["one", "two"]
    assert left(PLACES, "town", {"land": "y"}) == ["three"]
    assert left(PLACES, "town", {}) == []


def test_an_answer_that_is_no_longer_offered_is_named() -> None:
    assert wrong(PLACES, {"land": "x", "town": "one"}) == {}
    found = wrong(PLACES, {"land": "y", "town": "one"})["town"]
    assert found.startswith("The one – This is no longer offered")


PEOPLE = form(
    asks("adults", "yes_no"),
    repeats(
        "people",
        asks("name", required_if="${adults} = 'yes'", required_texts={"en": "Name them."}),
        asks("age", "integer", constraint=". > 17 or ${adults} = 'no'", warning=". < 100"),
    ),
)


def test_problems_in_items_are_named_one_by_one() -> None:
    answers = {"adults": True, "people": items({"name": "x", "age": 8}, {"age": 40})}

    found = wrong(PEOPLE, answers)

    assert set(found) == {"people[1].age", "people[2].name"}
    assert found["people[2].name"] == "Name them."
    assert wrong(PEOPLE, {**answers, "adults": False}) == {}


def test_what_is_required_under_a_condition_is_missing_only_then() -> None:
    questionnaire = form(asks("a"), asks("b", required_if="${a} = 'x'"))

    assert set(wrong(questionnaire, {"a": "x"})) == {"b"}
    assert wrong(questionnaire, {"a": "y"}) == {}
    assert wrong(questionnaire, {}) == {}


def test_an_unusual_answer_stands_once_somebody_says_it_is_right() -> None:
    answers = {"people": items({"age": 120}, {"age": 130}, {"age": 50})}
    key = "people/00000001/age"

    confirmed = confirmed_after({}, answers, agreed([key]))

    assert confirmed == {key: 120}
    assert wrong(PEOPLE, answers) == {}
    assert odd(PEOPLE, answers) == {"people[1].age": False, "people[2].age": False}
    assert odd(PEOPLE, answers, confirmed=confirmed)["people[1].age"]
    changed = {"people": items({"age": 121}, {"age": 130})}
    assert not odd(PEOPLE, changed, confirmed=confirmed)["people[1].age"]


def test_a_wrong_answer_is_not_asked_about_besides() -> None:
    questionnaire = form(asks("n", "integer", constraint=". < 10", warning=". < 5"))

    assert odd(questionnaire, {"n": 12}) == {}
    assert odd(questionnaire, {"n": 7}) == {"n": False}
    assert odd(questionnaire, {"n": 3}) == {}


@pytest.mark.parametrize(
    ("offered", "right", "expected"),
    [
        (f"a {mark_of(7)}", ["a"], {"a": 7}),
        (f"a {mark_of(8)}", ["a"], {}),  # the page showed another answer
        ("a", ["a"], {"a": 7}),  # its script asked about what was typed
        (f"a {mark_of(7)}", [], {}),
        ("b", ["a"], {"a": 5}),  # what was not offered stays as it was
        ("nothing", ["nothing"], {"a": 5}),
    ],
)
def test_a_page_confirms_the_answers_it_showed(
    offered: str, right: list[str], expected: dict[str, Any]
) -> None:
    assert confirmed_after({"a": 5}, {"a": 7}, read_said([offered], right)) == expected


def test_an_answer_is_found_by_its_key() -> None:
    answers = {"r": items({"s": items({"x": 1})}), "a": 2}

    assert answer_at(answers, "a") == 2
    assert answer_at(answers, "r/00000001/s/00000001/x") == 1
    for key in ("b", "r/00000002/s", "a/b/c", "r/00000001", "r//x", ""):
        assert not isinstance(answer_at(answers, key), int)


def test_answers_that_count_leave_out_what_items_hide() -> None:
    questionnaire = form(
        asks("n", "integer"),
        repeats("rows", asks("a", "yes_no"), asks("b", relevant="${a} = 'yes'"), times="${n}"),
    )
    held = items({"a": True, "b": "x"}, {"a": False, "b": "x"}, {"a": True})

    found = counted(questionnaire, {"n": 2, "rows": held}, now=NOW)

    assert found["rows"] == items({"a": True, "b": "x"}, {"a": False})


def test_conditions_see_the_day_they_are_asked_on() -> None:
    questionnaire = form(asks("late", relevant="today() > '2020-02-28'"))

    assert counted(questionnaire, {"late": "x"}, now=NOW) == {"late": "x"}
    assert counted(questionnaire, {"late": "x"}, now=NOW.replace(day=28)) == {}


SAID = form(
    asks("name", texts={"en": "What is it called?"}),
    asks("town", "choose_one", choices=TOWNS),
    counts("sum", "1 + 2"),
    asks("gone", relevant="${name} = 'nobody'"),
    repeats("rows", asks("x"), asks("y")),
)


def told(text: str, answers: dict[str, Any]) -> str:
    filled = fill(text, Worked(SAID, answers, final=True, now=NOW).top, "en")
    return filled.replace("\u2068", "<").replace("\u2069", ">")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain", "Plain"),
        ("About ${name}.", "About <River>."),
        ("In ${ town }", "In <The two>"),
        ("${sum} of ${rows}", "<3> of 2"),
        ("${x}", "<a, b>"),
        ("${gone}|${unknown}", "|${unknown}"),
    ],
)
def test_texts_hold_former_answers_in_words(text: str, expected: str) -> None:
    answers = {"name": "River", "town": "two", "gone": "x", "rows": items({"x": "a"}, {"x": "b"})}

    assert told(text, answers) == expected


def test_an_unanswered_question_is_named_in_its_place() -> None:
    assert told("About ${name}.", {}) == "About <[What is it called? …]>."


def test_an_answer_s_own_references_are_not_filled() -> None:
    assert told("${name}", {"name": "${town}"}) == "<${town}>"


def test_within_an_item_a_text_speaks_of_that_item() -> None:
    worked = Worked(SAID, {"rows": items({"x": "a"}, {"x": "b"})}, final=True, now=NOW)

    said = [fill("${x}", item, "en") for item in worked.top.items["rows"]]

    assert said == ["\u2068a\u2069", "\u2068b\u2069"]


MANY = offers("red", "blue")
DEFAULTS = form(
    asks("text", default="'two words'"),
    asks("n", "integer", default="3"),
    asks("twice", "integer", default="${n} * 2"),
    asks("day", "date", default="today()"),
    asks("month", "month", default="today()"),
    asks("moment", "date_time", default="'2020-02-28T14:30:00.000+00:00'"),
    asks("time", "time", default="'14:30:00.000'"),
    asks("yes", "yes_no", default="'yes'"),
    asks("ok", "acknowledge", default="'OK'"),
    asks("one", "choose_one", choices=MANY, default="'blue'"),
    asks("many", "choose_many", choices=MANY, default="'red blue'"),
    asks("order", "ranking", choices=MANY, default="'blue red'"),
    asks("half", "decimal", default="0.5"),
    asks("bad", "integer", default="'many'"),
    asks("none", default="''"),
    repeats(
        "rows", asks("place", "integer", default="position(..)"), asks("own", default="${text}")
    ),
)


def test_a_response_begins_with_the_defaults() -> None:
    assert beginning(DEFAULTS, now=NOW) == {
        "text": "two words",
        "n": 3,
        "twice": 6,
        "day": "2020-02-29",
        "month": "2020-02",
        "moment": "2020-02-28T14:30",
        "time": "14:30",
        "yes": True,
        "ok": True,
        "one": "blue",
        "many": ["red", "blue"],
        "order": ["blue", "red"],
        "half": 0.5,
    }


def test_an_item_added_begins_with_its_own_defaults() -> None:
    answers = {"text": "changed", "rows": items({"place": 1})}

    worked = Worked(DEFAULTS, answers, final=True, now=NOW)
    begun = new_item(worked, worked.top, DEFAULTS.by_code["rows"])

    assert begun == {"place": 2, "own": "changed"}


STEPS = form(
    section("first", asks("a", "yes_no")),
    section("second", asks("b", default="'x'"), relevant="${a} = 'yes'"),
    section("third", asks("c")),
)


def test_a_section_nobody_is_asked_is_passed_over() -> None:
    assert sections_asked(STEPS, {}) == {"first", "second", "third"}
    assert sections_asked(STEPS, {"a": False}) == {"first", "third"}


def test_a_section_that_begins_with_defaults_is_not_begun() -> None:
    states = section_states(STEPS, Entered({"b": "x"}, {}), {})
    later = section_states(STEPS, Entered({"a": False, "b": "x"}, {}), {"first": 1})

    assert list(states.values()) == ["empty", "empty", "empty"]
    assert list(later.values()) == ["complete", "not_asked", "empty"]


def test_a_rule_that_cannot_be_worked_out_forbids_nothing_and_is_told() -> None:
    doubled = "'ab'"
    for _ in range(18):
        doubled = f"concat({doubled}, {doubled})" if len(doubled) < 4000 else doubled
    chain = [counts("c0", doubled)] + [
        counts(f"c{n}", f"concat(${{c{n - 1}}}, ${{c{n - 1}}})") for n in range(1, 20)
    ]
    questionnaire = form(*chain, asks("a", constraint="string-length(${c19}) > 5"))

    worked = Worked(questionnaire, {"a": "x"}, final=True, now=NOW)

    assert worked.failures()
