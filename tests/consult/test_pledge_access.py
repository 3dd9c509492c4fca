"""Who reaches which pledge: what is in progress is its makers' own, and opens no text."""

import pytest
from flask import Flask
from sqlalchemy import delete
from sqlmodel import Session
from werkzeug.test import TestResponse

from consult.models import Pledge, PledgeParty
from consult.services import pledging, signing
from consult.services.pledge_words import Words
from tests.consult.after import a_pledge, an_adoption, words
from tests.consult.arranged import a_draft, a_round, act
from tests.consult.test_pledge_pages import presses
from tests.consult.visiting import focal_of, rows, staff_of
from tests.factories import Browser, a_society
from tests.pages import form_with, forms_of

NEW = "/pledges/of/MLI/new/strategy-text"
WORDS = "Societies act on needs"


def test_a_text_one_is_not_asked_about_opens_to_pledges_once_it_is_adopted(
    app: Flask, session: Session
) -> None:
    kenya, draft = a_society(session), a_draft(session)
    a_round(session, draft)
    mali = a_society(session, "MLI")
    session.commit()
    focal = focal_of(app, session, mali)

    assert focal.get(NEW).status_code == 404
    assert focal.send(NEW).status_code == 404
    assert NEW not in focal.get("/pledges/of/MLI").text
    an_adoption(session, draft, kenya)
    session.commit()

    assert NEW in focal.get("/pledges/of/MLI").text
    assert WORDS in focal.get(NEW).text


def test_who_signs_an_open_pledge_reads_no_draft_by_it(app: Flask, session: Session) -> None:
    kenya, draft = a_society(session), a_draft(session)
    a_round(session, draft)
    mali = a_society(session, "MLI")
    pledge = a_pledge(session, draft, kenya, words(open_to_others=True))
    pledging.publish(session, pledge, act())
    session.commit()
    mine, theirs = focal_of(app, session, kenya), focal_of(app, session, mali)
    path = f"/pledges/of/MLI/{pledge.id}"
    presses(theirs, "/pledges/strategy-text/1", f"{path}/sign")

    assert WORDS not in theirs.get(path).text
    assert WORDS in mine.get(f"/pledges/of/KEN/{pledge.id}").text


def test_staff_neither_read_nor_publish_what_an_organisation_has_in_progress(
    app: Flask, session: Session
) -> None:
    kenya, draft = a_society(session), a_draft(session)
    pledge = a_pledge(session, draft, kenya)
    session.commit()
    staff, path = staff_of(app, session), f"/pledges/of/KEN/{pledge.id}"

    for page in ("/pledges/of/KEN", "/pledges/of/KEN/new/strategy-text", path, f"{path}/edit"):
        assert staff.get(page).status_code in {403, 404}
    assert staff.send(f"{path}/publish", {"edition": "0"}).status_code in {403, 404}

    assert [one.number for one in rows(session, Pledge)] == [None]


def test_who_declined_reads_on_only_what_everybody_reads(app: Flask, session: Session) -> None:
    draft, kenya, ghana = a_draft(session), a_society(session), a_society(session, "GHA")
    pledge = a_pledge(session, draft, kenya)
    signing.invite(session, pledge, [ghana], act())
    session.commit()
    theirs, path = focal_of(app, session, ghana), f"/pledges/of/GHA/{pledge.id}"

    assert presses(theirs, path, f"{path}/leave").status_code == 303
    assert theirs.get(path).status_code == 404
    assert theirs.send(f"{path}/sign", {"edition": "0"}).status_code == 404
    session.expire_all()
    pledging.publish(session, pledge, act())
    session.commit()

    assert theirs.get(path).status_code == 200


def sent_from_a_stale_page(
    session: Session, browser: Browser, pledge: Pledge, action: str
) -> TestResponse:
    """The refusal of a form whose page shows other words than the pledge has by now."""
    page = browser.get(action.rpartition("/")[0]).text
    (shown,) = [one.fields for one in forms_of(page) if one.action == action]
    pledging.revise(session, pledge, words(texts={"en": "We will open two hundred."}))
    session.commit()
    answer = browser.send(action, shown)
    assert answer.status_code == 409
    assert "We will open two hundred." in answer.text
    return answer


def test_a_page_with_former_words_signs_nothing_and_shows_the_new_ones(
    app: Flask, session: Session
) -> None:
    draft, kenya, ghana = a_draft(session), a_society(session), a_society(session, "GHA")
    pledge = a_pledge(session, draft, kenya)
    signing.invite(session, pledge, [ghana], act())
    session.commit()
    theirs, sign = focal_of(app, session, ghana), f"/pledges/of/GHA/{pledge.id}/sign"

    stale = sent_from_a_stale_page(session, theirs, pledge, sign)
    assert "Somebody else saved this pledge since you opened it." in stale.text
    assert [bool(one.signed_at) for one in rows(session, PledgeParty) if not one.lead] == [False]
    (again,) = [one.fields for one in forms_of(stale.text) if one.action == sign]
    assert theirs.send(sign, again).status_code == 303

    assert [bool(one.signed_at) for one in rows(session, PledgeParty)] == [True, True]


def test_a_page_with_former_words_publishes_nothing(app: Flask, session: Session) -> None:
    kenya, draft = a_society(session), a_draft(session)
    pledge = a_pledge(session, draft, kenya)
    session.commit()
    mine, publish = focal_of(app, session, kenya), f"/pledges/of/KEN/{pledge.id}/publish"

    sent_from_a_stale_page(session, mine, pledge, publish)
    assert mine.send(publish).status_code == 409

    assert [one.number for one in rows(session, Pledge)] == [None]


def test_words_for_a_pledge_deleted_meanwhile_find_none(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deleted between the page's reading and the lock: the row can't be read anew."""
    kenya, draft = a_society(session), a_draft(session)
    pledge = a_pledge(session, draft, kenya)
    session.commit()
    mine, path = focal_of(app, session, kenya), f"/pledges/of/KEN/{pledge.id}/edit"
    shown = form_with(mine.get(path).text, "title_en").fields
    revise = pledging.revise

    def late(own: Session, found: Pledge, words: Words, *, edition: int) -> bool:
        own.execute(delete(Pledge))
        return revise(own, found, words, edition=edition)

    monkeypatch.setattr(pledging, "revise", late)

    assert mine.send(path, {**shown, "text_en": "Ours."}).status_code == 404
