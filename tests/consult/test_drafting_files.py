"""Drafts from files, begun and published on pages; who writes and who publishes."""

from io import BytesIO
from uuid import UUID

import pytest
from docx import Document
from flask import Flask
from sqlmodel import Session, select

from consult.models import Consultation, DraftState, Outcome
from consult.queries.consultations import document_of, drafts_of
from movement.models import Assignment, Person, Process, Role
from tests.consult.arranged import lineage
from tests.consult.spoken import amended, decided
from tests.consult.word_files import docx, p, r
from tests.consult.writing import ALWAYS, DRAFTS, Writing
from tests.factories import browser_of, somebody


@pytest.fixture
def writing(app: Flask, session: Session) -> Writing:
    return Writing(app, session)


def test_an_edited_word_file_becomes_changes_that_await_reasons(writing: Writing) -> None:
    blocks = document_of(writing.draft).blocks
    texts = [block.texts["en"] for block in blocks]
    data = docx(*(p(r(text)) for text in [*texts[:1], ALWAYS, *texts[2:]]))

    answer = writing.browser.send(
        f"{DRAFTS}/import", {"file": (BytesIO(data), "edited.docx")},
        content_type="multipart/form-data",
    )  # fmt: skip

    assert answer.status_code == 200
    assert "await their reason" in answer.text
    assert writing.texts()[1] == ALWAYS


def test_a_file_that_cannot_be_read_is_refused_beside_its_field(writing: Writing) -> None:
    answer = writing.browser.send(
        f"{DRAFTS}/import", {"file": (BytesIO(b"no"), "edited.docx")},
        content_type="multipart/form-data",
    )  # fmt: skip

    assert answer.status_code == 422
    assert 'id="file-wrong"' in answer.text


def test_the_next_draft_begins_on_the_newest_published_one(writing: Writing) -> None:
    writing.publish()

    answer = writing.browser.send(f"{DRAFTS}/next")

    assert answer.status_code == 303
    consultation = writing.session.get_one(Consultation, writing.draft.consultation_id)
    writing.session.expire_all()
    assert [one.number for one in drafts_of(writing.session, consultation)] == [0, 1, 2]


def consultant_of(writing: Writing, process_id: UUID) -> Person:
    """A consultant engaged for a process."""
    made = somebody(writing.session, Role.CONSULTANT)
    role = writing.session.exec(select(Assignment).where(Assignment.person_id == made.id)).one()
    role.process_id = process_id
    writing.session.commit()
    return made


def test_the_consultant_of_the_process_writes_and_does_not_publish(
    app: Flask, writing: Writing
) -> None:
    process = writing.session.get_one(
        Process, writing.session.get_one(Consultation, writing.draft.consultation_id).process_id
    )
    browser = browser_of(app, writing.session, consultant_of(writing, process.id))

    page = browser.get(f"{DRAFTS}/1/publish")
    refused = browser.send(f"{DRAFTS}/1/publish/now")

    assert browser.get(writing.edit).status_code == 200
    assert "The secretariat publishes" in page.text
    assert refused.status_code == 403
    assert writing.now().state is DraftState.IN_WORK


def test_the_consultant_of_another_process_sees_no_such_page(app: Flask, writing: Writing) -> None:
    other = Process(code="other", titles={"en": "Other"})
    writing.session.add(other)
    writing.session.flush()
    browser = browser_of(app, writing.session, consultant_of(writing, other.id))

    assert browser.get(writing.edit).status_code == 404
    assert browser.get(DRAFTS).status_code == 404


def test_a_published_draft_has_no_editor_and_still_its_changes(writing: Writing) -> None:
    one = amended(writing.place, lineage("p1"), ALWAYS)
    decided(writing.session, one, Outcome.ACCEPTED)
    writing.session.commit()
    writing.browser.send(f"{DRAFTS}/1/take")
    writing.publish()

    assert writing.browser.get(writing.edit).status_code == 404
    assert f"(no. {one.number})" in writing.browser.get(f"{DRAFTS}/1/changes").text


def test_a_draft_can_be_taken_along_as_markdown(writing: Writing) -> None:
    answer = writing.browser.get(f"{DRAFTS}/1/text.md?language=ar")

    assert answer.mimetype == "text/markdown"
    assert str(lineage("p1")) in answer.text
    assert "تعمل الجمعيات" in answer.text


def test_a_draft_taken_along_as_word_comes_back_as_the_changes_made_in_it(
    writing: Writing,
) -> None:
    taken = writing.browser.get(f"{DRAFTS}/1/text.docx")
    before = writing.texts()
    document = Document(BytesIO(taken.data))
    paragraph = next(one for one in document.paragraphs if before[1] in one.text)
    first, *others = paragraph.runs
    first.text = f"{ALWAYS} And more."
    for run in others:
        run.text = ""
    edited = BytesIO()
    document.save(edited)

    answer = writing.browser.send(
        f"{DRAFTS}/import", {"file": (BytesIO(edited.getvalue()), "edited.docx")},
        content_type="multipart/form-data",
    )  # fmt: skip

    assert answer.status_code in {200, 303}
    assert writing.texts() == [before[0], f"{ALWAYS} And more.", *before[2:]]
