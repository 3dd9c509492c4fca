"""Conditions in plain words, as the printed questionnaire has them."""

import pytest

from surveys.expressions import parse
from surveys.in_words import Words
from surveys.xlsform import read
from tests.surveys.test_expressions import sentence
from tests.surveys.xlsform_builder import COLOURS, row, xlsform

NUMBERS = {"colour": "1.1", "age": "2.3"}


def told(expression: str) -> str:
    form = xlsform([row("select_multiple colours", "colour"), row("integer", "age")], COLOURS)
    questionnaire = read(form).questionnaire
    assert questionnaire is not None
    said = sentence(Words(questionnaire, NUMBERS, "en").sentence(parse(expression)))
    return said.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("${colour} = 'red'", "the answer to 1.1 is “red”"),
        ("${age} != 5", "the answer to 2.3 is not “5”"),
        ("${age} >= 18", "the answer to 2.3 is at least 18"),
        ("${age} < 18", "the answer to 2.3 is less than 18"),
        ("selected(${colour}, 'red')", "“red” is chosen in 1.1"),
        (
            "count-selected(${colour}) >= 1 and not(selected(${colour}, 'blue'))",
            "something is chosen in 1.1 and “blue” is not chosen in 1.1",
        ),
        ("count-selected(${colour}) > 2", "more than 2 are chosen in 1.1"),
        ("${age} = 1 or ${age} = 2", "the answer to 2.3 is “1” or the answer to 2.3 is “2”"),
    ],
)
def test_a_usual_condition_is_said_in_words(expression: str, words: str) -> None:
    assert told(expression) == f"Answer only if {words}."


@pytest.mark.parametrize(
    "expression",
    [
        "${age} = 1 and (${age} = 2 or ${age} = 3)",
        "${age} + 1 = 2",
        "1 = 1",
        "${age} = ${colour}",
        "not(${age} = 1)",
        "selected(${colour}, 'red') and ${age} + 1 = 2",
        "${colour}",
        "- ${age}",
    ],
)
def test_an_unusual_condition_is_only_mentioned(expression: str) -> None:
    assert told(expression) == "Answer only if it applies"
