"""The editor has all a question has: the message if it is missing, a slider, a size of files."""

from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session

from surveys.definition import Media, Question, QuestionKind, Range
from tests.factories import Browser
from tests.surveys.drafted import document, filled, page_of, seated
from tests.surveys.tiny import asking, question

K = QuestionKind
COUNT = question("count", K.INTEGER, required=True)
SHARE = question("share", K.DECIMAL, range=Range(start=0, end=1, step=0.25))
PROOF = question("proof", K.FILE, max_bytes=333_333)
FORM = asking(COUNT, SHARE, PROOF)


@pytest.fixture
def author(app: Flask, session: Session) -> Browser:
    return seated(app, session, FORM)


def saved(author: Browser, session: Session, asked: Question, **typed: Any) -> Question:
    answer = author.send(page_of(asked), filled(author, page_of(asked), **typed))
    assert answer.status_code == 303
    return document(session).anywhere[asked.code]


def slider(start: str, end: str, step: str) -> dict[str, str]:
    return {"range_row_start": start, "range_row_end": end, "range_row_step": step}


def test_saving_a_page_as_it_is_changes_nothing(author: Browser, session: Session) -> None:
    for asked in (COUNT, SHARE, PROOF):
        assert saved(author, session, asked) == asked.model_copy(
            update={"media": Media.FILE if asked is PROOF else None}
        )


def test_a_message_if_the_answer_is_missing_is_written_in_each_language(
    author: Browser, session: Session
) -> None:
    typed = {"required_texts__en": "We need this figure.", "required_texts__ar": "نحتاج هذا الرقم."}

    now = saved(author, session, COUNT, **typed)

    assert now.required_texts == {"en": "We need this figure.", "ar": "نحتاج هذا الرقم."}


@pytest.mark.parametrize(
    ("asked", "numbers", "span"),
    [
        (COUNT, ("0", "10", "2"), Range(start=0, end=10, step=2)),
        (COUNT, ("10", "0", "1"), Range(start=10, end=0, step=1)),
        (SHARE, ("-1", "1,5", "0.5"), Range(start=-1, end=1.5, step=0.5)),
        (SHARE, ("", "", ""), None),
    ],
)
def test_a_slider_is_given_and_taken_away(
    author: Browser, session: Session, asked: Question, numbers: Any, span: Range | None
) -> None:
    assert saved(author, session, asked, **slider(*numbers)).range == span


@pytest.mark.parametrize(
    ("asked", "numbers", "said"),
    [
        (COUNT, ("0", "10", ""), "all three numbers"),
        (COUNT, ("0", "10", "0"), "larger than 0"),
        (COUNT, ("0", "10", "11"), "no larger than"),
        (COUNT, ("0", "ten", "1"), "in digits"),
        (COUNT, ("0", "1", "0.5"), "whole numbers here too"),
    ],
)
def test_what_makes_no_slider_is_said_and_kept(
    author: Browser, session: Session, asked: Question, numbers: Any, said: str
) -> None:
    typed = filled(author, page_of(asked), **slider(*numbers))

    answer = author.send(page_of(asked), typed)

    assert answer.status_code == 400
    assert said in answer.text
    assert f'name="range-end" value="{numbers[1]}"' in answer.text
    assert document(session).anywhere[asked.code].range == asked.range


@pytest.mark.parametrize(
    ("typed", "size"), [("2", 2_000_000), ("0,5", 500_000), ("25", 25_000_000), ("", None)]
)
def test_the_size_of_files_is_given_in_megabytes(
    author: Browser, session: Session, typed: str, size: int | None
) -> None:
    assert saved(author, session, PROOF, max_bytes=typed).max_bytes == size


@pytest.mark.parametrize("typed", ["0", "25.1", "-1", "large"])
def test_a_size_no_file_can_have_is_refused_beside_its_box(
    author: Browser, session: Session, typed: str
) -> None:
    answer = author.send(page_of(PROOF), filled(author, page_of(PROOF), max_bytes=typed))

    assert answer.status_code == 400
    assert 'id="max_bytes-wrong"' in answer.text
    assert document(session).anywhere["proof"].max_bytes == PROOF.max_bytes


def test_another_kind_takes_nothing_over_that_is_of_files(
    author: Browser, session: Session
) -> None:
    assert saved(author, session, PROOF, kind="long_text").max_bytes is None
