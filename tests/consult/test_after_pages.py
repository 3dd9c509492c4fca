"""The pages of agreement, pledges and reports, as browsers without JavaScript use them."""

import io
from datetime import timedelta
from typing import TypeVar

import pytest
from docx import Document
from flask import Flask
from sqlmodel import Session, SQLModel, select

from consult.models import Adoption, Agreement, Duty, ImplementationReport, Pledge, ReportEvidence
from consult.pledge_states import Progress
from consult.queries.adoption import seen, standings
from consult.services import pledging, reporting
from consult.services.adopting import ask_group, say
from consult.services.drafts import begin_next, publish
from consult.services.pledging import Told
from consult.services.reporting import Said
from core.clock import now
from movement.models import Organisation, OutsideParty, PartyKind, Person, Role
from tests.consult.after import a_group, a_pledge, an_adoption, reports_asked, words
from tests.consult.arranged import a_draft, act, lineage
from tests.factories import Browser, a_society, browser_of, somebody
from tests.pages import form_with

DESK = "/consultations/strategy-text/desk"
T = TypeVar("T", bound=SQLModel)
P1, P2 = lineage("p1"), lineage("p2")


def rows(session: Session, model: type[T]) -> list[T]:
    """All rows of a table as the database has them now; holds no lock."""
    session.rollback()
    with Session(session.get_bind()) as own:
        return list(own.exec(select(model)))


def staff_of(app: Flask, session: Session) -> Browser:
    return browser_of(app, session, somebody(session, Role.SECRETARIAT))


def focal_of(app: Flask, session: Session, one: Organisation) -> Browser:
    return browser_of(app, session, somebody(session, Role.FOCAL_POINT, one))


def test_from_asking_a_group_to_the_adopted_text(app: Flask, session: Session) -> None:
    draft, kenya, ghana = a_draft(session), a_society(session), a_society(session, "GHA")
    a_group(session, kenya, ghana)
    staff, focal = staff_of(app, session), focal_of(app, session, kenya)

    assert staff.send(f"{DESK}/adoption/ask", {"group": "leadership"}).status_code == 303
    page = focal.get("/follow-up").text
    path = "/consultations/strategy-text/agreement/leadership/KEN"
    assert path in page
    assert focal.send(path, {"word": "object", "reason": ""}).status_code == 400
    assert focal.send(path, {"word": "consent"}).status_code == 303
    shown = form_with(staff.get(f"{DESK}/adoption").text, "body").fields
    decision = {**shown, "body": "Council", "adopted_on": "2026-01-02", "reference": "CD/1"}
    assert staff.send(f"{DESK}/adoption/adopt", decision).status_code == 400  # Ghana is silent
    assert staff.send(f"{DESK}/adoption/adopt", {**decision, "silence": "y"}).status_code == 303

    assert [one.draft_id for one in rows(session, Adoption)] == [draft.id]
    assert "CD/1" in staff.get(f"{DESK}/adoption").text
    assert focal.send(path, {"word": "object", "reason": "Too late."}).status_code == 200


def test_an_adoption_from_a_page_that_shows_no_longer_what_was_said_is_refused(
    app: Flask, session: Session
) -> None:
    draft, kenya, ghana = a_draft(session), a_society(session), a_society(session, "GHA")
    group = a_group(session, kenya, ghana)
    ask_group(session, draft, group, act())
    say(session, draft, group, kenya, act(), consents=True)
    staff = staff_of(app, session)
    page = form_with(staff.get(f"{DESK}/adoption").text, "body").fields

    say(session, draft, group, ghana, act(), consents=False, reason="Too weak.")
    session.commit()
    sent = {**page, "body": "Council", "adopted_on": "2026-01-02", "silence": "y",
            "objections": "y"}  # fmt: skip
    answer = staff.send(f"{DESK}/adoption/adopt", sent)

    assert answer.status_code == 400
    assert "Too weak." in answer.text
    assert 'value="Council"' in answer.text
    fresh = seen(standings(session, draft, on=now().date()))
    assert fresh in answer.text


def test_an_objection_is_shown_with_its_reason_as_text(app: Flask, session: Session) -> None:
    draft, kenya = a_draft(session), a_society(session)
    group = a_group(session, kenya)
    ask_group(session, draft, group, act())
    say(session, draft, group, kenya, act(), consents=False, reason="<b>No</b>")

    page = staff_of(app, session).get(f"{DESK}/adoption").text

    assert "&lt;b&gt;No&lt;/b&gt;" in page


def test_paragraphs_are_addressed_several_at_once(app: Flask, session: Session) -> None:
    draft, kenya = a_draft(session), a_society(session)
    an_adoption(session, draft, kenya)
    staff = staff_of(app, session)
    sent = {"paragraph": [str(P1), str(P2)], "regions": ["africa"], "organisations": "ken, ifrc",
            "report_due": "2031-06-30"}  # fmt: skip

    refused = staff.send(f"{DESK}/adoption/addressees", sent)
    assert refused.status_code == 400
    assert "ken, ifrc" in refused.text
    sent["organisations"] = "ken"
    assert staff.send(f"{DESK}/adoption/addressees", sent).status_code == 303

    duties = {one.lineage: one for one in rows(session, Duty)}
    assert duties[P1].addressees == ["region:africa", "organisation:KEN"]
    assert set(duties) == {P1, P2}


def a_pledges_form(browser: Browser, path: str) -> dict[str, object]:
    shown = form_with(browser.get(path).text, "title_en").fields
    return {**shown, "title_en": "Safe places", "text_en": "We open two.",
            "paragraphs": [str(P1)], "from_date": "2027-01-01"}  # fmt: skip


def test_a_pledge_is_written_published_and_read_by_anybody(app: Flask, session: Session) -> None:
    a_draft(session)
    kenya = a_society(session)
    focal = focal_of(app, session, kenya)
    path = "/pledges/of/KEN/new/strategy-text"

    empty = focal.send(path, {"title_en": "Kept title"})
    assert empty.status_code == 400
    assert "Kept title" in empty.text
    made = focal.send(path, a_pledges_form(focal, path))
    assert made.status_code == 303, made.text
    anybody = app.test_client()
    assert "Safe places" not in anybody.get("/pledges").text
    assert focal.send(f"{made.location}/publish").status_code == 303

    assert "Safe places" in anybody.get("/pledges").text
    assert "We open two." in anybody.get("/pledges/strategy-text/1").text
    assert anybody.get("/pledges/strategy-text/2").status_code == 404
    assert "focal_point.ken@example.org" not in anybody.get("/pledges/strategy-text/1").text


def test_a_respondent_writes_and_who_signs_publishes(app: Flask, session: Session) -> None:
    draft, kenya = a_draft(session), a_society(session)
    pledge = a_pledge(session, draft, kenya)
    someone = browser_of(app, session, somebody(session, Role.RESPONDENT, kenya))
    path = f"/pledges/of/KEN/{pledge.id}"

    assert someone.get(path).status_code == 200
    assert someone.get(f"{path}/edit").status_code == 200
    assert someone.send(f"{path}/publish").status_code == 404

    assert [one.number for one in rows(session, Pledge)] == [None]


def test_a_stale_page_of_a_pledge_shows_both_texts(app: Flask, session: Session) -> None:
    draft, kenya = a_draft(session), a_society(session)
    pledge = a_pledge(session, draft, kenya)
    focal = focal_of(app, session, kenya)
    path = f"/pledges/of/KEN/{pledge.id}/edit"
    mine = {**a_pledges_form(focal, path), "text_en": "Mine."}
    pledging.revise(session, pledge, words(texts={"en": "Theirs."}))
    session.commit()

    conflict = focal.send(path, mine)
    assert conflict.status_code == 409
    assert "Mine." in conflict.text
    assert "Theirs." in conflict.text
    again = {**mine, "edition": form_with(conflict.text, "title_en").fields["edition"]}
    assert focal.send(path, again).status_code == 303

    assert [one.texts["en"] for one in rows(session, Pledge)] == ["Mine."]


def test_an_invited_society_signs_and_reports(app: Flask, session: Session) -> None:
    draft, kenya, ghana = a_draft(session), a_society(session), a_society(session, "GHA")
    pledge = a_pledge(session, draft, kenya)
    mine, theirs = focal_of(app, session, kenya), focal_of(app, session, ghana)
    path = f"/pledges/of/KEN/{pledge.id}"
    asked = f"/pledges/of/GHA/{pledge.id}"

    assert theirs.get(asked).status_code == 404
    assert mine.send(f"{path}/invite", {"codes": "XXX"}).status_code == 400
    assert mine.send(f"{path}/invite", {"codes": "gha, KEN"}).status_code == 303
    assert theirs.get(asked).status_code == 200
    assert theirs.send(f"{asked}/publish").status_code == 404
    assert theirs.send(f"{asked}/sign").status_code == 303
    assert mine.send(f"{path}/publish").status_code == 303
    told = {"status": "on_track", "text": "One is open."}
    assert theirs.send(f"{asked}/progress", {"status": "on_track"}).status_code == 400
    assert theirs.send(f"{asked}/progress", told).status_code == 303

    page = app.test_client().get("/pledges/strategy-text/1").text
    assert "Society GHA" in page
    assert "One is open." in page


def test_an_open_pledge_is_signed_from_the_register(app: Flask, session: Session) -> None:
    draft, kenya, ghana = a_draft(session), a_society(session), a_society(session, "GHA")
    pledge = a_pledge(session, draft, kenya, words(open_to_others=True))
    pledging.publish(session, pledge, act())
    theirs = focal_of(app, session, ghana)

    page = theirs.get("/pledges/strategy-text/1").text
    assert f"/pledges/of/GHA/{pledge.id}/sign" in page
    assert theirs.send(f"/pledges/of/GHA/{pledge.id}/sign").status_code == 303

    assert "Society GHA" in app.test_client().get("/pledges?organisation=GHA").text


def test_staff_enter_what_a_state_pledges_and_see_no_societys_in_progress(
    app: Flask, session: Session
) -> None:
    draft, kenya = a_draft(session), a_society(session)
    session.add(OutsideParty(name="An invented State", kind=PartyKind.STATE))
    own = a_pledge(session, draft, kenya, words(titles={"en": "Of a Society"}))
    staff = staff_of(app, session)
    path = f"{DESK}/pledges"

    form = a_pledges_form(staff, f"{path}/new")
    (party,) = rows(session, OutsideParty)
    made = staff.send(f"{path}/new", {**form, "party": str(party.id)})
    assert made.status_code == 303, made.text
    listed = staff.get(path).text
    assert "Safe places" in listed
    assert "Of a Society" not in listed
    assert staff.get(f"{path}/{own.id}").status_code == 404
    assert staff.send(f"{made.location}/publish").status_code == 303
    told = {"status": "fulfilled", "text": "Both are open."}
    assert staff.send(f"{made.location}/progress", told).status_code == 303

    page = app.test_client().get("/pledges/strategy-text/1").text
    assert "An invented State" in page
    assert "Both are open." in page


def test_the_text_of_a_draft_that_is_not_adopted_is_not_public(
    app: Flask, session: Session
) -> None:
    draft, kenya = a_draft(session), a_society(session)
    pledging.publish(session, a_pledge(session, draft, kenya), act())
    session.commit()
    anybody = app.test_client()

    before = anybody.get("/pledges/strategy-text/1").text + anybody.get("/pledges").text
    an_adoption(session, draft, kenya)
    session.commit()
    after = anybody.get("/pledges/strategy-text/1").text

    assert "Societies act on needs" not in before
    assert "Societies act on needs" in after


def test_the_register_is_taken_along_as_a_table_without_formulas(
    app: Flask, session: Session
) -> None:
    draft, kenya = a_draft(session), a_society(session)
    said = words(titles={"en": "=HYPERLINK(1)"}, open_to_others=True)
    pledging.publish(session, a_pledge(session, draft, kenya, said), act())
    session.commit()

    answer = app.test_client().get("/pledges/register.csv?q=hyperlink")
    none = app.test_client().get("/pledges/register.csv?q=nothing")

    assert answer.mimetype == "text/csv"
    assert "'=HYPERLINK(1)" in answer.text
    assert len(none.text.splitlines()) == 1


@pytest.mark.parametrize("query", ["page=2", "page=0", "page=-1", f"page={'9' * 400}"])
def test_a_page_the_register_has_not_is_not_found(app: Flask, session: Session, query: str) -> None:
    assert app.test_client().get(f"/pledges?{query}").status_code == 404


@pytest.mark.parametrize(
    "query", ["paragraph=x", "stand=none", "year=x", "year=-5", "region=none", "open=2", "q=%25_"]
)
def test_no_odd_search_is_a_failure(app: Flask, session: Session, query: str) -> None:
    pledging.publish(session, a_pledge(session, a_draft(session), a_society(session)), act())
    session.commit()

    assert app.test_client().get(f"/pledges?{query}").status_code == 200


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


def word_of(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return "\n".join(one.text for one in Document(io.BytesIO(answer.data)).paragraphs)


def test_the_consolidated_report_is_the_same_bytes_for_the_same_data_and_flows_in_arabic(
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


def test_a_text_without_an_adoption_says_what_is_missing(app: Flask, session: Session) -> None:
    draft = a_draft(session)
    staff = staff_of(app, session)
    later = begin_next(session, draft, act())
    publish(session, later, act())
    session.commit()

    assert staff.get(f"{DESK}/adoption").status_code == 200
    assert staff.get(f"{DESK}/adoption/addressees").status_code == 409
    assert staff.send(f"{DESK}/adoption/ask", {"group": "none"}).status_code == 400


def test_a_removed_persons_progress_names_the_organisation_only(
    app: Flask, session: Session
) -> None:
    draft, kenya = a_draft(session), a_society(session)
    pledge = a_pledge(session, draft, kenya)
    pledging.publish(session, pledge, act())
    told = Told(Progress.DELAYED, "Later.", organisation=kenya)
    pledging.report(session, pledge, told, act())
    session.commit()

    page = app.test_client().get("/pledges/strategy-text/1").text

    assert rows(session, Person) == []
    assert "secretariat@example.org" not in page
    assert rows(session, Agreement) == []
