"""Cells of a batch, kind by kind: as our export and collecting tools write them."""

from typing import Any

import pytest

from surveys.batches import read_batch
from surveys.definition import Question, QuestionKind
from surveys.kinds import kind_of
from tests.surveys.test_public_batches import csv_file
from tests.surveys.tiny import GIVEN, GIVEN_TO_VARIANTS, OF_EVERY_KIND, TIED, asking, question

ALL = asking(*OF_EVERY_KIND.values())
CELLLESS = (QuestionKind.NOTE, QuestionKind.CALCULATED, QuestionKind.FILE, QuestionKind.REPEAT)


def exported(asked: Question, *given: Any) -> list[dict[str, Any]]:
    """The rows our export writes of these answers."""
    names = [column.name for column in kind_of(asked).columns(asked)]
    return [dict(zip(names, kind_of(asked).to_cells(asked, s), strict=True)) for s in given]


@pytest.mark.parametrize("kind", [k for k in GIVEN if k not in CELLLESS])
def test_what_our_export_writes_of_a_kind_comes_back_as_it_was(kind: QuestionKind) -> None:
    asked = OF_EVERY_KIND[kind]
    given = [stored for stored in GIVEN[kind] if not kind_of(asked).problems(asked, stored)]

    batch = read_batch(csv_file(*exported(asked, *given)), ALL)

    assert batch.wrong == []
    assert [row.answers[asked.code] for row in batch.rows] == given


@pytest.mark.parametrize(
    ("asked", "stored"),
    [(asked, one) for asked, one in GIVEN_TO_VARIANTS if not kind_of(asked).problems(asked, one)],
)
def test_so_does_an_answer_of_a_shape_of_its_own(asked: Question, stored: Any) -> None:
    batch = read_batch(csv_file(*exported(asked, stored)), asking(asked))

    assert batch.wrong == []
    assert [row.answers for row in batch.rows] == [{asked.code: stored}]


@pytest.mark.parametrize(
    "row",
    [
        *(exported(OF_EVERY_KIND[kind], GIVEN[kind][-1])[0] for kind in CELLLESS if GIVEN[kind]),
        {"partners[1].partner": "Clinic", "work/partners[2]/since": "2015", "visit": "2020-02-28"},
        {"work/evidence": "plan.pdf", "work/evidence_URL": "https://kobo.example.org/plan.pdf"},
        {"per_branch": "7", "work/remark": ""},
    ],
)
def test_what_no_cell_can_hold_is_passed_over_by_name(row: dict[str, Any]) -> None:
    batch = read_batch(csv_file({"name": "Water", **row}), ALL)

    assert batch.wrong == []
    assert [one.answers for one in batch.rows] == [{"name": "Water"}]
    assert batch.ignored == list(row)


def test_moments_and_figures_are_read_as_collecting_tools_write_them() -> None:
    row = {
        "opens": "14:30:00.000+03:00", "meeting": "2020-02-28T14:30:00.000+03:00",
        "plan_since": "2020-02-01", "agreed": "OK", "share_of_time": "1.234", "day": "28/02/2020",
    }  # fmt: skip

    batch = read_batch(csv_file(row), ALL)

    assert batch.wrong == []
    assert batch.rows[0].answers == {
        "opens": "14:30", "meeting": "2020-02-28T14:30", "plan_since": "2020-02", "agreed": True,
        "share_of_time": 1.234, "day": "2020-02-28",
    }  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        {"opens": "half past"}, {"meeting": "2020-02-28"}, {"plan_since": "February"},
        {"agreed": "perhaps"}, {"share_of_time": "1,234"}, {"budget.amount": "12"},
    ],
)  # fmt: skip
def test_a_cell_that_is_no_answer_of_its_kind_is_named(row: dict[str, str]) -> None:
    (column,) = row

    (trouble,) = read_batch(csv_file({"name": "Water", **row}), ALL).wrong

    assert (trouble.row, trouble.column) == (2, column)


def test_a_gap_in_a_ranking_with_ties_is_named() -> None:
    (trouble,) = read_batch(csv_file({"in_order.1": "", "in_order.2": "a b"}), asking(TIED)).wrong

    assert trouble.column == "in_order.2"


def test_questions_that_share_a_name_in_a_form_are_told_apart_by_their_groups() -> None:
    two = asking(question("size"), question("camp.size"))

    batch = read_batch(csv_file({"site/size": "Large", "site/camp/size": "Small"}), two)

    assert batch.rows[0].answers == {"size": "Large", "camp.size": "Small"}
