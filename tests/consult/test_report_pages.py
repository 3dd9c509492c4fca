"""The pages of implementation reports, as browsers without JavaScript use them."""

import io
from datetime import timedelta

from docx import Document
from flask import Flask
from sqlmodel import Session

from consult.models import ImplementationReport, ReportEvidence
from consult.services import report_evidence, reporting
from consult.services.report_evidence import Piece
from consult.services.reporting import Said
from core.clock import now
from core.models import AuditEntry
from tests.consult.after import an_adoption, reports_asked
from tests.consult.arranged import a_draft, act, lineage
from tests.consult.visiting import DESK, focal_of, rows, staff_of
from tests.factories import Browser, a_society
from tests.pages import form_with

P1, P2 = lineage("p1"), lineage("p2")


def word_of(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return "\n".join(one.text for one in Document(io.BytesIO(answer.data)).paragraphs)


def test_reports_are_written_paragraph_by_paragraph_and_submitted(
    app: Flask, session: Session
) -> None:
    draft, kenya = a_draft(session), a_society(session)
    an_adoption(session, draft, kenya)
    reports_asked(session, draft)
    focal = focal_of(app, session, kenya)
    hub = "/reports/reports-1/KEN"

    assert hub in focal.get("/follow-up").text
    assert hub in focal.get("/").text
    assert focal.send(f"{hub}/submit").status_code == 409
    shown = form_with(focal.get(f"{hub}/{P1}").text, "measures").fields
    first = focal.send(f"{hub}/{P1}", {**shown, "status": "begun", "measures": "A clinic."})
    assert first.location.endswith(f"{hub}/{P2}")
    last = focal.send(f"{hub}/{P2}", {**shown, "status": "not_begun"})
    assert last.location.endswith(hub)
    assert focal.send(f"{hub}/submit").status_code == 303
    assert "A clinic." in focal.get(hub).text
    assert focal.get(f"{hub}/{P1}").status_code == 302
    assert focal.send(f"{hub}/reopen").status_code == 303

    states = [row.status for row in rows(session, ImplementationReport)]
    assert sorted(states) == ["begun", "not_begun"]


def test_a_stale_report_shows_both_texts(app: Flask, session: Session) -> None:
    draft, kenya = a_draft(session), a_society(session)
    an_adoption(session, draft, kenya)
    asking = reports_asked(session, draft)
    focal = focal_of(app, session, kenya)
    path = f"/reports/reports-1/KEN/{P1}"
    shown = form_with(focal.get(path).text, "measures").fields
    reporting.save(session, asking, kenya, Said(P1, "done", measures="Theirs."), act())
    session.commit()

    conflict = focal.send(path, {**shown, "status": "begun", "measures": "Mine."})

    assert conflict.status_code == 409
    assert "Mine." in conflict.text
    assert "Theirs." in conflict.text
    assert [one.measures for one in rows(session, ImplementationReport)] == ["Theirs."]


def test_evidence_comes_with_the_text_and_a_refused_file_keeps_what_was_typed(
    app: Flask, session: Session
) -> None:
    draft, kenya, ghana = a_draft(session), a_society(session), a_society(session, "GHA")
    an_adoption(session, draft, kenya)
    reports_asked(session, draft)
    focal, stranger = focal_of(app, session, kenya), focal_of(app, session, ghana)
    path = f"/reports/reports-1/KEN/{P1}"
    shown = form_with(focal.get(path).text, "measures").fields
    sent = {**shown, "status": "begun", "measures": "A clinic.", "then": "stay"}

    bad = focal.send(
        path, {**sent, "file": (io.BytesIO(b"<html>"), "a.pdf")},
        content_type="multipart/form-data",
    )  # fmt: skip
    assert bad.status_code == 400
    assert "A clinic." in bad.text
    good = focal.send(
        path, {**sent, "file": (io.BytesIO(b"%PDF-1.7 x"), "a.pdf")},
        content_type="multipart/form-data",
    )  # fmt: skip
    assert good.status_code == 303
    (row,) = rows(session, ReportEvidence)
    file = f"/reports/evidence/{row.id}"
    answer = focal.get(file)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert stranger.get(file).status_code == 404
    shown = form_with(focal.get(path).text, "measures").fields
    assert focal.send(path, {**shown, "remove": str(row.id)}).status_code == 303

    assert rows(session, ReportEvidence) == []


def test_another_society_sees_no_report(app: Flask, session: Session) -> None:
    draft, kenya, ghana = a_draft(session), a_society(session), a_society(session, "GHA")
    an_adoption(session, draft, kenya)
    reports_asked(session, draft)
    stranger = focal_of(app, session, ghana)

    assert stranger.get("/reports/reports-1/KEN").status_code == 404
    assert stranger.send("/reports/reports-1/KEN/submit").status_code == 404
    assert stranger.get(f"{DESK}/reporting/reports-1").status_code == 403


def test_staff_open_a_round_and_see_submitted_reports_only(app: Flask, session: Session) -> None:
    draft, kenya = a_draft(session), a_society(session)
    an_adoption(session, draft, kenya)
    asking = reports_asked(session, draft)
    staff = staff_of(app, session)
    day = (now() + timedelta(days=40)).date().isoformat()
    for code in (P1, P2):
        said = Said(code, "done", measures="Secret as yet.")
        reporting.save(session, asking, kenya, said, act())
    session.commit()
    path = f"{DESK}/reporting/reports-1"

    assert "Society KEN" not in staff.get(path).text
    assert "Secret as yet." not in word_of(staff, f"{path}/report.docx")
    reporting.submit(session, asking, kenya, act())
    session.commit()
    assert "1 of 1" in staff.get(path).text
    assert "Society KEN" in staff.get(path).text
    assert "Secret as yet." in word_of(staff, f"{path}/report.docx?language=en")
    opened = staff.send(f"{DESK}/reporting", {"code": "reports-2", "closes_on": day})
    assert opened.location.endswith("/desk/reporting/reports-2")
    again = staff.send(f"{DESK}/reporting", {"code": "reports-2", "closes_on": day})
    assert again.status_code == 400


def test_staff_who_come_for_a_society_are_told_so_and_recorded(
    app: Flask, session: Session
) -> None:
    draft, kenya = a_draft(session), a_society(session)
    an_adoption(session, draft, kenya)
    asking = reports_asked(session, draft)
    report = reporting.save(session, asking, kenya, Said(P1, "done", measures="Ours."), act())
    piece = Piece("A plan", name="a.pdf", data=b"%PDF-1.7 x")
    file = report_evidence.add(session, report, piece, act())
    session.commit()
    staff, hub = staff_of(app, session), "/reports/reports-1/KEN"
    pages = (hub, f"{hub}/{P2}", f"/reports/evidence/{file.id}")

    shown = [staff.get(page) for page in pages]
    assert [answer.status_code for answer in shown] == [200, 200, 200]
    assert ["on behalf of Society KEN" in page.text for page in shown[:2]] == [True, True]
    refused = staff.send(f"{hub}/submit")
    assert refused.status_code == 409
    assert "Ours." in refused.text
    focal_of(app, session, kenya).get(hub)

    looks = [one for one in rows(session, AuditEntry) if one.action == "report.seen"]
    assert [one.details["path"] for one in looks] == [*pages, f"{hub}/submit"]
    assert {(one.about, one.by.partition("@")[0]) for one in looks} == {
        ("reports-1/KEN", "secretariat")
    }


def test_the_consolidated_report_flows_from_right_to_left_in_arabic(
    app: Flask, session: Session
) -> None:
    draft, kenya = a_draft(session), a_society(session)
    an_adoption(session, draft, kenya)
    asking = reports_asked(session, draft)
    for code in (P1, P2):
        reporting.save(session, asking, kenya, Said(code, "done", measures="x"), act())
    reporting.submit(session, asking, kenya, act())
    staff = staff_of(app, session)

    answer = staff.get(f"{DESK}/reporting/reports-1/report.docx?language=ar")
    xml = Document(io.BytesIO(answer.data)).element.xml

    assert "w:bidi" in xml
    assert "تعمل الجمعيات" in xml


def test_a_round_of_another_text_is_not_found_here(app: Flask, session: Session) -> None:
    draft, kenya = a_draft(session), a_society(session)
    an_adoption(session, draft, kenya)
    reports_asked(session, draft)
    a_draft(session, code="other-text")
    staff = staff_of(app, session)

    assert staff.get("/consultations/other-text/desk/reporting/reports-1").status_code == 404
    assert staff.get("/consultations/other-text/desk/reporting").status_code == 200
