"""The pages of pledges, as browsers without JavaScript use them; and the public register."""

import pytest
from flask import Flask
from limits import RateLimitItemPerHour
from sqlmodel import Session
from werkzeug.test import TestResponse

from consult.models import Agreement, Pledge
from consult.pledge_states import Progress
from consult.services import pledging
from consult.services.pledging import Told
from core.limits import Counters
from movement.models import OutsideParty, PartyKind, Person, Role
from tests.consult.after import a_pledge, an_adoption, words
from tests.consult.arranged import a_draft, a_round, act, lineage
from tests.consult.visiting import DESK, focal_of, rows, staff_of
from tests.factories import Browser, a_society, browser_of, somebody
from tests.pages import form_with, forms_of

P1, P2 = lineage("p1"), lineage("p2")


def a_pledges_form(browser: Browser, path: str) -> dict[str, object]:
    shown = form_with(browser.get(path).text, "title_en").fields
    return {**shown, "title_en": "Safe places", "text_en": "We open two.",
            "paragraphs": [str(P1)], "from_date": "2027-01-01"}  # fmt: skip


def presses(browser: Browser, path: str, action: str) -> TestResponse:
    """Press the button on a page whose form goes to this address."""
    form = next(one for one in forms_of(browser.get(path).text) if one.action == action)
    return browser.send(action, form.fields)


def test_a_pledge_is_written_published_and_read_by_anybody(app: Flask, session: Session) -> None:
    kenya = a_society(session)
    a_round(session, a_draft(session))
    focal = focal_of(app, session, kenya)
    path = "/pledges/of/KEN/new/strategy-text"

    empty = focal.send(path, {"title_en": "Kept title"})
    assert empty.status_code == 400
    assert "Kept title" in empty.text
    made = focal.send(path, a_pledges_form(focal, path))
    assert made.status_code == 303, made.text
    anybody = app.test_client()
    assert "Safe places" not in anybody.get("/pledges").text
    assert presses(focal, made.location, f"{made.location}/publish").status_code == 303

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
    assert presses(theirs, asked, f"{asked}/sign").status_code == 303
    assert presses(mine, path, f"{path}/publish").status_code == 303
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

    signed = presses(theirs, "/pledges/strategy-text/1", f"/pledges/of/GHA/{pledge.id}/sign")
    assert signed.status_code == 303

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


def test_who_reads_the_register_all_day_long_has_to_wait(app: Flask, session: Session) -> None:
    counters: Counters = app.extensions["limits"]
    counters.limits |= {"pledges": RateLimitItemPerHour(2), "pledge-file": RateLimitItemPerHour(1)}
    anybody = app.test_client()

    pages = [anybody.get("/pledges").status_code for _each in range(3)]
    files = [anybody.get("/pledges/register.csv").status_code for _each in range(2)]

    assert (pages, files) == ([200, 200, 429], [200, 429])


@pytest.mark.parametrize("who", ["focal", "staff"])
def test_all_that_is_wrong_with_a_pledge_is_told_at_once(
    app: Flask, session: Session, who: str
) -> None:
    kenya = a_society(session)
    a_round(session, a_draft(session))
    browser = focal_of(app, session, kenya) if who == "focal" else staff_of(app, session)
    path = {
        "focal": "/pledges/of/KEN/new/strategy-text",
        "staff": "/consultations/strategy-text/desk/pledges/new",
    }[who]

    empty = browser.send(path, {"until_date": "2027-01-01"}).text
    dates = {"from_date": "2027-02-01", "until_date": "2027-01-01", "text_fr": "x" * 5_001}
    late = browser.send(path, {**a_pledges_form(browser, path), **dates, "paragraphs": []}).text

    for sentence in ("Write a title.", "Write what you pledge.", "Choose a date."):
        assert sentence in empty
    assert "Choose the paragraphs the pledge is about" in empty
    assert "The last day is before the first one." in late
    assert "Choose the paragraphs the pledge is about" in late
    assert "Write at most 5000 characters." in late
