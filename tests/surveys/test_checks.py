"""What is wrong with a questionnaire's logic is found before it is published."""

from typing import Any

import pytest

from surveys.checks import Severity, Sort, findings
from surveys.definition import Group, Question, QuestionKind, Questionnaire
from surveys.expressions import parse
from surveys.expressions.refusals import ITEMS
from tests.surveys.test_expressions import sentence
from tests.surveys.tiny import LIST, asking, question, section, tiny

K = QuestionKind
COLOUR = question("colour", K.CHOOSE_ONE, choices=LIST)
STAFF = question("staff", K.INTEGER)
NAME = question("name")


def tree(written: str) -> dict[str, Any]:
    return parse(written, columns=True)


def with_tree(field: str, written: str) -> Question:
    """A question whose field is this expression."""
    return question("q").model_copy(update={field: tree(written)})


def told(form: Questionnaire) -> list[tuple[str, str, Severity]]:
    return [(f.code, f.field, f.severity) for f in findings(form)]


def words(form: Questionnaire) -> str:
    return " ".join(sentence(finding.message) for finding in findings(form))


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("relevant", "${gone} = 1", "no question"),
        ("relevant", ". = 1", "answer itself"),
        ("relevant", "${q} = 1", "itself"),
        ("constraint", "${q} = 1", "itself"),
        ("choice_filter", "name = ${rates}", "no value"),
        ("warning", "${row} = 1", "row of rates"),
        ("required_if", "${only} = 1", "group"),
        ("constraint", "instance('towns')" + ITEMS + "[name = .]/label = ''", "no list"),
    ],
)
def test_a_reference_that_leads_nowhere_is_an_error(field: str, written: str, said: str) -> None:
    form = asking(
        STAFF,
        question("rates", K.MATRIX, items=(LIST[0].model_copy(update={"code": "row"}),)),
        with_tree(field, written),
    )  # fmt: skip

    assert ("q", field, Severity.ERROR) in told(form)
    assert said in words(form)


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("relevant", "${later} = 1", "only later"),
        ("relevant", "${colour} = 'rde'", "no choice of colour"),
        ("relevant", "selected(${colour}, 'rde')", "no choice of colour"),
        ("relevant", "${colour} != 3", "no choice of colour"),
        ("constraint", "${name} + 1 > 2", "no number"),
        ("constraint", "${colour} * 2 > 2", "no number"),
        ("constraint", "'ten' - 1 > 2", "is a text"),
        ("constraint", "- . > 2", "no number"),
        ("relevant", "${note} = ''", "counts as empty"),
    ],
)
def test_what_is_probably_not_meant_is_a_warning(field: str, written: str, said: str) -> None:
    note = question("note", K.NOTE)
    form = asking(NAME, COLOUR, note, with_tree(field, written), question("later"))

    assert told(form) == [("q", field, Severity.WARNING)]
    assert said in words(form)


@pytest.mark.parametrize(
    "written",
    [
        "${colour} = 'red'", "${colour} = ''", "${staff} + 1 > 2", "'2020-01-01' + 1 > today()",
        "today() - ${day} > 2", "not(selected(${colour}, 'other'))", "${sum} > 3",
    ],
)  # fmt: skip
def test_sound_logic_is_no_finding(written: str) -> None:
    total = question("sum", K.CALCULATED, calculation=tree("${staff} + 1"))
    asked = question("q", relevant=tree(written))

    assert told(asking(COLOUR, STAFF, question("day", K.DATE), asked, total)) == []


def test_texts_speak_only_of_questions_there_are() -> None:
    asked = question("q").model_copy(update={"hints": {"en": "${gone} and ${staff}"}})
    listed = question(
        "l", K.CHOOSE_ONE, choices=(LIST[0].model_copy(update={"texts": {"en": "${x}"}}),)
    )

    assert told(asking(STAFF, asked, listed)) == [
        ("q", "hints", Severity.ERROR), ("l", "choices", Severity.ERROR),
    ]  # fmt: skip


def test_a_circle_is_found_at_each_of_its_expressions_and_nowhere_else() -> None:
    form = asking(
        question("a", relevant=tree("${b} = 1")),
        question("b", K.CALCULATED, calculation=tree("${c} + 1")),
        question("c", K.CHOOSE_ONE, choices=LIST, choice_filter=tree("name = ${a}")),
        question("d", relevant=tree("${a} = 1")),
    )

    circle = [found for found in findings(form) if "wait" in sentence(found.message)]
    assert [(f.code, f.field) for f in circle] == [
        ("a", "relevant"), ("b", "calculation"), ("c", "choice_filter"),
    ]  # fmt: skip
    assert "a, b, c" in sentence(circle[0].message)


def test_a_group_that_waits_for_what_it_holds_is_a_circle() -> None:
    inside = question("inside", group="g")
    outer = section("s", inside).model_copy(
        update={"groups": (Group(code="g", relevant=tree("${inside} = 1")),)}
    )

    found = [f for f in findings(tiny(outer)) if f.severity is Severity.ERROR]

    assert [(f.sort, f.code, f.field) for f in found] == [(Sort.GROUP, "g", "relevant")]


def test_a_chain_of_a_thousand_is_no_circle() -> None:
    links = [question("q0"), *(
        question(f"q{n}", relevant=tree(f"${{q{n - 1}}} = 'x'")) for n in range(1, 1_000)
    )]  # fmt: skip

    assert told(asking(*links)) == []
