"""Responses under way go over to a next version: nothing is lost, everybody is told."""

import pytest
from flask import Flask
from sqlmodel import Session, select

from analytics.export.contents import header, records
from analytics.queries.exports import get_contents
from analytics.queries.waves import get_wave
from core.clock import now
from movement.models import Call
from surveys.models import ResponseState, Wave
from surveys.publishing_models import WaveChange
from tests.factories import (
    Browser,
    held,
    save,
)
from tests.surveys.tiny import tiny
from tests.surveys.versions.publishing import FIRST, Publisher, ghana, second


@pytest.mark.both_databases
def test_a_response_under_way_goes_over_with_its_answers(
    session: Session, publishing: Publisher, path: str
) -> None:
    before = held(session, path)

    version = publishing.publish(second())

    after = held(session, path)
    assert after.version_id == version.id != before.version_id
    assert after.known_id == before.version_id
    assert (after.answers, after.editions) == (before.answers, before.editions)
    assert after.answers == {"name": "Clinics", "old": "Once", "colour": "pink"}
    assert session.exec(select(Wave.version_id)).one() == version.id
    assert session.exec(select(WaveChange.moved)).one() == 1


@pytest.mark.both_databases
def test_a_submitted_response_stays_until_it_is_reopened(
    app: Flask, session: Session, call: Call, publishing: Publisher
) -> None:
    browser, path = ghana(app, session, call)
    before = held(session, path)

    version = publishing.publish(second())
    submitted = held(session, path)
    browser.send(f"{path}/reopen")

    assert (submitted.version_id, submitted.state) == (before.version_id, ResponseState.SUBMITTED)
    reopened = held(session, path)
    assert (reopened.version_id, reopened.known_id) == (version.id, before.version_id)
    assert "This questionnaire was changed while you answer" in browser.get(path).text


def test_who_answers_is_told_what_is_new_until_they_have_seen_it(
    browser: Browser, publishing: Publisher, path: str
) -> None:
    version = publishing.publish(second())

    page = browser.get(path).text
    browser.send(f"{path}/news", {"version": str(version.id)})

    for words in ("New question.", "No longer asked.", "Reworded.",
                  "No longer offered: “Choice pink (en)”."):  # fmt: skip
        assert words in page
    assert "This questionnaire was changed" not in browser.get(path).text


def test_a_notice_that_is_out_of_date_does_not_count_as_seen(
    session: Session, browser: Browser, publishing: Publisher, path: str
) -> None:
    version = publishing.publish(second())

    browser.send(f"{path}/news", {"version": str(held(session, path).known_id)})

    assert held(session, path).known_id is not None
    assert held(session, path).version_id == version.id


def test_nothing_is_submitted_before_what_is_new_was_seen(
    session: Session, browser: Browser, publishing: Publisher, path: str
) -> None:
    publishing.publish(second())

    answer = browser.send(f"{path}/submit", {"key": "k"})

    assert answer.status_code == 409
    assert "Not submitted yet" in answer.text
    assert "New question." in answer.text
    assert held(session, path).state is ResponseState.IN_PROGRESS


def test_a_change_only_authors_care_about_is_no_news(
    session: Session, browser: Browser, publishing: Publisher, path: str
) -> None:
    one, two = FIRST.sections
    turned = one.model_copy(update={"questions": one.questions[::-1]})
    publishing.publish(tiny(turned, two))

    assert "This questionnaire was changed" not in browser.get(path).text
    assert browser.send(f"{path}/submit", {"key": "k"}).status_code == 303


def test_what_is_no_longer_offered_is_named_and_survives_saving(
    session: Session, browser: Browser, publishing: Publisher, path: str
) -> None:
    version = publishing.publish(second())
    browser.send(f"{path}/news", {"version": str(version.id)})

    checked = browser.send(f"{path}/submit", {"key": "k"})
    save(browser, path, "two", q_new="More")
    untouched = held(session, path).answers
    save(browser, path, "two", q_colour="blue")

    assert checked.status_code == 422
    assert "What you answered is no longer offered. Choose again." in checked.text
    assert untouched == {"name": "Clinics", "old": "Once", "colour": "pink", "new": "More"}
    assert held(session, path).answers["colour"] == "blue"


def test_a_page_opened_before_publishing_loses_nothing_it_sends(
    session: Session, browser: Browser, publishing: Publisher, path: str
) -> None:
    opened = {"edition": "1", "version": str(held(session, path).version_id)}
    publishing.publish(second())

    answer = browser.send(
        f"{path}/sections/one", {**opened, "q_name": "Kitchens", "q_old": "Typed before"}
    )

    assert answer.status_code == 303
    assert answer.location == path
    assert held(session, path).answers["old"] == "Typed before"
    assert held(session, path).answers["name"] == "Kitchens"
    assert "The questionnaire was changed while you wrote" in browser.get(path).text


def test_a_page_of_a_section_that_was_deleted_loses_nothing_either(
    session: Session, browser: Browser, publishing: Publisher, path: str
) -> None:
    opened = {"edition": "1", "version": str(held(session, path).version_id)}
    publishing.publish(tiny(FIRST.sections[0]))

    answer = browser.send(f"{path}/sections/two", {**opened, "q_colour": "red"})

    assert answer.status_code == 303
    assert held(session, path).answers["colour"] == "red"


@pytest.mark.usefixtures("neighbour")
def test_exports_hold_the_questions_and_answers_of_all_versions(
    session: Session, browser: Browser, publishing: Publisher, path: str
) -> None:
    version = publishing.publish(second())
    browser.send(f"{path}/news", {"version": str(version.id)})
    save(browser, path, "two", q_colour="blue", q_new="More")
    assert browser.send(f"{path}/submit", {"key": "k"}).status_code == 303

    session.rollback()
    contents = get_contents(session, "spring", language="en", consented_only=False, now=now())
    rows = [dict(zip(header(contents), row, strict=True)) for row in records(contents)]

    answers = [[row[c] for c in ("organisation", "name", "old", "colour", "new")] for row in rows]
    assert [question_.code for question_ in contents.questions] == ["name", "old", "colour", "new"]
    assert answers[0][0:1] + answers[0][2:] == ["GHA", "Twice", "pink", None]
    assert answers[1][0:1] + answers[1][2:] == ["KEN", "Once", "blue", "More"]


@pytest.mark.usefixtures("neighbour")
def test_an_answer_to_a_deleted_question_counts_only_where_it_was_asked(
    session: Session, browser: Browser, publishing: Publisher, path: str
) -> None:
    version = publishing.publish(second())
    browser.send(f"{path}/news", {"version": str(version.id)})
    save(browser, path, "two", q_colour="blue")
    browser.send(f"{path}/submit", {"key": "k"})

    session.rollback()
    wave = get_wave(session, "spring")

    told = {g.answered.organisation: g.answered.answer("old") for g in wave.given}
    assert told == {"GHA": "Twice", "KEN": None}
    assert [c.code for c in wave.question("colour").choices] == ["red", "blue", "pink"]
    assert wave.asked.stood["old"] == (1,)
    assert wave.asked.reworded["name"] == (2,)
