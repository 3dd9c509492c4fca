"""`flask surveys evaluate` and `flask surveys schema`: what they print, and what they refuse."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session

from core.clock import now
from surveys.definition import Question, Questionnaire
from surveys.schema import TREES, definition_schema
from surveys.services.questionnaires import publish
from surveys.trial import try_out
from surveys.xlsform import read
from tests.surveys.everything import EVERYTHING
from tests.surveys.json_schema import faults
from tests.surveys.written import asks, counts, form, group, offers, repeats, section

ROOT = Path(__file__).parents[2]
SHEET = ROOT / "surveys/questionnaires/migration-2020.xlsx"
NOW = datetime(2020, 2, 29, tzinfo=UTC)
FORM = form(
    section("first", asks("a", "yes_no", required=True), asks("n", "integer")),
    section(
        "second",
        asks("b", relevant="${a} = 'yes'"),
        asks(
            "c",
            "choose_one",
            choices=offers("x", "y", of="1 2"),
            choice_filter="of = ${n}",
            group="g",
        ),
        repeats(
            "rows",
            asks("age", "integer", warning=". < 100"),
            asks("school", relevant="${age} < 18"),
            counts("twice", "${age} * 2"),
        ),
        counts("sum", "sum(${age})"),
        counts("half", "${n} div 2"),
        counts("day", "today()"),
        groups=(group("g", "${n} > 0"),),
    ),
)


def tried(answers: dict[str, Any]) -> dict[str, Any]:
    return try_out(FORM, answers, now=NOW)


def test_what_is_shown_hidden_and_open_is_told_in_the_order_asked() -> None:
    found = tried({"a": False, "rows": [{"age": 7}, {"age": 40}, {}]})

    shown = ["a", "n", "rows", "age", "rows[1].school", "twice", "sum", "half", "day"]
    assert found["shown"] == shown
    assert found["hidden"] == ["b", "rows[2].school"]
    assert found["undetermined"] == ["c", "rows[3].school"]


def test_questions_of_a_repeat_without_items_are_told_as_in_a_first_one() -> None:
    found = tried({})

    assert {"rows", "age", "twice"} <= set(found["shown"])
    assert "school" in found["undetermined"]


def test_values_are_those_of_the_answers_as_they_stand() -> None:
    found = tried({"n": 3, "rows": [{"age": 7}, {"age": 40}]})

    assert found["values"] == {
        "rows[1].twice": 14,
        "rows[2].twice": 80,
        "sum": 47,
        "half": 1.5,
        "day": "2020-02-29",
    }
    assert tried({})["values"]["half"] == "NaN"


def test_choices_are_told_where_a_filter_leaves_them() -> None:
    assert tried({"n": 2})["choices"] == {"c": ["y"]}
    assert tried({"n": 0})["choices"] == {}


def test_errors_and_warnings_name_their_questions() -> None:
    found = tried({"n": "many", "nope": 1, "c": "z", "rows": [{"age": 120, "who": 1}]})

    assert [error["code"] for error in found["errors"]] == ["n", "nope", "c", "rows[1].who", "a"]
    assert all(error["message"] for error in found["errors"])
    assert [warning["code"] for warning in found["warnings"]] == ["rows[1].age"]


@pytest.mark.parametrize("value", ["x", [1], {"age": 1}, [{}] * 501])
def test_what_is_no_list_of_items_is_an_error_by_code(value: Any) -> None:
    assert [error["code"] for error in tried({"a": True, "rows": value})["errors"]] == ["rows"]


@pytest.fixture
def evaluate(app: Flask, tmp_path: Path) -> Any:
    """Run the command; return (status, JSON printed or None, standard error)."""
    file = tmp_path / "answers.json"

    def run(source: str, answers: Any, *words: str) -> tuple[int, Any, str]:
        file.write_text(answers if isinstance(answers, str) else json.dumps(answers))
        args = ["surveys", "evaluate", source, "--answers", str(file), *words]
        result = app.test_cli_runner().invoke(args=args)
        return result.exit_code, json.loads(result.stdout or "null"), result.stderr

    return run


def test_a_file_is_tried_with_answers(evaluate: Any) -> None:
    code, printed, _ = evaluate(str(SHEET), {"migration_work": False})

    assert code == 0
    assert set(printed) == {
        "shown", "hidden", "undetermined", "values", "choices", "errors", "warnings"
    }  # fmt: skip
    assert "migration_activities" in printed["hidden"]


def test_a_survey_s_newest_version_is_tried_on_a_day(evaluate: Any, session: Session) -> None:
    publish(session, FORM, source="test", now=now(), label="test")
    session.commit()

    code, printed, _ = evaluate("form", {"a": True}, "--today", "2021-03-04")

    assert code == 0
    assert printed["values"]["day"] == "2021-03-04"


@pytest.mark.parametrize(
    ("source", "answers"),
    [("nowhere", {}), (str(SHEET), "[1]"), (str(SHEET), "{"), (__file__, {})],
)
def test_what_cannot_be_tried_is_refused(evaluate: Any, source: str, answers: Any) -> None:
    code, _printed, said = evaluate(source, answers)

    assert code == 1
    assert said


def every_tree() -> Questionnaire:
    question = asks(
        "q", **dict.fromkeys(TREES - {"choice_filter"}, "if(. > 1, ${a} + 1, position(..))")
    )
    return form(asks("a"), question, lists={"l": offers("x")})


@pytest.mark.parametrize(
    "questionnaire",
    [EVERYTHING, FORM, every_tree(), read(SHEET.read_bytes()).questionnaire],
    ids=["every kind", "logic", "every tree", "the wave of 2020"],
)
def test_a_stored_questionnaire_is_valid_by_the_schema(questionnaire: Questionnaire) -> None:
    schema = definition_schema()
    stored = json.loads(json.dumps(questionnaire.as_json()))

    assert list(faults(schema, stored, schema)) == []


@pytest.mark.parametrize(
    "tree",
    [
        {"op": "nothing", "args": []},
        {"op": "=", "args": [{"ref": "a"}]},
        {"op": "not", "args": [{"ref": "a"}, {"ref": "a"}]},
        {"ref": "a", "value": 1},
        {"ref": 1},
        {},
        {"this": False},
        {"up": 0},
    ],
)
def test_what_is_no_tree_is_invalid_by_the_schema(tree: dict[str, Any]) -> None:
    schema = definition_schema()
    stored = form(asks("a")).as_json()
    stored["sections"][0]["questions"][0]["relevant"] = tree

    assert list(faults(schema, json.loads(json.dumps(stored)), schema)) != []


def test_every_tree_of_a_question_is_in_the_schema_as_one() -> None:
    holding = {
        name for name, field in Question.model_fields.items() if "dict[str, Any]" in str(field)
    }

    assert holding == TREES


def test_the_schema_is_printed(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["surveys", "schema"])

    assert json.loads(result.stdout) == json.loads(json.dumps(definition_schema()))
