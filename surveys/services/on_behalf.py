"""Answers that came by post or telephone, given whole from a file on an organisation's behalf."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.queries.calls import get_call
from movement.services.invitations import chosen
from surveys.completeness import Entered, all_doubts, all_problems
from surveys.confirming import Said, agreed
from surveys.definition import Questionnaire
from surveys.kinds import Unreadable, kind_of
from surveys.models import Response, ResponseState
from surveys.queries.responses import Asked, get_asked, moment_of
from surveys.services.responses import (
    Author,
    Given,
    Incomplete,
    locked,
    refuse_closed,
    reopen,
    start,
    submit,
    write,
)


@dataclass(frozen=True)
class Recorded:
    """What was recorded. `reference`: the receipt's, "" if it was not submitted."""

    response: Response
    reference: str = ""


class BadAnswers(DomainError):
    """The file's answers can't be taken; the message names each question."""

    status = 422


def read_answers(questionnaire: Questionnaire, given: Any) -> dict[str, Any]:
    """The stored values of answers given as JSON; raises BadAnswers naming every bad one."""
    if not isinstance(given, Mapping):
        raise BadAnswers(_l("The file must hold one object that maps question codes to values."))
    answers: dict[str, Any] = {}
    wrong: list[str] = []
    for code, value in given.items():
        question = questionnaire.by_code.get(code)
        if question is None:
            wrong.append(f"{code}: {_l('there is no such question.')}")
            continue
        if value is None:
            continue
        try:
            answers[code] = kind_of(question).from_json(question, value)
        except Unreadable as unreadable:
            wrong.append(f"{code}: {unreadable.message}")
    if wrong:
        raise BadAnswers("\n".join(wrong))
    return answers


def asked_from(session: Session, call_code: str, organisation: str) -> Asked:
    """The wave and the organisation whose answers came; the Federation and the Committee too.

    Raises NotFound for an unknown wave, DomainError for an organisation that does not take part.
    Flushes.
    """
    code = organisation.strip().upper()
    call = get_call(session, call_code)
    found = chosen(session, call, code) if code.isalnum() else []
    if [one.organisation.code for one in found] != [code]:
        raise DomainError(_l("%(word)s is no organisation's code.", word=organisation))
    session.add(found[0].part)  # a new row for those who take part without being counted
    session.flush()
    return get_asked(session, call_code, code)


def _exists(asked: Asked) -> Conflict:
    return Conflict(
        _l(
            "%(society)s has a response already. Use --replace to put these answers in its place.",
            society=asked.organisation.code,
        )
    )


def _refuse_incomplete(questionnaire: Questionnaire, response: Response, moment: datetime) -> None:
    """Name every question that stands in the way of submitting, a line each."""
    entered = Entered(response.answers, response.unread)
    found = all_problems(questionnaire, entered, now=moment)
    lines = [f"{p.name}: {p.sentence('en')}" for problems in found.values() for p in problems]
    if lines:
        raise Incomplete("\n".join(lines))


def _agreed(questionnaire: Questionnaire, response: Response, moment: datetime) -> Said:
    doubts = all_doubts(questionnaire, Entered(response.answers, {}), now=moment).values()
    return agreed(doubt.key for found in doubts for doubt in found)


def record(
    session: Session,
    asked: Asked,
    questionnaire: Questionnaire,
    answers: dict[str, Any],
    *,
    and_submit: bool,
    replace: bool,
    now: datetime,
    by: Author,
) -> Recorded:
    """Give an organisation's answers for it; with `replace`, in place of those there are. Flushes.

    Unusual answers are taken as they are given: nobody is there to ask. Raises Conflict where a
    response exists and is not to be replaced, Closed after the deadline, Incomplete when it is to
    be submitted and something is missing.
    """
    refuse_closed(asked, now)
    if asked.response is not None and not replace:
        raise _exists(asked)
    if asked.response is not None and asked.response.state is ResponseState.SUBMITTED:
        reopen(session, asked, now=now)
    start(session, asked, now=now)
    asked = get_asked(session, asked.call.code, asked.organisation.code)
    response = locked(session, asked)
    response.editions = {
        section.code: response.editions.get(section.code, 0) + 1
        for section in questionnaire.sections
    }
    whole = {code: answers.get(code) for code in {*response.answers, *response.unread, *answers}}
    write(session, asked, response, Given(whole, {}), now=now, by=by)
    if not and_submit:
        return Recorded(response)
    moment = moment_of(asked, now)
    _refuse_incomplete(questionnaire, response, moment)
    said = _agreed(questionnaire, response, moment)
    key = str(uuid.uuid4())
    receipt = submit(session, asked, questionnaire, key=key, now=now, by=by, said=said)
    return Recorded(response, receipt.reference)
