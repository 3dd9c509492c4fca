"""Meetings: who reads them, whose statements are shown, and what is taken from them."""

import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

from consult.models import Contribution, Meeting, MeetingDocument, MeetingSession, Source, Statement
from consult.services.drafts import Act
from consult.services.meeting_records import Spoken, record_statement
from consult.services.meetings import Details, begin
from core.clock import now
from core.models import AuditEntry
from movement.models import Assignment, Organisation, Process, Role
from tests.consult.arranged import a_draft, a_round, act, consultation_of, lineage
from tests.factories import Browser, a_society, browser_of, somebody
from tests.pages import form_with

PLACE = "/meetings/spring-meeting"
PDF = b"%PDF-1.7\nA study.\n"
WORDS = "We walk the route with people."


@pytest.fixture
def society(session: Session) -> Organisation:
    """A Society that is asked in the process of the meeting."""
    return a_society(session, "KEN")


@pytest.fixture
def meeting(session: Session, society: Organisation) -> Meeting:
    """A meeting on a text that Kenya is asked about."""
    a_society(session, "GHA")
    draft = a_draft(session)
    a_round(session, draft)
    process = session.exec(select(Process)).one()
    details = Details(
        {"en": "Spring meeting"}, date(2027, 3, 1), date(2027, 3, 2), "Nairobi",
        consultation_id=consultation_of(session, draft).id, concept="# Why\n1. We read together.",
        agreed_text="We agree on **needs** alone.",
    )  # fmt: skip
    made = begin(session, process, "spring-meeting", details, Act(now(), "secretariat"))
    session.commit()
    return made


def staff(app: Flask, session: Session) -> Browser:
    return browser_of(app, session, somebody(session, Role.SECRETARIAT))


def of(app: Flask, session: Session, code: str, role: Role = Role.FOCAL_POINT) -> Browser:
    at = session.exec(select(Organisation).where(Organisation.code == code)).one()
    return browser_of(app, session, somebody(session, role, at))


def said(session: Session, meeting: Meeting, code: str, *, consent: bool) -> Statement:
    """A statement of an organisation. Commits."""
    at = session.exec(select(Organisation).where(Organisation.code == code)).one()
    made = record_statement(session, meeting, Spoken(at.id, WORDS, "en", consent), act())
    session.commit()
    return made


def sent(browser: Browser, path: str, **changed: Any) -> Any:
    """The form of a page, sent with these fields changed."""
    form = form_with(browser.get(path).text, "seen" if "contributions" not in path else "note")
    return browser.send(path, form.fields | {key: [value] for key, value in changed.items()})


def stored(session: Session, kind: type[Any]) -> Any:
    """The one row of a table as the database has it now; holds no lock."""
    session.rollback()
    with Session(session.get_bind()) as own:
        return own.exec(select(kind)).one()


def test_a_concept_note_is_set_as_headings_and_numbered_paragraphs(
    app: Flask, session: Session, meeting: Meeting
) -> None:
    page = of(app, session, "KEN").get(PLACE).text

    assert '<h3 dir="auto"> Why</h3>' in page
    assert '<span class="label">1.</span> We read together.' in page
    assert "<strong>needs</strong>" in page


def test_who_is_asked_in_the_process_reads_the_meeting_and_nobody_else(
    app: Flask, session: Session, meeting: Meeting
) -> None:
    stranger = a_society(session, "SWE", "europe_central_asia")  # was no member when it opened
    chair = somebody(session, Role.CO_CHAIR)
    held = session.exec(select(Assignment).where(Assignment.person_id == chair.id)).one()
    held.process_id = meeting.process_id
    other = Process(code="other", titles={"en": "Other"})
    session.add(other)
    session.flush()
    foreign = somebody(session, Role.CONSULTANT)
    session.exec(
        select(Assignment).where(Assignment.person_id == foreign.id)
    ).one().process_id = other.id

    answers = {
        "asked": of(app, session, "KEN").get(PLACE).status_code,
        "co-chair": browser_of(app, session, chair).get(PLACE).status_code,
        "not asked": of(app, session, stranger.code).get(PLACE).status_code,
        "of another process": browser_of(app, session, foreign).get(PLACE).status_code,
    }

    assert answers == {"asked": 200, "co-chair": 200, "not asked": 404, "of another process": 404}
    assert "Spring meeting" not in browser_of(app, session, foreign).get("/meetings").text


def test_a_statement_without_consent_is_seen_by_staff_and_its_own_organisation_alone(
    app: Flask, session: Session, meeting: Meeting
) -> None:
    said(session, meeting, "KEN", consent=False)
    chair = browser_of(app, session, somebody(session, Role.CO_CHAIR))

    seen = {
        "staff": WORDS in staff(app, session).get(PLACE).text,
        "own": WORDS in of(app, session, "KEN").get(PLACE).text,
        "other": WORDS in of(app, session, "GHA").get(PLACE).text,
        "co-chair": WORDS in chair.get(PLACE).text,
    }

    assert seen == {"staff": True, "own": True, "other": False, "co-chair": False}


def test_an_organisation_gives_its_consent_and_takes_it_back(
    app: Flask, session: Session, meeting: Meeting
) -> None:
    one = said(session, meeting, "KEN", consent=False)
    own, other = of(app, session, "KEN"), of(app, session, "GHA")
    path = f"{PLACE}/statements/{one.id}/consent"

    seen = {"seen": form_with(own.get(PLACE).text, "seen").fields["seen"]}
    refused = other.send(f"{path}/give", seen).status_code
    given = own.send(f"{path}/give", seen).status_code
    shown = WORDS in other.get(PLACE).text
    own.send(f"{path}/withdraw")

    assert (refused, given, shown) == (404, 303, True)
    assert WORDS not in other.get(PLACE).text


def test_a_respondent_does_not_decide_on_consent(
    app: Flask, session: Session, meeting: Meeting
) -> None:
    one = said(session, meeting, "KEN", consent=False)
    browser = of(app, session, "KEN", Role.RESPONDENT)

    answer = browser.send(f"{PLACE}/statements/{one.id}/consent/give")

    session.refresh(one)
    assert answer.status_code == 404
    assert one.consent is False


def test_a_document_is_kept_by_its_content_and_leaves_as_an_attachment(
    app: Flask, session: Session, meeting: Meeting
) -> None:
    browser = staff(app, session)
    files = {"file": (io.BytesIO(PDF), "../../study.html"), "title": "A study"}

    answer = browser.send(f"{PLACE}/documents/add", files)

    row = stored(session, MeetingDocument)
    got = of(app, session, "GHA").get(f"{PLACE}/documents/{row.id}")
    assert answer.status_code == 303
    assert (row.name, row.content_type) == ("study.pdf", "application/pdf")
    assert got.data == PDF
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in got.headers["Content-Security-Policy"]


@pytest.mark.parametrize("data", [b"", b"<html><script>alert(1)</script></html>", b"MZ\x90\x00"])
def test_a_file_that_could_run_or_is_empty_is_refused(
    app: Flask, session: Session, meeting: Meeting, data: bytes
) -> None:
    browser = staff(app, session)

    answer = browser.send(f"{PLACE}/documents/add", {"file": (io.BytesIO(data), "study.pdf")})

    assert answer.status_code == 400
    assert session.exec(select(MeetingDocument)).first() is None


def test_a_document_of_another_meeting_is_not_there(
    app: Flask, session: Session, meeting: Meeting
) -> None:
    browser = staff(app, session)
    browser.send(f"{PLACE}/documents/add", {"file": (io.BytesIO(PDF), "study.pdf")})
    row = stored(session, MeetingDocument)
    details = Details({"en": "Autumn"}, date(2027, 9, 1), date(2027, 9, 1))
    process = session.exec(select(Process)).one()
    begin(session, process, "autumn", details, Act(now(), "secretariat"))
    session.commit()

    assert browser.get(f"/meetings/autumn/documents/{row.id}").status_code == 404


@pytest.mark.both_databases
def test_two_officers_at_once_overwrite_nothing(
    app: Flask, session: Session, meeting: Meeting
) -> None:
    browser = staff(app, session)
    page = form_with(browser.get(f"{PLACE}/edit").text, "seen").fields
    first = browser.send(f"{PLACE}/edit", page | {"place": ["Accra"]})

    second = browser.send(f"{PLACE}/edit", page | {"place": ["Dakar"], "concept": ["Mine."]})

    assert (first.status_code, second.status_code) == (303, 409)
    assert stored(session, Meeting).place == "Accra"
    assert "Accra" in second.text
    assert "Mine." in second.text
    again = form_with(second.text, "seen").fields
    assert browser.send(f"{PLACE}/edit", again).status_code == 303
    assert stored(session, Meeting).concept == "Mine."


def test_a_meeting_that_ends_before_it_begins_is_refused_beside_the_day(
    app: Flask, session: Session, meeting: Meeting
) -> None:
    browser = staff(app, session)

    answer = sent(browser, f"{PLACE}/edit", ends_on="2027-02-01")

    assert answer.status_code == 400
    assert "come before the first" in answer.text


def test_a_text_that_cannot_be_read_is_refused_and_kept(
    app: Flask, session: Session, meeting: Meeting
) -> None:
    answer = sent(staff(app, session), f"{PLACE}/edit", concept="First\n\tset in by a tab")

    assert answer.status_code == 400
    assert "begins with a tab" in answer.text
    assert "set in by a tab</textarea>" in answer.text
    assert stored(session, Meeting).concept.startswith("# Why")


def test_sessions_and_statements_are_recorded_corrected_and_removed_with_a_trace(
    app: Flask, session: Session, meeting: Meeting, society: Organisation
) -> None:
    browser = staff(app, session)
    browser.send(f"{PLACE}/sessions/add", {"title": "Routes", "record": "- Two points"})
    at_session = stored(session, MeetingSession).id
    told = {"organisation": str(society.id), "session": "", "language": "en", "text": WORDS}
    browser.send(f"{PLACE}/statements/add", told)
    one = stored(session, Statement)
    sent(browser, f"{PLACE}/statements/{one.id}", text="We walk with people.")
    sent(browser, f"{PLACE}/sessions/{at_session}", title="Along the routes")
    after = browser.get(PLACE).text
    browser.send(f"{PLACE}/statements/{one.id}/remove")
    browser.send(f"{PLACE}/sessions/{at_session}/remove")

    assert "Along the routes" in after
    assert "We walk with people." in after
    assert "Along the routes" not in browser.get(PLACE).text
    acts = [row.action for row in session.exec(select(AuditEntry).order_by("id"))]
    assert [act for act in acts if act.startswith("meeting.")] == [
        "meeting.begun", "meeting.session_added", "meeting.statement_recorded",
        "meeting.statement_corrected", "meeting.session_corrected", "meeting.statement_removed",
        "meeting.session_removed",
    ]  # fmt: skip


@pytest.mark.both_databases
def test_a_contribution_taken_from_a_meeting_is_submitted_on_behalf_and_names_its_source(
    app: Flask, session: Session, meeting: Meeting
) -> None:
    browser = staff(app, session)

    answer = sent(
        browser, f"{PLACE}/contributions/add", note="second session", organisation="KEN",
        place=str(lineage("p1")), language="en", text="Say who does this.",
    )  # fmt: skip

    one = session.exec(select(Contribution)).one()
    assert answer.status_code == 303
    assert (one.source, one.meeting_id, one.number) == (Source.MEETING, meeting.id, 1)
    assert one.source_note == "spring-meeting: second session"
    assert one.recorded_by == "secretariat@example.org"
    assert "Contribution 1" in browser.get(PLACE).text
    assert "Contribution 1" not in of(app, session, "GHA").get(PLACE).text


def test_what_cannot_be_entered_is_shown_beside_its_field_and_kept(
    app: Flask, session: Session, meeting: Meeting
) -> None:
    objection = {"organisation": "KEN", "kind": "position", "stance": "object"}
    where = {"note": "report", "place": str(lineage("p1")), "language": "en"}
    answer = sent(staff(app, session), f"{PLACE}/contributions/add", **objection, **where)

    assert (answer.status_code, "needs a reason" in answer.text) == (400, True)
    assert session.exec(select(Contribution)).first() is None
