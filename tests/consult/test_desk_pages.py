"""The desk's pages: what the secretariat sees and does on them, without JavaScript."""

from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from sqlmodel import Session, select

from consult.models import (
    Contribution,
    ContributionState,
    Disposition,
    DispositionState,
    Outcome,
    Source,
)
from consult.queries.codes import codes_of
from consult.services.dispositions import Decision, decide
from consult.services.steps import stamp
from core.models import Mail
from movement.models import Call, Person, Role
from tests.consult.arranged import a_draft, act, lineage
from tests.consult.asked import WHY, Asked, a_society_asked, approved_of
from tests.consult.said import amends
from tests.consult.speaking import a_network
from tests.factories import Browser, a_society, browser_of, somebody
from tests.pages import form_with

S = ContributionState
DESK = "/consultations/strategy-text/desk"
QUEUE = f"{DESK}/rounds/round-1/queue"
ADMISSION = f"{DESK}/rounds/round-1/admission"
BATCH = f"{DESK}/rounds/round-1/batch"


@pytest.fixture
def asked(session: Session) -> Asked:
    return a_society_asked(session)


@pytest.fixture
def officer(session: Session) -> Person:
    return somebody(session, Role.SECRETARIAT)


@pytest.fixture
def staff(app: Flask, asked: Asked, officer: Person) -> Browser:
    return browser_of(app, asked.session, officer)


def stamps(browser: Browser, path: str) -> dict[str, str]:
    """What a page remembers of the contributions on it."""
    fields = form_with(browser.get(path).text, "reason").fields
    return {name: values[0] for name, values in fields.items() if name.startswith("seen_")}


def now_in(session: Session, one: Contribution) -> Contribution:
    session.rollback()
    return session.get_one(Contribution, one.id, populate_existing=True)


def test_the_first_page_leads_to_what_is_to_be_done_next(asked: Asked, staff: Browser) -> None:
    one = asked.said(state=S.SUBMITTED)
    asked.session.commit()
    assert f'href="{ADMISSION}"' in staff.get(DESK).text.partition("<h2>")[0]

    now_in(asked.session, one).state = S.ADMITTED
    asked.session.commit()
    assert f'href="{QUEUE}"' in staff.get(DESK).text.partition("<h2>")[0]

    decide(asked.session, one.id, Decision(Outcome.ACCEPTED), act())
    asked.session.get_one(Call, asked.call.id).closes_on = date(2020, 1, 1)
    asked.session.commit()
    assert f"{DESK}/rounds/round-1/close" in staff.get(DESK).text.partition("<h2>")[0]


def test_a_round_is_opened_on_a_page_with_networks(app: Flask, session: Session) -> None:
    a_society(session)
    a_network(session)
    a_draft(session)
    staff = browser_of(app, session, somebody(session, Role.SECRETARIAT))
    fields = {"draft": "0", "code": "first", "closes_on": "2099-12-31", "visibility": "never",
              "networks": "APMN", "title_en": "First round"}  # fmt: skip

    bad = staff.send(f"{DESK}/open", fields | {"code": "Not a code!"})
    good = staff.send(f"{DESK}/open", fields)

    assert bad.status_code == 400
    assert "Not a code!" in bad.text
    assert (good.status_code, good.location) == (303, "/calls/first")
    assert "is not closed yet" in staff.get(f"{DESK}/open").text


def test_contributions_are_admitted_and_sent_back_together(asked: Asked, staff: Browser) -> None:
    somebody(asked.session, Role.FOCAL_POINT, asked.society)
    first, second = (asked.said(state=S.SUBMITTED) for _ in range(2))
    asked.session.commit()

    queue = f"{BATCH}?queue=admission"
    seen = {"seen_1": stamp(first, {}), "seen_2": stamp(second, {})}
    admitted = staff.send(queue, {**seen, "chosen": "1", "do": "admit"})
    nameless = staff.send(queue, {**seen, "chosen": "2", "do": "return"})
    reason = {"chosen": "2", "do": "return", "return_reason": "Which paragraph?"}
    returned = staff.send(queue, {**seen, **reason})

    assert (admitted.status_code, nameless.status_code, returned.status_code) == (303, 400, 303)
    assert 'id="return_reason-wrong"' in nameless.text
    assert now_in(asked.session, first).state is S.ADMITTED
    assert now_in(asked.session, second).return_reason == "Which paragraph?"
    assert asked.session.scalars(select(Mail)).one().purpose == "contributions_returned"


def test_several_are_decided_at_once_and_the_list_keeps_its_filters(
    asked: Asked, staff: Browser
) -> None:
    made = [asked.said() for _ in range(3)]
    asked.session.commit()
    fields = {
        **stamps(staff, QUEUE), "chosen": ["1", "3"], "do": "decide", "outcome": "noted",
        "reason": "It is noted.", "reason_language": "en",
    }  # fmt: skip

    done = staff.send(f"{BATCH}?kind=comment", fields)

    assert (done.status_code, done.location) == (303, f"{QUEUE}?kind=comment")
    decided = [len(approved_of(asked.session, now_in(asked.session, one))) for one in made]
    assert decided == [1, 0, 1]
    left = staff.get(QUEUE).text
    assert 'id="c2"' in left
    assert 'id="c1"' not in left


def test_a_missing_reason_keeps_what_was_chosen_and_typed(asked: Asked, staff: Browser) -> None:
    asked.said()
    asked.session.commit()
    fields = {**stamps(staff, QUEUE), "chosen": "1", "do": "decide", "outcome": "partly",
              "reason_language": "fr", "duplicate_of": "77"}  # fmt: skip

    refused = staff.send(BATCH, fields)

    assert refused.status_code == 400
    assert "Give the reason" in refused.text.partition('id="reason-wrong"')[2]
    again = form_with(refused.text, "chosen").fields
    assert (again["chosen"], again["outcome"], again["duplicate_of"]) == (["1"], ["partly"], ["77"])
    assert again["reason_language"] == ["fr"]


def test_two_officers_at_once_meet_and_nothing_is_overwritten(asked: Asked, staff: Browser) -> None:
    one = asked.said()
    asked.session.commit()
    seen = stamps(staff, QUEUE)
    decide(asked.session, one.id, Decision(Outcome.PARTLY, WHY), act())
    asked.session.commit()

    late = staff.send(
        BATCH,
        {**seen, "chosen": "1", "do": "decide", "outcome": "noted", "reason": "My long reason.",
         "reason_language": "en"},
    )  # fmt: skip

    assert late.status_code == 409
    assert "My long reason." in late.text
    assert "chosen" not in form_with(late.text, "reason_language").fields
    (standing,) = approved_of(asked.session, now_in(asked.session, one))
    assert standing.outcome is Outcome.PARTLY


def test_one_contribution_is_decided_approved_translated_and_taken_back(
    asked: Asked, staff: Browser
) -> None:
    one = amends(asked.session, asked.one, asked.society, "p1", "تعمل الجمعيات وفق الاحتياجات.",
                 language="ar", text="أوضح.")  # fmt: skip
    asked.session.commit()
    path = f"{DESK}/contributions/1"

    def press(step: str, **fields: str) -> int:
        seen = form_with(staff.get(path).text, "seen").fields["seen"][0]
        return staff.send(f"{path}/{step}", {"seen": seen, **fields}).status_code

    assert press("propose", outcome="partly", reason="In part.", reason_language="en") == 303
    assert press("approve") == 303
    assert "to be translated" in staff.get(path).text
    assert press("reason", into="ar", translated="جزئيا.") == 303
    (row,) = approved_of(asked.session, now_in(asked.session, one))
    assert row.reasons == {"en": "In part.", "ar": "جزئيا."}
    asked.session.rollback()
    page = staff.get(path).text
    assert "<ins>" in page
    assert "<del>" in page
    assert press("reopen", why="Another look.") == 303
    assert approved_of(asked.session, now_in(asked.session, one)) == []


def test_a_stale_page_of_one_contribution_is_refused_with_what_was_typed(
    asked: Asked, staff: Browser
) -> None:
    one = asked.said()
    asked.session.commit()
    path = f"{DESK}/contributions/1"
    seen = form_with(staff.get(path).text, "seen").fields["seen"][0]
    decide(asked.session, one.id, Decision(Outcome.ACCEPTED), act())
    asked.session.commit()

    late = staff.send(f"{path}/decide", {"seen": seen, "outcome": "noted", "reason": "Kept words.",
                                         "reason_language": "en"})  # fmt: skip

    assert late.status_code == 409
    assert "Kept words." in late.text


def test_a_duplicate_is_named_by_its_number(asked: Asked, staff: Browser) -> None:
    head, one = asked.said(), asked.said()
    asked.session.commit()
    fields = {"outcome": "duplicate", "reason": "The same.", "reason_language": "en"}
    path = f"{DESK}/contributions/2"
    seen = form_with(staff.get(path).text, "seen").fields["seen"][0]

    unknown = staff.send(f"{path}/decide", fields | {"seen": seen, "duplicate_of": "99"})
    done = staff.send(f"{path}/decide", fields | {"seen": seen, "duplicate_of": "#1"})

    assert (unknown.status_code, done.status_code) == (400, 303)
    (row,) = approved_of(asked.session, now_in(asked.session, one))
    assert row.duplicate_of_id == head.id
    assert "#1" in staff.get(f"{DESK}/rounds/round-1/clusters").text


def test_the_consultant_proposes_and_does_nothing_else(app: Flask, asked: Asked) -> None:
    one = asked.said()
    consultant = browser_of(app, asked.session, somebody(asked.session, Role.CONSULTANT))
    seen = stamps(consultant, QUEUE)
    fields = {**seen, "chosen": "1", "outcome": "accepted", "reason_language": "en"}

    for step in ("decide", "approve", "admit", "assign", "sort", "return"):
        assert consultant.send(BATCH, fields | {"do": step}).status_code == 403
    for step in ("decide", "approve", "reopen", "reason", "admit", "return", "assign", "sort"):
        path = f"{DESK}/contributions/1/{step}"
        assert consultant.send(path, fields).status_code == 403
    assert consultant.send(BATCH, fields | {"do": "propose"}).status_code == 303
    assert consultant.get(DESK).status_code == 403
    assert consultant.get(ADMISSION).status_code == 403

    row = asked.session.scalars(select(Disposition)).one()
    assert (row.contribution_id, row.state) == (one.id, DispositionState.PROPOSED)


def test_nothing_below_submitted_is_on_any_page_of_the_desk(asked: Asked, staff: Browser) -> None:
    asked.said(state=S.IN_PROGRESS, text="Confidential words.", number=9)
    asked.session.commit()

    for path in (DESK, f"{QUEUE}?stage=all&q=Confidential", ADMISSION,
                 f"{DESK}/rounds/round-1/progress"):  # fmt: skip
        assert "Confidential words." not in staff.get(path).text
    assert staff.get(f"{DESK}/contributions/9").status_code == 404
    assert staff.send(BATCH, {"chosen": "9", "do": "admit"}).status_code == 303
    assert staff.send(f"{DESK}/contributions/9/admit").status_code == 404


def test_a_contribution_received_by_mail_is_entered_with_its_source(
    asked: Asked, staff: Browser
) -> None:
    fields = {
        "organisation": "KEN", "source": "mail", "note": "Letter of 3 March",
        "kind": "comment", "place": str(lineage("p2")), "language": "en", "category": "general",
        "proposal_kind": "replace", "text": "Please say by when.",
    }  # fmt: skip
    path = f"{DESK}/rounds/round-1/enter"

    wordless = staff.send(path, fields | {"text": " "})
    done = staff.send(path, fields)

    assert (wordless.status_code, done.status_code) == (400, 303)
    asked.session.rollback()
    one = asked.session.scalars(select(Contribution)).one()
    assert (one.state, one.source, one.source_note) == (
        S.SUBMITTED, Source.MAIL, "Letter of 3 March",
    )  # fmt: skip
    assert one.recorded_by == "secretariat@example.org"


def test_codes_are_added_brought_by_a_file_and_used(asked: Asked, staff: Browser) -> None:
    asked.said()
    asked.session.commit()
    path = f"{DESK}/codes"
    table = "kind,code,framework,title_en\ntheme,health,,Health\nframework,p-1,Policy,Principle 1\n"

    assert staff.send(path, {"kind": "theme", "code": "links", "title_en": "Links"}).location
    bad = staff.send(f"{path}/import", {"file": (BytesIO(b"kind,code\nmood,x"), "c.csv")})
    good = staff.send(f"{path}/import", {"file": (BytesIO(table.encode()), "codes.csv")})

    assert (bad.status_code, good.status_code) == (400, 303)
    assert "Row 2" in bad.text
    asked.session.rollback()
    held = codes_of(asked.session, asked.one.consultation_id)
    assert [one.code for one in held] == ["links", "health", "p-1"]
    health = str(held[1].id)
    asked.session.rollback()
    sorted_ = staff.send(BATCH, {"chosen": "1", "do": "sort", "theme": health})
    assert sorted_.status_code == 303
    assert "Health" in staff.get(QUEUE).text
