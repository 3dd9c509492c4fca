"""The matrix of contributions: what it says, and what becomes of dispositions filled in it."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlmodel import Session, select

from consult.changes.operations import Replace
from consult.models import (
    Contribution,
    ContributionState,
    Disposition,
    DispositionState,
    Draft,
    Outcome,
    Round,
)
from consult.services.dispositions import Decision, decide
from consult.services.drafts import begin_next, change, publish
from movement.models import Organisation
from movement.queries.directory import get_organisation
from tests.consult.arranged import a_draft, a_round, act, lineage
from tests.consult.matrices import CODE, cells, fill, run, written
from tests.consult.said import amends, said
from tests.factories import a_society

pytestmark = pytest.mark.both_databases


@pytest.fixture
def round_(session: Session) -> Round:
    for code, region in (("KEN", "africa"), ("FRA", "europe_central_asia")):
        a_society(session, code, region)
    return a_round(session, a_draft(session))[0]


def society(session: Session, code: str = "KEN") -> Organisation:
    return get_organisation(session, code)


def dispositions(session: Session) -> list[tuple[Outcome, dict[str, str]]]:
    session.rollback()
    chosen = select(Disposition).where(Disposition.state == DispositionState.APPROVED)
    found = [(one.outcome, one.reasons) for one in session.exec(chosen)]
    session.rollback()
    return found


def test_rows_stand_in_the_order_of_the_text_and_by_region(
    app: Flask, session: Session, round_: Round, tmp_path: Path
) -> None:
    said(session, round_, society(session), "p3", "Last.")
    amends(session, round_, society(session, "FRA"), "p1", "Societies act on *needs*.")
    said(session, round_, society(session), None, "First.")
    session.commit()

    path = written(app, tmp_path)

    rows = cells(path)
    assert [row["ID"] for row in rows] == ["3", "2", "1"]
    assert [row["Paragraph"] for row in rows] == ["Whole text", "1.", "3."]
    assert rows[1]["Proposed wording"] == "Societies act on needs."
    assert [row["Region"] for row in cells(path, 1)] == ["africa", "africa", "europe_central_asia"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "=cmd|'/c calc'!A1"])
def test_no_text_becomes_a_formula(
    app: Flask, session: Session, round_: Round, tmp_path: Path, text: str
) -> None:
    said(session, round_, society(session), "p1", text)
    session.commit()

    path = written(app, tmp_path)

    with ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert cells(path)[0]["Comment"] == text


def test_rows_are_as_high_as_their_words_in_every_program(
    app: Flask, session: Session, round_: Round, tmp_path: Path
) -> None:
    for text in ("Short.", "As we see it. " * 20, "Long. " * 5_000):
        said(session, round_, society(session), text=text)
    session.commit()

    sheet = load_workbook(written(app, tmp_path)).worksheets[0]

    assert [sheet.row_dimensions[row].height for row in (2, 3, 4)] == [30, 105, 408.75]


def test_what_was_not_submitted_is_in_no_file(
    app: Flask, session: Session, round_: Round, tmp_path: Path
) -> None:
    said(session, round_, society(session), state=ContributionState.IN_PROGRESS)
    session.commit()

    assert cells(written(app, tmp_path)) == []


def test_a_matrix_read_back_unchanged_changes_nothing(
    app: Flask, session: Session, round_: Round, tmp_path: Path
) -> None:
    first = said(session, round_, society(session))
    said(session, round_, society(session), state=ContributionState.WITHDRAWN)
    decide(session, first.id, Decision(Outcome.NOTED, {"fr": "Vu.\nMerci."}), act())
    session.commit()
    before = dispositions(session)

    status, printed = run(app, "matrix", CODE, "--read", str(written(app, tmp_path)))

    assert (status, printed["stored"], printed["unchanged"]) == (0, [], 2)
    assert dispositions(session) == before


def test_a_filled_disposition_is_approved_in_the_files_language(
    app: Flask, session: Session, round_: Round, tmp_path: Path
) -> None:
    said(session, round_, society(session))
    session.commit()
    path = fill(written(app, tmp_path, "--language", "fr"), disposition="not accepted")
    book = load_workbook(path)
    book.worksheets[0].cell(2, 9, "not_accepted")
    book.worksheets[0].cell(2, 10, "=Déjà dit.").data_type = "s"  # text, and no formula
    book.save(path)

    status, printed = run(app, "matrix", CODE, "--read", str(path))

    assert (status, printed["stored"]) == (0, [1])
    assert dispositions(session) == [(Outcome.NOT_ACCEPTED, {"fr": "=Déjà dit."})]


def test_what_a_file_proposed_the_same_file_approves(
    app: Flask, session: Session, round_: Round, tmp_path: Path
) -> None:
    said(session, round_, society(session))
    said(session, round_, society(session))
    session.commit()
    path = fill(written(app, tmp_path), disposition="Noted", reason="Seen.")

    assert run(app, "matrix", CODE, "--read", str(path), "--propose")[1]["stored"] == [1]
    again = run(app, "matrix", CODE, "--read", str(path), "--propose")[1]
    assert (again["stored"], again["unchanged"], again["proposed"]) == ([], 2, 1)
    assert dispositions(session) == []
    (tmp_path / "fresh").mkdir()
    fresh = written(app, tmp_path / "fresh")
    untouched = run(app, "matrix", CODE, "--read", str(fresh))[1]
    assert (untouched["stored"], untouched["unchanged"], untouched["proposed"]) == ([], 2, 1)

    assert run(app, "matrix", CODE, "--read", str(path))[1]["stored"] == [1]

    assert dispositions(session) == [(Outcome.NOTED, {"en": "Seen."})]
    assert len(session.exec(select(Disposition)).all()) == 1  # the proposal itself was approved


def test_a_row_decided_on_meanwhile_is_refused(
    app: Flask, session: Session, round_: Round, tmp_path: Path
) -> None:
    one = said(session, round_, society(session))
    session.commit()
    path = fill(written(app, tmp_path), disposition="Accepted")
    decide(session, one.id, Decision(Outcome.NOTED, {"en": "Seen."}), act())
    session.commit()

    status, printed = run(app, "matrix", CODE, "--read", str(path))

    assert status == 1
    assert [(row["id"], row["reason"]) for row in printed["refused"]] == [("1", "stale")]
    assert dispositions(session) == [(Outcome.NOTED, {"en": "Seen."})]


def test_unknown_words_and_missing_reasons_are_refused_row_by_row(
    app: Flask, session: Session, round_: Round, tmp_path: Path
) -> None:
    for _ in range(3):
        said(session, round_, society(session))
    session.commit()
    path = written(app, tmp_path)
    book = load_workbook(path)
    for row, word in ((2, "Perhaps"), (3, "Noted"), (4, "Accepted")):
        book.worksheets[0].cell(row, 9, word)
    book.save(path)

    status, printed = run(app, "matrix", CODE, "--read", str(path))

    assert status == 1
    assert {row["id"]: row["reason"] for row in printed["refused"]} == {
        "1": "outcome", "2": "refused",
    }  # fmt: skip
    assert dispositions(session) == [(Outcome.ACCEPTED, {})]


def test_what_cannot_be_read_of_a_row_is_refused_by_its_place(
    app: Flask, session: Session, round_: Round, tmp_path: Path
) -> None:
    for _ in range(2):
        said(session, round_, society(session))
    session.commit()
    path = fill(written(app, tmp_path), disposition="Noted", reason="=J3")
    book = load_workbook(path)
    for column, cell in ((1, None), (9, "Noted"), (10, "Seen."), (12, None)):
        book.worksheets[0].cell(3, column).value = cell
    book.save(path)

    status, printed = run(app, "matrix", CODE, "--read", str(path))

    assert (status, printed["stored"]) == (1, [])
    assert [(row["where"], row["reason"]) for row in printed["refused"]] == [
        ("Contributions 2", "computed"), ("Contributions 3", "unknown"),
    ]  # fmt: skip


def test_a_sheet_of_decisions_that_is_no_longer_a_matrix_is_refused(
    app: Flask, session: Session, round_: Round, tmp_path: Path
) -> None:
    said(session, round_, society(session))
    session.commit()
    path = fill(written(app, tmp_path), disposition="Accepted")
    book = load_workbook(path)
    book.worksheets[0].delete_cols(12)
    book.save(path)

    status, error = run(app, "matrix", CODE, "--read", str(path))

    assert (status, "“Contributions”" in error, "“Check value" in error) == (1, True, True)


def test_a_duplicate_names_the_one_that_is_decided_on(
    app: Flask, session: Session, round_: Round, tmp_path: Path
) -> None:
    said(session, round_, society(session))
    head = said(session, round_, society(session, "FRA"))
    session.commit()
    path = fill(written(app, tmp_path), disposition="Duplicate: 2", reason="The same is said.")

    assert run(app, "matrix", CODE, "--read", str(path))[0] == 0

    session.rollback()
    assert session.exec(select(Disposition)).one().duplicate_of_id == head.id
    assert cells(written(app, tmp_path))[0]["Disposition"] == "Duplicate: 2"


def test_other_files_are_refused_with_a_sentence(app: Flask, round_: Round, tmp_path: Path) -> None:
    bomb = BytesIO()
    with ZipFile(bomb, "w", 8) as archive:
        archive.writestr("xl/workbook.xml", b" " * 30_000_000)
    for data in (b"no file", bomb.getvalue(), b"PK\x03\x04"):
        (tmp_path / "other.xlsx").write_bytes(data)

        status, printed = run(app, "matrix", CODE, "--read", str(tmp_path / "other.xlsx"))

        assert (status, "matrix" in printed) == (1, True)


def test_the_same_matrix_has_the_same_bytes(
    app: Flask, session: Session, round_: Round, tmp_path: Path
) -> None:
    said(session, round_, society(session))
    session.commit()

    assert written(app, tmp_path).read_bytes() == written(app, tmp_path).read_bytes()
    assert session.exec(select(Contribution)).one().number == 1


def test_a_matrix_made_before_a_later_draft_is_still_read(
    app: Flask, session: Session, round_: Round, tmp_path: Path
) -> None:
    said(session, round_, society(session))
    noted = said(session, round_, society(session))
    decide(session, noted.id, Decision(Outcome.NOTED, {"en": "Seen."}), act())
    session.commit()
    path = fill(written(app, tmp_path), disposition="Accepted")
    draft = begin_next(session, session.get_one(Draft, round_.draft_id), act())
    reworded = Replace(lineage=lineage("p1"), texts={"en": "Other words."}, note="Clearer.")
    change(session, draft, [reworded], act())
    publish(session, draft, act())
    session.commit()

    status, printed = run(app, "matrix", CODE, "--read", str(path))

    assert (status, printed["stored"], printed["unchanged"]) == (0, [1], 1)
    assert cells(written(app, tmp_path))[0]["Resulting wording"] == "Other words."
