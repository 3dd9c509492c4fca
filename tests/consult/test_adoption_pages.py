"""The pages of agreement and adoption, as browsers without JavaScript use them."""

import pytest
from flask import Flask
from sqlmodel import Session

from consult.models import Adoption, Draft, Duty
from consult.queries.adoption import seen, standings
from consult.services.adopting import ask_group, say
from consult.services.drafts import begin_next, publish
from core.clock import now
from core.errors import Conflict
from core.models import AuditEntry
from movement.models import Group, Organisation
from tests.consult.after import a_group, an_adoption, half_agreed
from tests.consult.arranged import a_draft, a_round, act, lineage
from tests.consult.visiting import DESK, focal_of, rows, staff_of
from tests.factories import a_society
from tests.pages import form_with

P1, P2 = lineage("p1"), lineage("p2")


def test_from_asking_a_group_to_the_adopted_text(app: Flask, session: Session) -> None:
    draft, kenya, ghana = a_draft(session), a_society(session), a_society(session, "GHA")
    a_group(session, kenya, ghana)
    staff, focal = staff_of(app, session), focal_of(app, session, kenya)

    assert staff.send(f"{DESK}/adoption/ask", {"group": "leadership"}).status_code == 303
    page = focal.get("/follow-up").text
    path = "/consultations/strategy-text/agreement/leadership/KEN"
    assert path in page
    asked = form_with(focal.get(path).text, "reason").fields
    assert focal.send(path, {**asked, "word": "object", "reason": ""}).status_code == 400
    assert focal.send(path, {**asked, "word": "consent"}).status_code == 303
    shown = form_with(staff.get(f"{DESK}/adoption").text, "body").fields
    decision = {**shown, "body": "Council", "adopted_on": "2026-01-02", "reference": "CD/1"}
    assert staff.send(f"{DESK}/adoption/adopt", decision).status_code == 400  # Ghana is silent
    assert staff.send(f"{DESK}/adoption/adopt", {**decision, "silence": "y"}).status_code == 303

    assert [one.draft_id for one in rows(session, Adoption)] == [draft.id]
    assert "CD/1" in staff.get(f"{DESK}/adoption").text
    late = focal.send(path, {**asked, "word": "object", "reason": "Too late."})
    assert late.status_code == 409
    assert "Too late." in late.text


def test_an_adoption_from_a_page_that_shows_no_longer_what_was_said_is_refused(
    app: Flask, session: Session
) -> None:
    draft, group, ghana = half_agreed(session)
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
    fresh = seen(draft, standings(session, draft, on=now().date()))
    assert fresh in answer.text


def test_an_adoption_from_the_page_of_an_older_draft_is_refused(
    app: Flask, session: Session
) -> None:
    draft, kenya = a_draft(session), a_society(session)
    group = a_group(session, kenya)
    staff = staff_of(app, session)
    agreed(session, draft, group, kenya)
    page = form_with(staff.get(f"{DESK}/adoption").text, "body").fields

    later = begin_next(session, draft, act())
    publish(session, later, act())
    agreed(session, later, group, kenya)
    sent = {**page, "body": "Council", "adopted_on": "2026-01-02"}
    refused = staff.send(f"{DESK}/adoption/adopt", sent)

    assert refused.status_code == 400
    assert rows(session, Adoption) == []


def agreed(session: Session, draft: Draft, group: Group, member: Organisation) -> None:
    """The group is asked about a draft, and its one member consents. Commits."""
    ask_group(session, draft, group, act())
    say(session, draft, group, member, act(), consents=True)
    session.commit()


def test_an_objection_is_shown_with_its_reason_as_text(app: Flask, session: Session) -> None:
    draft, kenya = a_draft(session), a_society(session)
    group = a_group(session, kenya)
    ask_group(session, draft, group, act())
    say(session, draft, group, kenya, act(), consents=False, reason="<b>No</b>")

    page = staff_of(app, session).get(f"{DESK}/adoption").text

    assert "&lt;b&gt;No&lt;/b&gt;" in page


def test_what_is_recorded_of_an_adoption_can_be_corrected_and_the_trail_keeps_both(
    app: Flask, session: Session
) -> None:
    an_adoption(session, a_draft(session), a_society(session))
    staff = staff_of(app, session)
    shown = form_with(staff.get(f"{DESK}/adoption").text, "body").fields
    right = {**shown, "body": "Council of Delegates", "reference": "CD/22/R7"}

    refused = staff.send(f"{DESK}/adoption/correct", {**right, "adopted_on": "2999-01-01"})
    saved = staff.send(f"{DESK}/adoption/correct", right)
    stale = staff.send(f"{DESK}/adoption/correct", {**right, "body": "Assembly"})

    assert (refused.status_code, saved.status_code, stale.status_code) == (400, 303, 400)
    assert 'value="CD/22/R7"' in refused.text
    assert 'value="Assembly"' in stale.text
    (adoption,) = rows(session, Adoption)
    assert (adoption.body, adoption.reference) == ("Council of Delegates", "CD/22/R7")
    (entry,) = (one for one in rows(session, AuditEntry) if one.action == "adoption.corrected")
    assert entry.details["before"]["body"] == shown["body"][0]
    assert entry.details["after"]["body"] == "Council of Delegates"


def test_the_desk_of_an_adopted_text_leads_on_and_asks_nobody_about_it_again(
    app: Flask, session: Session
) -> None:
    draft = a_draft(session)
    an_adoption(session, draft, a_society(session))
    session.commit()
    staff = staff_of(app, session)

    desk = staff.get(DESK).text

    assert f'href="{DESK}/adoption/addressees"' in desk
    assert f'href="{DESK}/open"' not in desk.partition("<h2>")[0]
    with pytest.raises(Conflict, match="adopted"):
        a_round(session, draft)


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


def test_a_text_without_an_adoption_says_what_is_missing(app: Flask, session: Session) -> None:
    draft = a_draft(session)
    staff = staff_of(app, session)
    later = begin_next(session, draft, act())
    publish(session, later, act())
    session.commit()

    assert staff.get(f"{DESK}/adoption").status_code == 200
    assert staff.get(f"{DESK}/adoption/addressees").status_code == 409
    assert staff.send(f"{DESK}/adoption/ask", {"group": "none"}).status_code == 400
