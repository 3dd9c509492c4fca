"""Attacks on public questionnaires: floods, replays, guesses, forged answers, borrowed visits."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlmodel import Session

from core import proofs
from core.clock import now
from surveys import resume_codes
from surveys.definition import QuestionKind
from surveys.routes.public_guard import CALM, EASY_BITS, EASY_WAIT, PER_HOUR, steps_at
from tests.pages import form_with
from tests.surveys.tiny import OF_EVERY_KIND, asking, question
from tests.surveys.visiting import Stranger, a_public_form, responses, solution

FORM = asking(question("name"), OF_EVERY_KIND[QuestionKind.CHOOSE_ONE])


@pytest.fixture
def stranger(app: Flask, session: Session) -> Stranger:
    a_public_form(session, FORM)
    return Stranger(app)


def fields_of(stranger: Stranger) -> dict[str, str]:
    """What the first page's form would send."""
    form = form_with(stranger.get().text, "challenge")
    return {name: values[0] for name, values in form.fields.items()}


def start(stranger: Stranger, fields: dict[str, str]) -> int:
    return stranger.client.post(stranger.place, data=fields).status_code


def test_a_proof_opens_the_door_once(stranger: Stranger, session: Session) -> None:
    fields = fields_of(stranger)
    fields["proof"] = solution(fields["challenge"])

    statuses = [start(stranger, fields) for _turn in range(3)]

    assert statuses == [303, 409, 409]
    assert len(responses(session)) == 1


def test_without_a_proof_one_waits_some_seconds_and_the_waiting_counts(
    stranger: Stranger, session: Session
) -> None:
    moment = now()
    with time_machine.travel(moment, tick=False):
        fields = fields_of(stranger)
        early = stranger.client.post(stranger.place, data=fields)
    same = {n: v[0] for n, v in form_with(early.text, "challenge").fields.items()}

    with time_machine.travel(moment + timedelta(seconds=EASY_WAIT), tick=False):
        later = start(stranger, same)

    assert early.status_code == 429
    assert early.headers["Retry-After"] == str(EASY_WAIT)
    assert same["challenge"] == fields["challenge"]
    assert later == 303
    assert len(responses(session)) == 1


@pytest.mark.parametrize("which", ["", "x", "another's", "easier", "older", "wrong proof"])
def test_a_challenge_that_is_not_ours_opens_nothing(
    app: Flask, session: Session, stranger: Stranger, which: str
) -> None:
    a_public_form(session, FORM.model_copy(update={"code": "second"}), code="second")
    fields = fields_of(stranger)
    random, issued, bits, wait, signature = fields["challenge"].split(".")
    challenges = {
        "": "",
        "x": "x" * 100,
        "another's": fields_of(Stranger(app, "second"))["challenge"],
        "easier": f"{random}.{issued}.1.{wait}.{signature}",
        "older": f"{random}.{int(issued) - 600}.{bits}.{wait}.{signature}",
        "wrong proof": fields["challenge"],
    }
    fields["challenge"] = challenges[which]
    fields["proof"] = solution(fields["challenge"]) if which in ("another's", "easier") else "12"

    status = start(stranger, fields)

    assert status == (429 if which == "wrong proof" else 409)
    assert responses(session) == []


def test_a_challenge_ends_and_another_takes_its_place(stranger: Stranger) -> None:
    fields = fields_of(stranger)
    fields["proof"] = solution(fields["challenge"])

    with time_machine.travel(now() + proofs.LIFE + timedelta(minutes=1)):
        answer = stranger.client.post(stranger.place, data=fields)

    assert answer.status_code == 409
    assert form_with(answer.text, "challenge").fields["challenge"] != [fields["challenge"]]


def test_the_more_start_the_harder_it_gets(app: Flask, stranger: Stranger) -> None:
    counters = app.extensions["limits"]
    easy = fields_of(stranger)["challenge"].split(".")

    counters.lately("public-start", "voices", seconds=600, adding=CALM * 4)
    hard = fields_of(stranger)["challenge"].split(".")

    assert (easy[2], easy[3]) == (str(EASY_BITS), str(EASY_WAIT))
    assert (hard[2], hard[3]) == (str(EASY_BITS + 3), str(EASY_WAIT * 8))
    steps = [steps_at(load) for load in (0, CALM - 1, CALM, CALM * 2, CALM * 1000)]
    assert steps == [0, 0, 1, 2, 6]


def test_a_flood_without_proofs_ends_at_its_limit(
    app: Flask, stranger: Stranger, session: Session
) -> None:
    counters = app.extensions["limits"]
    for _turn in range(PER_HOUR["public-plain"]):
        assert counters.hit("public-plain", "127.0.0.1")
    moment = now()
    fields = fields_of(stranger)

    with time_machine.travel(moment + timedelta(seconds=EASY_WAIT + 1)):
        plain = stranger.client.post(stranger.place, data=fields)
        fields["proof"] = solution(fields["challenge"])
        proven = start(stranger, fields)

    assert plain.status_code == 429
    assert int(plain.headers["Retry-After"]) > 0
    assert proven == 303
    assert len(responses(session)) == 1


def test_guessing_codes_ends_at_its_limit_even_with_the_right_one(
    app: Flask, stranger: Stranger
) -> None:
    code = stranger.start()
    guesser = Stranger(app)
    token = guesser.token()

    def attempt(guess: str) -> int:
        data = {"csrf_token": token, "resume_code": guess}
        return guesser.client.post("/p/voices/resume", data=data).status_code

    first = {attempt(resume_codes.fresh()) for _turn in range(PER_HOUR["public-code"])}
    after = [attempt(resume_codes.fresh()), attempt(code)]

    assert first == {422}
    assert after == [429, 429]


def test_a_code_of_one_questionnaire_opens_no_other(
    app: Flask, session: Session, stranger: Stranger
) -> None:
    a_public_form(session, FORM.model_copy(update={"code": "second"}), code="second")
    code = stranger.start()

    assert Stranger(app, "second").send("/resume", {"resume_code": code}).status_code == 422


def test_a_visit_made_up_by_the_visitor_is_no_visit(
    app: Flask, stranger: Stranger, session: Session
) -> None:
    stranger.start()
    stranger.save(q_name="Water")
    forger = Stranger(app)
    visits = {"visits": {"voices": {"id": str(responses(session)[0].id), "language": "en"}}}
    signing = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signing is not None
    cookie = str(signing.dumps(visits))

    forger.client.set_cookie("plenary_visit", f"{cookie[:-6]}AAAAAA", path="/p")

    assert forger.get("/check").status_code == 302


def test_forged_choices_are_no_answers(stranger: Stranger, session: Session) -> None:
    stranger.start()

    stranger.save(q_colour="ultraviolet", q_nobody="x", person_id="1", state="submitted")

    (response,) = responses(session)
    assert response.answers == {}
    assert response.unread == {"colour": {"": ["ultraviolet"]}}
    assert response.state.value == "in_progress"


def test_no_token_changes_nothing_and_the_text_is_given_back(
    stranger: Stranger, session: Session
) -> None:
    stranger.start()

    answer = stranger.client.post("/p/voices/sections/only", data={"q_name": "Long text"})

    assert answer.status_code == 400
    assert "Long text" in answer.text
    assert responses(session)[0].answers == {}


def test_codes_are_read_as_people_write_them() -> None:
    assert resume_codes.plain("oi1l-2345-6789") == "011123456789"
    assert resume_codes.plain("٠١٢٣ ٤٥٦٧ ٨٩AB") == "0123456789AB"
    assert resume_codes.plain("0123") is None
    assert resume_codes.plain("²" * 12) in (None, "222222222222")
    assert len({resume_codes.fresh() for _turn in range(1000)}) == 1000
