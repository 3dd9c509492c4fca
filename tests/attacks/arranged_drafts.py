"""Hostile drafts, reviews, entries of the bank and public questionnaires."""

import json
from datetime import timedelta
from uuid import uuid4

from sqlmodel import Session, select

from core.clock import now
from movement.actors import Actor
from movement.models import Process
from surveys.bank import EntryKind
from surveys.definition import QuestionKind, Questionnaire
from surveys.models import QuestionnaireVersion, Survey
from surveys.public_models import PublicResponse, PublicResponseState
from surveys.services import bank, drafts, reviewing, trials
from surveys.services.public_forms import Opening as PublicOpening
from surveys.services.public_forms import open_form
from tests.attacks.hostile import answers, formula, hostile, questionnaire
from tests.attacks.world import OWN, World


class _Author:
    """Whoever wrote the drafts."""

    id = uuid4()
    label = hostile("author")


def drafted(world: World, session: Session, code: str) -> None:
    """A draft of the survey's questionnaire, and a question of it saved in the bank."""
    survey = session.exec(select(Survey).where(Survey.code == code)).one()
    by = _Author()
    drafts.start(session, survey, questionnaire(code), now=now(), by=by)
    saved = bank.save(session, survey, EntryKind.QUESTION, "colour", hostile("Saved"),
                      now=now(), by=by)  # fmt: skip
    world.ids[f"{code} entry"] = saved.id


def changing(world: World, session: Session, code: str) -> None:
    """A second version, a draft in review with comments, and a test run of it."""
    survey = session.exec(select(Survey).where(Survey.code == code)).one()
    by = Actor(uuid4(), "", hostile("author"), None, uuid4())
    document = questionnaire(code)
    renamed = document.model_copy(update={"texts": {"en": formula("Second")}})
    session.add(
        QuestionnaireVersion(
            survey_id=survey.id, number=2, definition=renamed.as_json(), digest=renamed.digest(),
            published_at=now(),
        )
    )  # fmt: skip
    session.flush()
    if drafts.find_draft(session, survey) is None:
        drafts.start(session, survey, document, now=now(), by=by)
    # a form's own syntax is refused before anybody tries it
    tame = json.loads(json.dumps(document.as_json()).replace("${7*7}", ""))
    draft = drafts.change(
        session, survey, lambda _now: Questionnaire.model_validate(tame),
        action="import", about=hostile("form.xlsx"), now=now(), by=by,
    )  # fmt: skip
    edition = draft.edition
    reviewing.ask(session, survey, edition=edition, now=now(), by=by)
    reviewing.decide(
        session, survey, approve=False, edition=edition, comments={"name": hostile("No")},
        note=hostile("Not yet"), now=now(), by=by,
    )  # fmt: skip
    reviewing.ask(session, survey, edition=edition, now=now(), by=by)
    trials.open_trial(session, survey, [OWN], closes_on=now().date(), now=now(), by=by)


def public(session: Session) -> None:
    """Each process asks the public too, and six people have answered."""
    for code, process_code in (("voices", "strategy"), ("murmurs", "other")):
        survey = _for_the_public(session, f"{code}-form", process_code)
        opening = PublicOpening(code, (now() + timedelta(days=9)).date(), label=hostile("Shared"))
        form = open_form(session, survey, opening, now=now(), label=formula("Somebody"))
        for _person in range(6):
            session.add(
                PublicResponse(
                    form_id=form.id, version_id=form.version_id, language="en",
                    state=PublicResponseState.SUBMITTED, answers=answers(), saved_on=now().date(),
                )
            )  # fmt: skip
    session.flush()


def _for_the_public(session: Session, code: str, process_code: str) -> Survey:
    """A survey that asks for everything but files, which the public can't give."""
    process = session.exec(select(Process).where(Process.code == process_code)).one()
    survey = Survey(code=code, process_id=process.id, titles={"en": hostile("public")})
    session.add(survey)
    session.flush()
    document = questionnaire(code, without=QuestionKind.FILE)
    session.add(
        QuestionnaireVersion(
            survey_id=survey.id, number=1, definition=document.as_json(),
            digest=document.digest(), source=hostile("form.xlsx"), published_at=now(),
        )
    )  # fmt: skip
    session.flush()
    return survey
