"""Questionnaires leave as XLSForm: by command and from their page."""

from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session

from movement.models import Role
from surveys.xlsform import read
from tests.surveys.test_questionnaires import MIGRATION, SOUND, run, signed_in, written
from tests.surveys.xlsform_builder import row


def test_a_form_is_exported_and_importing_it_again_changes_nothing(
    app: Flask, tmp_path: Path
) -> None:
    run(app, "import", str(MIGRATION), "--code", "migration", "--publish")
    out = tmp_path / "out.xlsx"

    status, exported, _ = run(app, "export-xlsform", "migration", "--out", str(out))
    _, again, _ = run(app, "import", str(out), "--code", "migration")

    assert status == 0
    assert (exported["survey"], exported["version"]) == ("migration", 1)
    assert (again["version"], again["created"]) == (1, False)


@pytest.mark.parametrize("words", [["gone", "--out", "x.xlsx"], ["migration", "--out", "/"]])
def test_an_export_that_cannot_be_written_is_refused(app: Flask, words: list[str]) -> None:
    run(app, "import", str(MIGRATION), "--code", "migration")

    status, _, message = run(app, "export-xlsform", *words)

    assert status == 1
    assert message.strip().endswith(".")


def test_staff_download_the_form(app: Flask, session: Session, tmp_path: Path) -> None:
    run(app, "import", written(tmp_path, SOUND), "--code", "colours")
    client = signed_in(app, session, Role.SECRETARIAT)

    answer = client.get("/surveys/colours/form.xlsx")
    reading = read(answer.data, code="colours")

    assert "colours-1.xlsx" in answer.headers["Content-Disposition"]
    assert reading.questionnaire is not None
    assert "/surveys/colours/form.xlsx" in client.get("/surveys/colours").text


def test_check_lists_what_repeats_ask_and_what_is_calculated(app: Flask, tmp_path: Path) -> None:
    rows = [
        row("begin_repeat", "r"), row("integer", "a"),
        row("calculate", "c", calculation="${a} + 1"), row("end_repeat"),
    ]  # fmt: skip

    _, said, _ = run(app, "check", written(tmp_path, rows))

    assert [(q["code"], q["kind"], q["section"]) for q in said["questions"]] == [
        ("r", "repeat", "questions"), ("a", "integer", "questions"),
        ("c", "calculated", "questions"),
    ]  # fmt: skip
