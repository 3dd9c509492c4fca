"""Files given as answers: what is taken, by whom it is seen, and what nobody gets past them."""

import io
import json
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

from movement.models import Organisation, Role
from surveys.definition import Media, QuestionKind
from surveys.models import AnswerChange, Evidence
from tests.factories import Browser, a_society, an_open_wave, begun, browser_of, held, somebody
from tests.pages import form_with
from tests.surveys.files import PDF, PNG, zipped
from tests.surveys.tiny import asking, question

FORM = asking(
    question("staff", QuestionKind.INTEGER),
    question("plan", QuestionKind.FILE, max_bytes=100_000),
    question("photo", QuestionKind.FILE, media=Media.IMAGE),
    question(
        "partners", QuestionKind.REPEAT,
        questions=(question("partner"), question("signed", QuestionKind.FILE)),
    ),
)  # fmt: skip


@pytest.fixture
def browser(app: Flask, session: Session, society: Organisation) -> Browser:
    an_open_wave(session, FORM)
    browser = browser_of(app, session, somebody(session, Role.FOCAL_POINT, society))
    browser.send("/language", {"language": "en"})
    return browser


@pytest.fixture
def path(browser: Browser) -> str:
    location = browser.send("/answer/spring/KEN").location
    return str(location.removesuffix("/sections/only"))


def upload(browser: Browser, path: str, name: str = "q_plan", **more: Any) -> str:
    """Send the section's page with a file; return the page it leads to."""
    file = more.pop("file", PDF)
    called = more.pop("called", "Plan 2020.pdf")
    sent: dict[str, Any] = dict(
        form_with(browser.get(f"{path}/sections/only").text, "edition").fields
    )
    sent |= {f"{name}-new": (io.BytesIO(file), called), **more}
    answer = browser.send(
        f"{path}/sections/only", sent, content_type="multipart/form-data", follow_redirects=True
    )
    return str(answer.text)


def test_a_file_is_kept_named_and_handed_out_as_it_came(
    browser: Browser, session: Session, path: str
) -> None:
    upload(browser, path)

    answer = held(session).answers["plan"]
    got = browser.get(f"{path}/evidence/{answer['id']}")

    assert (answer["name"], answer["type"], answer["size"]) == (
        "Plan 2020.pdf", "application/pdf", len(PDF),
    )  # fmt: skip
    assert got.data == PDF
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert got.headers["Cache-Control"] == "no-store"


def test_a_file_survives_what_else_is_wrong_on_its_page(
    browser: Browser, session: Session, path: str
) -> None:
    page = upload(browser, path, q_staff="twelve")

    assert held(session).answers["plan"]["name"] == "Plan 2020.pdf"
    assert 'value="twelve"' in page
    assert "Plan 2020.pdf" in page


def test_a_file_survives_a_conflict(browser: Browser, session: Session, path: str) -> None:
    browser.send(f"{path}/sections/only", {"edition": "0", "q_staff": "1"})

    page = upload(browser, path, edition="0", q_staff="2")
    again = form_with(page, "edition").fields
    browser.send(f"{path}/sections/only", again)

    assert "Somebody else saved this section" in page
    assert held(session).answers["plan"]["name"] == "Plan 2020.pdf"


def test_saving_again_keeps_the_file_and_a_ticked_box_takes_it_out(
    browser: Browser, session: Session, path: str
) -> None:
    upload(browser, path)
    sent = form_with(browser.get(f"{path}/sections/only").text, "edition").fields
    browser.send(f"{path}/sections/only", sent)
    kept = held(session).answers["plan"]

    sent = form_with(browser.get(f"{path}/sections/only").text, "edition").fields
    browser.send(f"{path}/sections/only", {**sent, "q_plan-remove": "1"})

    assert "plan" not in held(session).answers
    changes = session.exec(select(AnswerChange).where(AnswerChange.question == "plan")).all()
    assert [(change.before, change.after) for change in changes] == [(None, kept), (kept, None)]
    assert browser.get(f"{path}/evidence/{kept['id']}").data == PDF
    assert f"/evidence/{kept['id']}" in browser.get(f"{path}/history").text


def test_a_file_in_an_item_is_the_item_s(browser: Browser, session: Session, path: str) -> None:
    page = browser.get(f"{path}/sections/only").text
    (item,) = form_with(page, "q_partners").fields["q_partners"]

    upload(
        browser, path, f"q_partners/{item}/signed", q_partners=item,
        **{f"q_partners/{item}/partner": "Clinic"},
    )  # fmt: skip

    (stored,) = held(session).answers["partners"]
    assert stored["answers"]["partner"] == "Clinic"
    assert stored["answers"]["signed"]["name"] == "Plan 2020.pdf"


@pytest.mark.parametrize(
    "refused",
    [
        (b"", "plan.pdf", "This file was empty"),
        (PDF + b" " * 100_000, "plan.pdf", "0.1 MB is the most"),
        (b"<html><script>alert(1)</script>", "page.html", "this type can&#39;t be taken"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg", "this type"),
        (b"  <!DOCTYPE html>", "notes.txt", "this type"),
        (b"MZ\x90\x00", "plan.pdf", "this type"),
        (b"\x7fELF", "plan.pdf", "this type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.doc", "this type"),
        (zipped("evil.js"), "plan.docx", "this type"),
        (zipped("[Content_Types].xml", "word/vbaProject.bin"), "macro.docx", "this type"),
        (b"PK\x03\x04broken", "plan.docx", "this type"),
    ],
)
def test_a_file_that_is_not_taken_says_why_and_the_rest_is_saved(
    browser: Browser, session: Session, path: str, refused: tuple[bytes, str, str]
) -> None:
    file, called, said = refused

    page = upload(browser, path, file=file, called=called, q_staff="12")

    assert said in page
    assert held(session).answers == {"staff": 12}
    assert session.exec(select(Evidence)).all() == []


def test_a_refused_file_leaves_the_one_before_it(
    browser: Browser, session: Session, path: str
) -> None:
    upload(browser, path)
    before = held(session).answers["plan"]

    page = upload(browser, path, file=b"MZ\x90\x00", called="new.exe")

    assert "this type" in page
    assert held(session).answers["plan"] == before
    sent = form_with(browser.get(f"{path}/sections/only").text, "edition").fields
    browser.send(f"{path}/sections/only", sent)
    assert held(session).unread == {}


def test_only_pictures_are_taken_where_a_picture_is_asked_for(
    browser: Browser, session: Session, path: str
) -> None:
    refused = upload(browser, path, "q_photo")
    upload(browser, path, "q_photo", file=PNG, called="photo.png")

    assert "not the kind of file asked for" in refused
    assert held(session).answers["photo"]["type"] == "image/png"


@pytest.mark.parametrize(
    "forged",
    [
        {"name": "other.pdf"},
        {"type": "text/html"},
        {"size": 1},
        {"id": "6f1c1f0e-8f0a-4b55-9d3c-0a2b6c7d8e9f"},
    ],
)
def test_an_answer_says_of_its_file_what_is_kept_and_nothing_else(
    browser: Browser, session: Session, path: str, forged: dict[str, Any]
) -> None:
    upload(browser, path)
    before = held(session).answers

    answer = browser.send(
        f"{path}/sections/only",
        {"edition": "1", "q_plan": json.dumps({**before["plan"], **forged})},
    )

    assert answer.status_code == 400
    assert held(session).answers == before


def test_a_file_of_one_question_is_not_another_s(
    browser: Browser, session: Session, path: str
) -> None:
    upload(browser, path)
    stored = json.dumps(held(session).answers["plan"])

    answer = browser.send(f"{path}/sections/only", {"edition": "1", "q_photo": stored})

    assert answer.status_code == 400


def test_another_society_neither_sees_nor_names_a_file(
    app: Flask, browser: Browser, session: Session, path: str
) -> None:
    upload(browser, path)
    stored = held(session).answers["plan"]
    neighbour = a_society(session, "GHA")
    call = an_open_wave(session, asking(question("plan", QuestionKind.FILE)).model_copy(
        update={"code": "second"}), code="autumn")  # fmt: skip
    stranger = browser_of(app, session, somebody(session, Role.FOCAL_POINT, neighbour))
    theirs = begun(stranger, call, neighbour)

    seen = stranger.get(f"{path}/evidence/{stored['id']}").status_code
    borrowed = stranger.get(f"{theirs}/evidence/{stored['id']}").status_code
    named = stranger.send(
        f"{theirs}/sections/only", {"edition": "0", "q_plan": json.dumps(stored)}
    ).status_code

    assert (seen, borrowed, named) == (404, 404, 400)
    assert app.test_client().get(f"{path}/evidence/{stored['id']}").status_code == 302


def test_nothing_is_taken_once_the_response_is_submitted(
    browser: Browser, session: Session, path: str
) -> None:
    browser.send(f"{path}/submit", {"key": "k"})

    answer = browser.send(
        f"{path}/sections/only",
        {"edition": "0", "q_plan-new": (io.BytesIO(PDF), "plan.pdf")},
        content_type="multipart/form-data",
    )

    assert answer.status_code == 409
    assert session.exec(select(Evidence)).all() == []


def test_a_file_for_no_question_is_passed_over(
    browser: Browser, session: Session, path: str
) -> None:
    for name in ("q_staff", "q_unknown", "q_partners/0a1b2c3d/unknown", "file", "q_partners"):
        upload(browser, path, name)

    assert session.exec(select(Evidence)).all() == []


def test_a_page_of_files_beyond_all_measure_is_refused(browser: Browser, path: str) -> None:
    answer = browser.client.post(
        f"{path}/sections/only",
        input_stream=io.BytesIO(b"--x--"),
        environ_overrides={"CONTENT_LENGTH": "41000000"},
        content_type="multipart/form-data; boundary=x",
    )

    assert answer.status_code == 413
