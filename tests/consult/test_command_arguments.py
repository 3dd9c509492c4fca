"""Arguments nobody expects: each is taken, or refused with a sentence, and none is a crash."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from consult.models import Consultation, Contribution, Draft
from core.db import lacks_schema, metadata
from movement.models import Role
from tests.consult.arranged import a_draft, a_round
from tests.consult.visiting import staff_of
from tests.consult.word_files import docx, p, r
from tests.factories import a_society, somebody

TEXT = "# On the move\n\n1. Needs come first.\n"
NO_UTF8 = "\udcff"


def run(app: Flask, *words: str, group: str = "consult") -> tuple[int, Any, str]:
    """What a command answers: status, JSON or text, standard error. A crash is raised."""
    result = app.test_cli_runner().invoke(args=[group, *words], catch_exceptions=False)
    result.stdout.encode()
    told = json.loads(result.stdout) if result.stdout[:1] in {"{", "["} else result.stdout
    return result.exit_code, told, result.stderr


def brought(app: Flask, folder: Path, *words: str) -> tuple[int, Any, str]:
    file = folder / "text.md"
    file.write_text(TEXT, encoding="utf-8")
    return run(app, "import", str(file), "--code", "strategy", *words)


@pytest.mark.parametrize("language", ["pt", "pt-BR", "sr-Latn-RS", "prs"])
def test_a_draft_in_any_language_is_written_as_any_file(
    app: Flask, tmp_path: Path, language: str
) -> None:
    brought(app, tmp_path, "--language", language)
    brought(app, tmp_path, "--language", "en")
    run(app, "publish", "strategy", "1")
    out = tmp_path / "out"

    for words in (
        *(["export", "strategy", "0", "--format", kind] for kind in ("docx", "pdf", "html", "md")),
        ["proposals", "strategy", "0"],
        ["redline", "strategy", "0", "1"],
    ):
        status, _told, error = run(app, *words, "--language", language, "--out", str(out))
        assert (status, error) == (0, "")
        assert out.stat().st_size > 0


@pytest.mark.parametrize("out", ["", ".", "text.md/x.docx", "x" * 300, "/"])
def test_where_nothing_can_be_written_a_sentence_says_so(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    brought(app, tmp_path)
    monkeypatch.chdir(tmp_path)

    status, _told, error = run(app, "export", "strategy", "0", "--format", "md", "--out", out)

    assert status in {1, 2}
    assert error.strip()
    assert [file.name for file in tmp_path.iterdir() if "unfinished" in file.name] == []


def test_a_file_with_a_name_of_255_bytes_is_written(app: Flask, tmp_path: Path) -> None:
    brought(app, tmp_path)
    out = tmp_path / ("x" * 255)

    status, _told, _error = run(app, "export", "strategy", "0", "--format", "md", "--out", str(out))

    assert (status, out.exists()) == (0, True)


def test_a_file_named_in_other_letters_than_utf8_is_read(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    somebody(session, Role.FOCAL_POINT, a_society(session, "KEN"))
    a_round(session, a_draft(session))
    words, said, word = (tmp_path / f"r{NO_UTF8}p.{kind}" for kind in ("md", "json", "docx"))
    words.write_text(TEXT, encoding="utf-8")
    said.write_text('{"kind": "comment", "text": "We agree."}', encoding="utf-8")
    word.write_bytes(docx(p(r("Other words."))))
    here = ("strategy-text", "--organisation", "KEN")

    imported = run(app, "import", str(words), "--code", "strategy")
    contributed = run(app, "contribute", *here, "--file", str(said))
    run(app, "read-back", "strategy-text", str(word), "--organisation", "KEN")
    written = run(app, "text", "strategy", "0", "--out", str(tmp_path / f"{NO_UTF8}.md"))
    told = run(
        app, "export", "strategy", "0", "--format", "md", "--out", str(tmp_path / f"{NO_UTF8}e.md")
    )

    assert (imported[0], contributed[0], written[0], told[0]) == (0, 0, 0, 0)
    assert "r\N{REPLACEMENT CHARACTER}p.md" in session.scalars(select(Draft.source)).all()
    notes = session.scalars(select(Contribution.source_note)).all()
    assert any("r\N{REPLACEMENT CHARACTER}p.json" in note for note in notes)


@pytest.mark.parametrize(
    "words",
    [
        ["text", NO_UTF8, "0"],
        ["verify", NO_UTF8],
        ["contribute", "strategy", "--organisation", NO_UTF8, "--file", "said.json"],
        ["import", "text.md", "--code", "strategy", "--title", NO_UTF8],
    ],
)
def test_an_argument_that_is_no_utf8_is_refused(app: Flask, words: list[str]) -> None:
    status, _told, error = run(app, *words)

    assert (status, error) == (1, "An argument is not in UTF-8. Write it anew.\n")


@pytest.mark.parametrize(
    ("title", "said"),
    [("a\u202eb", "invisible"), ("a\x07b", "invisible"), ("a" * 5_000, "at most 300")],
)
def test_a_title_that_can_be_none_is_refused(
    app: Flask, session: Session, tmp_path: Path, title: str, said: str
) -> None:
    status, _told, error = brought(app, tmp_path, "--title", title)

    assert status == 1
    assert said in error
    assert session.scalars(select(Consultation)).all() == []


@pytest.mark.parametrize(
    "words",
    [
        ["text", "strategy", "9" * 20],
        ["publish", "strategy", "9" * 20],
        ["export", "strategy", "9" * 20, "--format", "md", "--out", "x"],
        ["redline", "strategy", "0", "9" * 20, "--out", "x"],
        ["proposals", "strategy", "9" * 20, "--out", "x"],
        ["open", "strategy", "--round", "one", "--closes", "2120-01-01", "--draft", "9" * 20],
    ],
)
def test_a_number_that_no_draft_can_have_is_refused(
    app: Flask, tmp_path: Path, words: list[str]
) -> None:
    brought(app, tmp_path)

    status, told, error = run(app, *words)

    assert (status, told) == (1, "")
    assert "9" * 20 in error


@pytest.mark.parametrize("page", ["drafts/{}", "drafts/{}/whole", "desk/drafts/{}/changes"])
def test_a_page_of_a_draft_no_number_reaches_is_not_found(
    app: Flask, session: Session, tmp_path: Path, page: str
) -> None:
    brought(app, tmp_path)

    answer = staff_of(app, session).get("/consultations/strategy/" + page.format("9" * 20))

    assert answer.status_code == 404


def test_a_database_without_schema_is_told_with_what_to_do(app: Flask, session: Session) -> None:
    engine = session.get_bind()
    session.close()
    metadata.drop_all(engine)

    status, told, error = run(app, "list")

    assert (status, told) == (1, "")
    assert "flask db upgrade" in error


@pytest.mark.both_databases
@pytest.mark.parametrize("words", ["SELECT 1 FROM nowhere", "SELECT absent FROM process"])
def test_a_table_or_column_that_is_missing_is_known_for_it(session: Session, words: str) -> None:
    with pytest.raises(DBAPIError) as missing:
        session.execute(text(words))
    session.rollback()

    assert lacks_schema(missing.value)
