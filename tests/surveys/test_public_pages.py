"""Answering without an account: from the address to the thanks, and what is kept of it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlmodel import Session, select

from core.clock import now
from core.models import AuditEntry
from core.settings import Settings
from surveys.definition import QuestionKind
from surveys.public_models import PublicForm, PublicResponse, PublicResponseState
from surveys.services.public_forms import close_form
from tests.surveys.tiny import OF_EVERY_KIND, asking, only_if, question, section, tiny
from tests.surveys.visiting import Stranger, a_public_form, responses

YES_NO = OF_EVERY_KIND[QuestionKind.YES_NO]
STAFF = OF_EVERY_KIND[QuestionKind.INTEGER]
FORM = asking(question("name"), YES_NO, question("why", relevant=only_if("active", "yes")), STAFF)


@pytest.fixture
def form(session: Session) -> PublicForm:
    return a_public_form(session, FORM)


@pytest.fixture
def stranger(app: Flask, form: PublicForm) -> Stranger:
    return Stranger(app)


@pytest.mark.both_databases
def test_answers_are_saved_page_by_page_and_count_once_they_are_sent(
    app: Flask, session: Session
) -> None:
    a_public_form(session, tiny(section("one", question("a")), section("two", question("b"))))
    stranger = Stranger(app)
    stranger.start()

    first = stranger.save("one", q_a="Water")
    second = stranger.save("two", q_b="Work")
    sent = stranger.submit()

    assert first.location == "/p/voices/sections/two"
    assert second.location == "/p/voices/check"
    assert sent.location.startswith("/p/voices/thanks")
    (response,) = responses(session)
    assert response.answers == {"a": "Water", "b": "Work"}
    assert response.state is PublicResponseState.SUBMITTED
    assert response.code_hash is None


def test_hidden_answers_are_kept_and_not_shown(stranger: Stranger, session: Session) -> None:
    stranger.start()
    stranger.save(q_active="yes", q_why="Because", asked="why")

    stranger.save(q_active="no", q_why="Because", asked="why")

    assert responses(session)[0].answers["why"] == "Because"
    assert "Because" not in stranger.get("/check").text


def test_what_is_no_answer_is_kept_named_and_keeps_from_sending(
    stranger: Stranger, session: Session
) -> None:
    stranger.start()

    saved = stranger.save(q_staff="a great many")
    sent = stranger.submit()

    assert saved.location == "/p/voices/sections/only?check=1"
    assert 'value="a great many"' in stranger.get("/sections/only?check=1").text
    assert sent.status_code == 422
    assert responses(session)[0].state is PublicResponseState.IN_PROGRESS


def test_sending_twice_makes_one_response_and_two_thanks(
    stranger: Stranger, session: Session
) -> None:
    stranger.start()
    stranger.save(q_name="Water")
    token = stranger.token()

    answers = [
        stranger.client.post("/p/voices/submit", data={"csrf_token": token}) for _turn in range(2)
    ]

    assert {one.status_code for one in answers} == {303}
    assert len(responses(session)) == 1


def test_after_sending_nobody_reads_the_answers_on_this_phone(stranger: Stranger) -> None:
    code = stranger.start()
    stranger.save(q_name="Water")
    page = stranger.submit().location
    stranger.client.get(page)

    seen = [stranger.get(path).text for path in ("", "/check", "/sections/only", "/thanks")]
    resumed = stranger.send("/resume", {"resume_code": code})

    assert not any("Water" in text for text in seen)
    assert resumed.status_code == 422


def test_a_code_goes_on_with_the_answers_on_another_phone(app: Flask, stranger: Stranger) -> None:
    code = stranger.start()
    stranger.save(q_name="Water")
    other = Stranger(app)

    entered = other.send("/resume", {"resume_code": f" {code.lower().replace('-', ' ')} "})

    assert entered.location == "/p/voices/check"
    assert "Water" in other.get("/check").text


def test_a_code_is_shown_once_and_a_new_one_ends_it(app: Flask, stranger: Stranger) -> None:
    first = stranger.start()
    again = stranger.get("/code").text
    renewed = stranger.client.get(stranger.send("/code").location).text

    second = renewed.partition('<bdi dir="ltr">')[2].partition("</bdi>")[0]

    assert first not in again
    assert second not in ("", first)
    assert Stranger(app).send("/resume", {"resume_code": first}).status_code == 422
    assert Stranger(app).send("/resume", {"resume_code": second}).status_code == 303


def test_leaving_takes_the_visit_off_the_phone_and_keeps_the_answers(
    stranger: Stranger, session: Session
) -> None:
    stranger.start()
    stranger.save(q_name="Water")

    stranger.send("/leave")

    assert stranger.get("/check").status_code == 302
    assert responses(session)[0].answers == {"name": "Water"}


def test_the_visit_is_one_cookie_for_these_pages_that_ends_with_the_browser(
    stranger: Stranger,
) -> None:
    stranger.get()

    (cookie,) = (stranger.client._cookies or {}).values()

    assert (cookie.key, cookie.path, cookie.http_only) == ("plenary_visit", "/p", True)
    assert cookie.same_site == "Lax"
    assert cookie.expires is None
    assert cookie.max_age is None


def test_texts_come_in_the_chosen_language_and_buttons_in_the_nearest_we_speak(
    app: Flask, session: Session
) -> None:
    wolof = {"texts": {"wo": "Ndox", "en": "Water"}, "languages": ("wo", "en")}
    a_public_form(session, FORM.model_copy(update=wolof))
    stranger = Stranger(app, language="wo")

    page = stranger.get("?language=wo").text

    assert '<html lang="wo" dir="ltr">' in page
    assert "<h1>Ndox</h1>" in page
    assert ">Commencer<" in page or 'lang="fr"' in page


def test_switching_the_language_inside_a_page_saves_it_first(
    stranger: Stranger, session: Session
) -> None:
    stranger.start()

    saved = stranger.save(q_name="Water", language="ar")

    assert saved.location == "/p/voices/sections/only"
    assert '<html lang="ar" dir="rtl">' in stranger.get("/sections/only").text
    assert responses(session)[0].language == "ar"
    assert responses(session)[0].answers == {"name": "Water"}


@pytest.mark.parametrize(("hours", "doors"), [(-15, 0), (-13, 1), (24 + 11, 1), (24 + 13, 0)])
def test_it_is_open_while_one_of_its_days_is_today_anywhere(
    app: Flask, session: Session, hours: int, doors: int
) -> None:
    day = now().date() + timedelta(days=2)
    a_public_form(session, FORM, opens_on=day, closes_on=day)
    begins = datetime(day.year, day.month, day.day, tzinfo=UTC)

    with time_machine.travel(begins + timedelta(hours=hours)):
        page = Stranger(app).get().text

    assert page.count('name="challenge"') == doors


def test_a_closed_one_takes_no_answer_and_gives_back_what_was_typed(
    app: Flask, session: Session, stranger: Stranger, form: PublicForm
) -> None:
    stranger.start()
    token = stranger.token()
    close_form(session, session.get_one(PublicForm, form.id), now=now(), label="test")
    session.commit()

    late = stranger.client.post(
        "/p/voices/sections/only", data={"csrf_token": token, "q_name": "Too late"}
    )

    assert late.status_code == 409
    assert "Too late" in late.text
    assert "Question name (en)" in late.text
    assert responses(session)[0].answers == {}
    assert 'name="challenge"' not in Stranger(app).get().text


def test_tables_and_trail_hold_no_path_to_a_person(
    app: Flask, session: Session, settings: Settings, stranger: Stranger
) -> None:
    address, agent = "198.51.100.77", "Old phone browser/1.0"
    stranger.client.environ_base.update(REMOTE_ADDR=address, HTTP_USER_AGENT=agent)
    stranger.start()
    stranger.save(q_name="Water")
    stranger.submit()

    session.rollback()
    table = PublicResponse.metadata.tables["public_response"]
    columns = {name: column.type for name, column in table.columns.items()}
    stored = Path(settings.data_dir, "plenary.sqlite3").read_bytes()
    log = Path(settings.data_dir, "plenary.sqlite3-wal")
    stored += log.read_bytes() if log.exists() else b""
    counters: Any = app.extensions["limits"]
    keys = " ".join(str(key) for key in counters.own.storage.storage)

    assert not {"person_id", "address", "at", "user_agent"} & columns.keys()
    assert all("DateTime" not in str(kind) for kind in map(repr, columns.values()))
    assert isinstance(responses(session)[0].saved_on, date)
    assert address.encode() not in stored
    assert agent.encode() not in stored
    assert address not in keys
    assert {entry.action for entry in session.exec(select(AuditEntry))} == {"public.opened"}
    with pytest.raises(Exception, match="rowid"):
        session.connection().exec_driver_sql("SELECT rowid FROM public_response")


def test_the_longest_way_of_the_pages_stays_light(stranger: Stranger) -> None:
    stranger.start()

    weights = {path: len(stranger.get(path).data) for path in ("", "/sections/only", "/check")}

    assert max(weights.values()) < 6_000, weights
