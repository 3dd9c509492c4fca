"""Files that become drafts: the first, another language of it, the next."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session

from consult.changes.operations import Replace, Translate
from consult.models import DraftState
from consult.queries.consultations import document_of, drafts_of, get_consultation
from consult.services.drafts import read_set

pytestmark = pytest.mark.both_databases
ENGLISH = "# On the move\n\n1. Needs come first.\n\n    (a) Everywhere;\n\n1. Nobody is left out.\n"
FRENCH = "# En route\n\n1. Les besoins d’abord.\n\n    (a) Partout ;\n\n1. Nul n’est oublié.\n"


class Desk:
    """The command line, with a folder for files."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app, self.folder = app, folder

    def run(self, *words: str) -> tuple[int, Any, str]:
        result = self.app.test_cli_runner().invoke(args=["consult", *words])
        told = json.loads(result.stdout) if result.stdout.startswith("{") else result.stdout
        return result.exit_code, told, result.stderr

    def bring(self, text: str, *words: str, name: str = "text.md") -> tuple[int, Any, str]:
        file = self.folder / name
        file.write_text(text, encoding="utf-8")
        return self.run("import", str(file), "--code", "strategy", *words)


@pytest.fixture
def desk(app: Flask, tmp_path: Path) -> Desk:
    return Desk(app, tmp_path)


def test_a_file_becomes_a_published_zero_draft(desk: Desk) -> None:
    status, told, _error = desk.bring(ENGLISH)

    assert status == 0
    assert told == {"code": "strategy", "draft": 0, "state": "published", "paragraphs": 4,
                    "languages": ["en"], "notices": []}  # fmt: skip


def test_languages_come_in_before_and_after_publishing(desk: Desk, session: Session) -> None:
    desk.bring(ENGLISH, "--no-publish")
    first = desk.bring(FRENCH, "--language", "fr", name="fr.md")
    desk.run("publish", "strategy", "0")
    second = desk.bring(ENGLISH.replace("Needs", "Necesidades"), "--language", "es")

    assert (first[1]["draft"], first[1]["languages"]) == (0, ["en", "fr"])
    assert (second[1]["draft"], second[1]["state"]) == (1, "in_work")
    newest = drafts_of(session, get_consultation(session, "strategy"))[-1]
    assert document_of(newest).blocks[1].texts["fr"] == "Les besoins d’abord."
    (operation,) = read_set(session, newest)
    assert isinstance(operation, Translate)
    assert not document_of(newest).blocks[1].stale("en", "es")


def test_a_translation_that_does_not_fit_is_refused_by_its_first_paragraph(desk: Desk) -> None:
    desk.bring(ENGLISH)

    deeper = desk.bring(FRENCH.replace("    (a)", "1."), "--language", "fr")
    short = desk.bring(FRENCH.rpartition("1.")[0], "--language", "fr")

    assert deeper[0] == short[0] == 1
    assert "Partout" in deeper[2]
    assert "Nobody is left out" in short[2]


def test_an_edited_file_becomes_the_next_draft_whose_changes_await_reasons(
    desk: Desk, session: Session
) -> None:
    desk.bring(ENGLISH)

    status, told, _error = desk.bring(ENGLISH.replace("first", "first, always"))
    refused = desk.run("publish", "strategy", "1")

    assert (status, told["draft"], told["state"]) == (0, 1, "in_work")
    assert "1 changes await" in told["notices"][0]
    (operation,) = read_set(session, drafts_of(session, get_consultation(session, "strategy"))[-1])
    assert isinstance(operation, Replace)
    assert refused[0] == 1
    assert "reason" in refused[2]


def test_the_same_file_again_changes_nothing(desk: Desk, session: Session) -> None:
    desk.bring(ENGLISH)

    status, told, _error = desk.bring(ENGLISH)

    assert (status, told["draft"], told["state"]) == (0, 0, "published")
    assert len(drafts_of(session, get_consultation(session, "strategy"))) == 1


def test_a_draft_in_work_takes_further_files(desk: Desk, session: Session) -> None:
    desk.bring(ENGLISH, "--no-publish")

    desk.bring(ENGLISH.replace("first", "first, always"))

    (draft,) = drafts_of(session, get_consultation(session, "strategy"))
    assert draft.state is DraftState.IN_WORK
    assert document_of(draft).blocks[1].texts["en"] == "Needs come first, always."


def test_text_is_given_back_as_it_came(desk: Desk, tmp_path: Path) -> None:
    desk.bring(ENGLISH)

    _status, markdown, _error = desk.run("text", "strategy", "0", "--format", "md")
    again = desk.run("import", str(_kept(tmp_path, markdown)), "--code", "again")
    data = desk.run("text", "strategy", "0", "--format", "json")[1]

    assert again[1]["paragraphs"] == 4
    assert [block["label"] for block in data["blocks"]] == ["", "1.", "(a)", "2."]
    assert desk.run("text", "again", "0", "--format", "json")[1]["blocks"] == data["blocks"]


def _kept(folder: Path, text: str) -> Path:
    file = folder / "again.md"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(["--language", "xx1"], "xx1"), (["--process", "No Process"], "No Process"), ([], "")],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    desk: Desk, words: list[str], sentence: str
) -> None:
    status, _told, error = desk.bring("" if not words else ENGLISH, *words)

    assert status == 1
    assert sentence in error


def test_another_process_is_refused(desk: Desk) -> None:
    desk.bring(ENGLISH, "--process", "one")

    assert desk.bring(ENGLISH, "--process", "two")[0] == 1


def test_a_half_translated_language_taken_along_as_word_comes_back_without_changes(
    desk: Desk, session: Session
) -> None:
    desk.bring(ENGLISH, "--no-publish")
    desk.bring(FRENCH, "--language", "fr", name="fr.md")
    desk.bring(ENGLISH.replace("1. Nobody", "1. In English only, so far.\n\n1. Nobody"))
    desk.run("publish", "strategy", "0")
    file = str(desk.folder / "fr.docx")
    desk.run("export", "strategy", "0", "--format", "docx", "--language", "fr", "--out", file)
    before = document_of(drafts_of(session, get_consultation(session, "strategy"))[-1])
    session.rollback()

    status, told, _error = desk.run("import", file, "--code", "strategy", "--language", "fr")

    assert (status, told["notices"]) == (0, ["The file says what draft 0 says."])
    session.expire_all()
    assert document_of(drafts_of(session, get_consultation(session, "strategy"))[-1]) == before
    assert len(before.blocks) == 5
