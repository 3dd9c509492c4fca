"""`flask surveys translations`: files out and back from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session

from core.clock import now
from surveys.services import drafts
from tests.factories import a_survey
from tests.surveys.translating import small


class Author:
    label = "author@example.org"


@pytest.fixture(autouse=True)
def _draft(session: Session) -> None:
    drafts.start(session, a_survey(session, small()), small(), now=now(), by=Author())
    session.commit()


def run(app: Flask, *words: str) -> tuple[int, Any, str]:
    result = app.test_cli_runner().invoke(args=["surveys", "translations", "tiny", *words])
    return result.exit_code, json.loads(result.stdout or "null"), result.stderr


@pytest.mark.parametrize("form", ["xlsx", "po"])
def test_a_file_goes_out_and_comes_back_unchanged(app: Flask, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"fr.{form}"

    out = run(app, "--language", "fr", "--format", form, "--out", str(file))
    back = run(app, "--read", str(file))

    assert out[:2] == (0, {"survey": "tiny", "language": "fr", "file": str(file), "texts": 8,
                           "missing": 4, "stale": 0})  # fmt: skip
    nothing: dict[str, list[str]] = {"changed": [], "confirmed": [], "refused": []}
    assert back[:2] == (0, {"survey": "tiny", "languages": {"fr": nothing}, "faults": []})


def test_what_comes_in_and_what_was_left_are_told(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "fr.po"
    run(app, "--language", "fr", "--format", "po", "--out", str(file))
    changed = file.read_text().replace('"Petit"', '"Menu"').replace(", ${name} ?", " ?")
    file.write_text(changed)

    status, told, message = run(app, "--read", str(file))

    assert status == 1
    assert told["languages"]["fr"]["changed"] == ["title"]
    assert [refused["reason"] for refused in told["languages"]["fr"]["refused"]] == ["mentions"]
    assert "1" in message


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--language", "fr"],
        ["--language", "de", "--out", "de.xlsx"],
        ["--language", "fr", "--out", "/no/such/folder/fr.xlsx"],
        ["--read", "no-such-file.po"],
        ["--read", "a.po", "--out", "b.po"],
    ],
)
def test_an_unusable_request_is_refused_with_a_sentence(app: Flask, words: list[str]) -> None:
    status, said, message = run(app, *words)

    assert (status, said) == (1, None)
    assert message.strip().endswith(".")
