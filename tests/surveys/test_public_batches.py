"""Batches: our own export and Kobo's, checked row by row, whole or not at all, and never twice."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlmodel import Session

from surveys.batches import Unusable, read_batch
from surveys.definition import QuestionKind
from surveys.public_models import Source
from tests.surveys.tiny import OF_EVERY_KIND, asking, only_if, question
from tests.surveys.visiting import a_public_form, responses

FORM = asking(
    OF_EVERY_KIND[QuestionKind.SHORT_TEXT],
    OF_EVERY_KIND[QuestionKind.INTEGER],
    OF_EVERY_KIND[QuestionKind.CHOOSE_ONE],
    OF_EVERY_KIND[QuestionKind.CHOOSE_MANY],
    OF_EVERY_KIND[QuestionKind.RANKING],
    OF_EVERY_KIND[QuestionKind.YES_NO],
    question("why", required=True, relevant=only_if("active", "yes")),
)
META = {"start": "2026-01-01T10:00", "deviceid": "ee.x:1", "_id": "7", "_submission_time": "x"}


def csv_file(*rows: Mapping[str, Any], delimiter: str = ",") -> bytes:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return ("\ufeff" + text.getvalue()).encode()


def xlsx_file(*rows: Mapping[str, Any]) -> bytes:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    book = Workbook()
    assert book.active is not None
    book.active.append(columns)
    for row in rows:
        book.active.append([row.get(name) for name in columns])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def answers(data: bytes) -> list[dict[str, Any]]:
    """The answers of a file without a fault."""
    batch = read_batch(data, FORM)
    assert [(t.row, t.column, str(t.message.message)) for t in batch.wrong] == []
    return [row.answers for row in batch.rows]


def wrong(data: bytes) -> list[tuple[int, str]]:
    return [(trouble.row, trouble.column) for trouble in read_batch(data, FORM).wrong]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_kobo_s_groups_split_columns_and_codes_are_understood(delimiter: str) -> None:
    row = {
        **META, "needs/name": "Market", "needs/colour": "red", "needs/colours": "red blue",
        "needs/colours/red": "1", "needs/colours/green": "0", "needs/colours/blue": "1",
        "needs/first_three": "b a", "active": "no", "_uuid": "u1",
    }  # fmt: skip

    found = answers(csv_file(row, delimiter=delimiter))

    assert found == [
        {"name": "Market", "colour": "red", "colours": ["red", "blue"], "first_three": ["b", "a"],
         "active": False}
    ]  # fmt: skip


def test_kobo_s_wordings_in_any_language_are_understood() -> None:
    row = {
        "colour": "choice GREEN (fr)",
        "colours/Choice red (ar)": "True",
        "colours/Choice none (ar)": "False",
        "active": "Choice yes (es)",
        "why": "Because",
    }

    found = answers(csv_file(row))

    assert found == [{"colour": "green", "colours": ["red"], "active": True, "why": "Because"}]


def test_several_codes_in_one_cell_are_several_answers() -> None:
    assert answers(csv_file({"colours": "blue red"})) == [{"colours": ["red", "blue"]}]


def test_another_s_text_stands_in_kobo_s_own_column() -> None:
    found = answers(csv_file({"colour": "other", "colour_other": "Violet"}))

    assert found == [{"colour": {"choice": "other", "text": "Violet"}}]


def test_a_spreadsheet_is_read_like_a_csv() -> None:
    found = answers(xlsx_file({"staff": 12, "colours/red": 1, "name": "أمل", "_uuid": "u1"}))

    assert found == [{"staff": 12, "colours": ["red"], "name": "أمل"}]


def test_what_tells_of_device_time_and_sender_is_never_read() -> None:
    batch = read_batch(csv_file({**META, "name": "Water", "_tags": "", "username": "v"}), FORM)

    assert batch.rows[0].answers == {"name": "Water"}
    assert set(batch.ignored) == {*META, "_tags", "username"}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"staff": "a great many"}, "staff"),
        ({"colour": "ultraviolet"}, "colour"),
        ({"colours.red": "perhaps"}, "colours.red"),
        ({"colours.red": "1", "colours.none": "1"}, "colours.red"),
        ({"first_three": "a a"}, "first_three"),
        ({"first_three.1": "", "first_three.2": "a"}, "first_three.2"),
        ({"active": "maybe"}, "active"),
        ({"name": "x" * 501}, "name"),
        ({"start": "2026-01-01", "name": " "}, ""),
    ],
)
def test_a_wrong_row_is_named_with_its_column(row: dict[str, str], column: str) -> None:
    assert wrong(csv_file({"name": "Good"}, row)) == [(3, column)] or wrong(
        csv_file({"name": "Good", "start": "x"}, row)
    ) == [(3, column)]


def test_a_column_nobody_asked_for_is_named() -> None:
    assert wrong(csv_file({"name": "Good", "nmae": "Bad"})) == [(1, "nmae")]


def test_a_missing_answer_is_no_fault_of_a_batch() -> None:
    assert answers(csv_file({"active": "yes"})) == [{"active": True}]


@pytest.mark.parametrize(
    "data",
    [b"", b"\n", b"PK\x03\x04nonsense", b"a,a\n1,2\n", "name\nMalm\xf6".encode("latin-1"),
     b'name\n"open', b"name\nx\x00y", b"name\n" + b"x\n" * 20_001, b"x" * 10_000_001],
    ids=["empty", "blank", "broken", "twice", "latin", "quote", "nul", "rows", "size"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_what_to_do(data: bytes) -> None:
    with pytest.raises(Unusable) as refused:
        read_batch(data, FORM)

    assert str(refused.value).endswith(".")


def command(app: Flask, *words: str) -> tuple[int, Any]:
    done = app.test_cli_runner().invoke(args=["public", *words])
    return done.exit_code, json.loads(done.stdout)


@pytest.fixture
def brought(app: Flask, session: Session, tmp_path: Path) -> Any:
    a_public_form(session, FORM)

    def bring(data: bytes, *words: str) -> tuple[int, Any]:
        path = tmp_path / "batch.csv"
        path.write_bytes(data)
        return command(app, "import", "voices", str(path), *words)

    return bring


@pytest.mark.parametrize(
    "rows",
    [
        [{"name": "Same"}, {"name": "Same"}, {"name": "Other"}],
        [{"name": "Same", "_uuid": "u1"}, {"name": "Same", "_uuid": "u2"}],
    ],
)
def test_the_same_file_again_adds_nothing(
    brought: Any, session: Session, rows: Sequence[dict[str, str]]
) -> None:
    first = brought(csv_file(*rows))
    second = brought(csv_file(*rows))

    assert (first[1]["added"], first[1]["already"]) == (len(rows), 0)
    assert (second[1]["added"], second[1]["already"]) == (0, len(rows))
    assert len(responses(session)) == len(rows)


def test_kobo_s_id_of_a_submission_is_not_kept(brought: Any, session: Session) -> None:
    brought(csv_file({"name": "Water", "_uuid": "9c2e0b9e-secret"}))

    (response,) = responses(session)
    assert response.source is Source.KOBO
    assert "9c2e0b9e" not in str(response.model_dump())


def test_one_wrong_row_keeps_all_out_until_somebody_says_otherwise(
    brought: Any, session: Session
) -> None:
    data = csv_file({"name": "Good", "staff": ""}, {"name": "Bad", "staff": "many"})

    refused = brought(data)
    before = len(responses(session))
    taken = brought(data, "--partly")

    assert refused[0] == 1
    assert before == 0
    assert [(one["row"], one["column"]) for one in refused[1]["wrong"]] == [(3, "staff")]
    assert taken == (0, {**taken[1], "rows": 2, "added": 1, "refused": 1})
