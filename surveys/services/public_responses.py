"""Answering without an account: starting, going on by a code, saving, submitting.

No service here is told who answers, and none keeps more of the time than the day. Callers commit.
"""

import hmac
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from surveys import resume_codes
from surveys.completeness import Entered, all_problems, unconfirmed
from surveys.confirming import NOTHING_SAID, Said, confirmed_after
from surveys.definition import Questionnaire
from surveys.kinds import Raw
from surveys.logic import beginning
from surveys.public_days import is_open
from surveys.public_models import PublicForm, PublicResponse, PublicResponseState
from surveys.queries.questionnaires import questionnaire_of
from surveys.rotation import STARTS

NOBODYS = "0" * 64


class Closed(Conflict):
    """The questionnaire's last day is over, or it was closed."""


class Gone(Conflict):
    """The response is no more: past its time, or taken away."""


class Incomplete(DomainError):
    """Answers are missing or contradict each other, so the response can't be submitted."""

    status = 422


def start(
    session: Session, form: PublicForm, *, language: str, key: bytes, now: datetime
) -> tuple[PublicResponse, str]:
    """A new response, and the code to go on with it, which is kept nowhere. Flushes.

    It holds the answers the questionnaire begins with, and no other.
    """
    refuse_closed(form, now)
    response = PublicResponse(
        form_id=form.id,
        version_id=form.version_id,
        language=language,
        answers=beginning(questionnaire_of(session, form.version_id), now=now),
        saved_on=now.date(),
    )
    code = new_code(response, key=key)
    session.add(response)
    session.flush()
    return response, code


def new_code(response: PublicResponse, *, key: bytes) -> str:
    """A code in the place of the one before, which leads nowhere any more."""
    code = resume_codes.fresh()
    letters = resume_codes.plain(code)
    assert letters is not None  # noqa: S101 -- a code of our own making
    response.code_hash = resume_codes.hashed(key, response.form_id, letters)
    return code


def find_by_code(
    session: Session, form: PublicForm, typed: str, *, key: bytes
) -> PublicResponse | None:
    """The response a code leads to; None for any other code, in the same time.

    Looked up by a keyed hash, of which nobody can choose the beginning, and compared in full.
    """
    letters = resume_codes.plain(typed) or ""
    wanted = resume_codes.hashed(key, form.id, letters)
    found = session.exec(
        select(PublicResponse).where(
            PublicResponse.form_id == form.id, PublicResponse.code_hash == wanted
        )
    ).one_or_none()
    same = hmac.compare_digest((found.code_hash if found else None) or NOBODYS, wanted)
    return found if same and letters else None


def save_section(
    session: Session,
    form: PublicForm,
    response_id: UUID,
    answers: dict[str, Any],
    unread: dict[str, Raw],
    *,
    now: datetime,
    said: Said = NOTHING_SAID,
) -> PublicResponse:
    """Keep what a section's page sent: stored values (None: cleared), and what can't be read.

    `unread`: by its place (CODE, or REPEAT/ITEM/CODE). `said`: of unusual answers. What other
    sections hold stays, hidden answers included. Raises Closed and Gone. Flushes.
    """
    response = _locked(session, form, response_id, now)
    held = {code: stored for code, stored in response.answers.items() if code not in answers}
    held |= {code: stored for code, stored in answers.items() if stored is not None}
    odd = {at: raw for at, raw in response.unread.items() if _question(at) not in answers}
    odd |= {at: raw for at, raw in unread.items() if _question(at) in answers}
    response.answers, response.unread, response.saved_on = held, odd, now.date()
    response.confirmed = confirmed_after(response.confirmed, held, said)
    session.add(response)
    session.flush()
    return response


def submit(
    session: Session,
    form: PublicForm,
    response_id: UUID,
    questionnaire: Questionnaire,
    *,
    now: datetime,
    said: Said = NOTHING_SAID,
) -> PublicResponse:
    """Submit: from now on it counts, and nobody can read it back by its code. Flushes.

    Sent again it changes nothing. `said`: of unusual answers. Raises Incomplete, Closed and Gone.
    """
    known = session.get(PublicResponse, response_id)
    if known is not None and known.state is PublicResponseState.SUBMITTED:
        return known
    response = _locked(session, form, response_id, now)
    response.confirmed = confirmed_after(response.confirmed, response.answers, said)
    entered = Entered(response.answers, response.unread, response.confirmed)
    if all_problems(questionnaire, entered, now=now):
        raise Incomplete(_l("Some answers are missing or contradict each other."))
    if unconfirmed(questionnaire, entered, now=now):
        raise Incomplete(_l("Some answers are unusual. Say that they are right, or correct them."))
    response.state, response.code_hash = PublicResponseState.SUBMITTED, None
    response.saved_on = now.date()
    session.add(response)
    session.flush()
    return response


def _question(place: str) -> str:
    """The code of the question, or of the outermost repeat, at a place."""
    return place.partition("/")[0]


def rotation_of(response_id: UUID) -> int:
    """Where this person's own order of unordered lists starts; it follows from the random id."""
    return int.from_bytes(response_id.bytes[:4]) % STARTS


def refuse_closed(form: PublicForm, now: datetime) -> None:
    """Raise Closed if nobody can answer now."""
    if not is_open(form, now):
        raise Closed(_l("This questionnaire is closed."))


def _locked(session: Session, form: PublicForm, response_id: UUID, now: datetime) -> PublicResponse:
    """The response's row, locked and read afresh, while it can be changed."""
    refuse_closed(form, now)
    response = session.exec(
        select(PublicResponse)
        .where(
            PublicResponse.id == response_id,
            PublicResponse.form_id == form.id,
            col(PublicResponse.state) == PublicResponseState.IN_PROGRESS,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if response is None:
        raise Gone(_l("These answers can no longer be changed."))
    return response
