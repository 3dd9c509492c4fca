"""Conditions as rows: they turn into expressions and back, and what they can't say stays one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.definition import Question, QuestionKind
from surveys.editing.comparing import THIS, comparisons_of
from surveys.editing.rows import Row, Rows, is_complete, rows_of, tree_of
from surveys.expressions import parse, render
from tests.surveys.tiny import LIST, SCALE, choices, question

K = QuestionKind
ASKED = {
    q.code: q
    for q in (
        question("colour", K.CHOOSE_ONE, choices=LIST),
        question("colours", K.CHOOSE_MANY, choices=LIST),
        question("active", K.YES_NO, choices=choices("yes", "no")),
        question("urgency", K.RATING, choices=SCALE),
        question("staff", K.INTEGER),
        question("day", K.DATE),
        question("name", K.SHORT_TEXT),
        question("agreed", K.ACKNOWLEDGE),
    )
}
VALUES = {
    "colour": ["red", "other"], "colours": ["red", "none"], "active": ["yes", "no"],
    "urgency": ["1", "5", "dont_know"], "staff": ["0", "-3", "2.5", "100"],
    "day": ["2020-02-29", "1999-12-31"], "name": ["Kenya", "it's", "3 or 4"], "agreed": [""],
}  # fmt: skip


def said(expression: str, own: Question | None = None) -> Rows | None:
    return rows_of(parse(expression), ASKED, own)


@st.composite
def complete_rows(draw: Any) -> Rows:
    """Rows an author could have filled in, some of them in brackets of two or three."""
    rows: list[Row] = []
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    group = 0
    for size in sizes:
        if size > 1:
            group += 1
        rows += [_row(draw, group if size > 1 else 0) for _each in range(size)]
    parts = len(sizes)
    everything = draw(st.booleans())
    if parts == 1:
        rows = [Row(r.question, r.comparison, r.value) for r in rows]
        return Rows(len(rows) == 1 or everything, tuple(rows))
    return Rows(everything, tuple(rows))


def _row(draw: Any, group: int) -> Row:
    asked = ASKED[draw(st.sampled_from(sorted(ASKED)))]
    comparison = draw(st.sampled_from(comparisons_of(asked)))
    if comparison.bare:
        return Row(asked.code, comparison.name, "", group)
    if comparison.counts:
        return Row(asked.code, comparison.name, draw(st.sampled_from(["0", "2"])), group)
    return Row(asked.code, comparison.name, draw(st.sampled_from(VALUES[asked.code])), group)


@given(complete_rows())
def test_rows_come_back_from_the_expression_they_write(rows: Rows) -> None:
    tree = tree_of(rows, ASKED, None)

    assert tree is not None
    assert all(is_complete(row, ASKED, None) for row in rows.rows)
    assert rows_of(parse(render(tree)), ASKED, None) == rows


@pytest.mark.parametrize(
    ("expression", "rows"),
    [
        ("${active} = 'yes'", [Row("active", "=", "yes")]),
        ("'yes' = ${active}", [Row("active", "=", "yes")]),
        ("10 < ${staff}", [Row("staff", ">", "10")]),
        ("selected(${colours}, 'red')", [Row("colours", "selected", "red")]),
        ("not(selected(${colours}, 'red'))", [Row("colours", "not_selected", "red")]),
        ("count-selected(${colours}) >= 2", [Row("colours", "count>=", "2")]),
        ("${day} > date('2020-01-01')", [Row("day", ">", "2020-01-01")]),
        ("${urgency} = '4'", [Row("urgency", "=", "4")]),
        ("${name} != ''", [Row("name", "answered")]),
        ("${name} = ''", [Row("name", "unanswered")]),
        (
            "${active} = 'yes' and (${staff} > 1 or ${colour} = 'red')",
            [Row("active", "=", "yes"), Row("staff", ">", "1", 1), Row("colour", "=", "red", 1)],
        ),
    ],
)
def test_an_expression_is_shown_as_rows(expression: str, rows: list[Row]) -> None:
    assert said(expression) == Rows(rows=tuple(rows))


@pytest.mark.parametrize(
    "expression",
    [
        "${staff} + 1 > 3",
        "${colour} = 'violet'",
        "${unknown} = 'x'",
        "${staff} = ${urgency}",
        "regex(${name}, '^a')",
        "(${staff} > 1 or (${active} = 'yes' and ${name} = 'x')) and ${staff} < 9",
        "true()",
    ],
)
def test_what_rows_cannot_say_stays_an_expression(expression: str) -> None:
    assert said(expression) is None


def test_a_check_speaks_of_its_own_answer() -> None:
    staff = ASKED["staff"]

    rows = said(". >= 0 and . <= 500", staff)

    assert rows == Rows(rows=(Row(THIS, ">=", "0"), Row(THIS, "<=", "500")))
    assert said(". >= 0") is None


@pytest.mark.parametrize(
    "row",
    [
        Row("", "="), Row("colour", "=", ""), Row("colour", "=", "violet"), Row("colour", ">", "1"),
        Row("staff", ">", "many"), Row("colours", "count>=", "red"), Row("gone", "=", "1"),
    ],
)  # fmt: skip
def test_a_row_that_says_nothing_is_not_complete(row: Row) -> None:
    assert not is_complete(row, ASKED, None)


def test_no_rows_are_no_condition() -> None:
    assert tree_of(Rows(), ASKED, None) is None
    assert rows_of(None, ASKED, None) == Rows()
