"""Giving answers: starting a response, saving a section, submitting, reopening.

Every change locks the response's row first, so that what happens at once happens one after the
other, and is checked against the deadline by the server's clock. Callers commit.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Table, and_, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.deadlines import is_open
from movement.models import Participation
from movement.services import participation
from surveys.completeness import Entered, all_problems, counted, unconfirmed
from surveys.confirming import NOTHING_SAID, Said, confirmed_after
from surveys.definition import Questionnaire
from surveys.kinds import Raw
from surveys.logic import beginning
from surveys.models import AnswerChange, Channel, Response, ResponseState, Submission
from surveys.queries.questionnaires import questionnaire_of
from surveys.queries.responses import Asked, find_submission, find_submission_with, moment_of
from surveys.rotation import rotation_for
from surveys.services.moving import catch_up, version_asked
from surveys.services.submissions import submission_of

LONGEST_KEY = 60
_CHANGES: Table = AnswerChange.__table__  # type: ignore[attr-defined]  # SQLModel makes it


class Closed(Conflict):
    """The organisation's closing day is over, or the wave was closed."""


class EditedElsewhere(Conflict):
    """The section was saved by somebody else since this page was made."""


class Moved(Conflict):
    """The response went over to a next version of its questionnaire meanwhile."""


class Incomplete(DomainError):
    """Answers are missing, contradict each other or are unusual, so it can't be submitted."""

    status = 422


@dataclass(frozen=True)
class Author:
    """Who changes answers, and how: on the web themselves, or on an organisation's behalf."""

    label: str
    person_id: UUID | None = None
    channel: Channel = Channel.WEB
    reason: str = ""

    def columns(self) -> dict[str, Any]:
        """What a row of history or a submission says of them."""
        return {
            "person_id": self.person_id,
            "by": self.label,
            "channel": self.channel,
            "reason": self.reason,
        }


@dataclass(frozen=True)
class Given:
    """What a section's page sent.

    `answers`: stored values by question (None: cleared). `unread`: what could not be read, by its
    place (CODE, or REPEAT/ITEM/CODE). `said`: what it says of unusual answers.
    """

    answers: dict[str, Any]
    unread: dict[str, Raw]
    said: Said = NOTHING_SAID


def start(session: Session, asked: Asked, *, now: datetime) -> UUID:
    """The organisation's response in a wave, made if there is none yet; returns its id. Flushes."""
    refuse_closed(asked, now)
    if asked.response is not None:
        return asked.response.id
    questionnaire = questionnaire_of(session, asked.version_id)
    values: dict[str, Any] = {
        "id": uuid4(),
        "wave_id": asked.call.id,
        "version_id": version_asked(session, asked.call.id),
        "organisation_id": asked.organisation.id,
        "region_code": asked.participation.region_code,
        "state": ResponseState.IN_PROGRESS,
        "answers": beginning(questionnaire, now=moment_of(asked, now)),
        "unread": {},
        "editions": {},
        "confirmed": {},
        "rotation": rotation_for(asked.call.code, asked.organisation.code),
        "started_at": now,
        "saved_at": now,
    }
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    made = dialect.insert(Response).values(values).on_conflict_do_nothing()
    response_id: UUID | None = session.scalar(made.returning(col(Response.id)))
    participation.opened(participation.held(session, asked.participation), now=now)
    session.flush()
    if response_id is not None:
        return response_id
    mine = Response.wave_id == asked.call.id, Response.organisation_id == asked.organisation.id
    return session.exec(select(Response.id).where(*mine)).one()


def save_section(
    session: Session,
    asked: Asked,
    section: str,
    given: Given,
    *,
    edition: int,
    now: datetime,
    by: Author,
) -> Response:
    """Save what a section's page sent, with its history. Flushes.

    `edition`: the section's edition the page was made from; raises EditedElsewhere if another was
    saved since and says otherwise, Closed after the deadline, Conflict once submitted.
    """
    refuse_closed(asked, now)
    response = locked(session, asked)
    if response.state is ResponseState.SUBMITTED:
        raise Conflict(_l("This response was submitted. Reopen it to change answers."))
    if response.editions.get(section, 0) != edition and _differs(response, given):
        raise EditedElsewhere(_l("Somebody else saved this section since you opened it."))
    response.editions = {**response.editions, section: response.editions.get(section, 0) + 1}
    write(session, asked, response, given, now=now, by=by)
    return response


def write(
    session: Session, asked: Asked, response: Response, given: Given, *, now: datetime, by: Author
) -> None:
    """Put given answers into a locked response, with their history. Flushes."""
    response.saved_at = now
    _apply(session, response, given, now=now, by=by)
    participation.started(asked.participation, now=now)
    session.flush()


def _differs(response: Response, given: Given) -> bool:
    """Whether the page's answers differ from those held."""
    stored = any(response.answers.get(code) != value for code, value in given.answers.items())
    return stored or any(response.unread.get(code) != raw for code, raw in given.unread.items())


def _apply(
    session: Session, response: Response, given: Given, *, now: datetime, by: Author
) -> None:
    answers, unread = dict(response.answers), dict(response.unread)
    unread = {place: raw for place, raw in unread.items() if _question(place) not in given.answers}
    # the last readable answer makes way for what can't be read: the person meant another
    unread |= {p: raw for p, raw in given.unread.items() if _question(p) in given.answers}
    changes: list[dict[str, Any]] = []
    for code, after in given.answers.items():
        before = answers.get(code)
        if before == after:
            continue
        changes.append({"question": code, "before": before, "after": after})
        if after is None:
            del answers[code]
        else:
            answers[code] = after
    response.answers, response.unread = answers, unread
    response.confirmed = confirmed_after(response.confirmed, answers, given.said)
    if changes:
        shared = {"response_id": response.id, "at": now, **by.columns()}
        rows = [shared | change for change in changes]
        session.execute(insert(_CHANGES), rows)


def _question(place: str) -> str:
    """The code of the question, or of the outermost repeat, at a place."""
    return place.partition("/")[0]


def submit(
    session: Session,
    asked: Asked,
    questionnaire: Questionnaire,
    *,
    key: str,
    now: datetime,
    by: Author,
    said: Said = NOTHING_SAID,
) -> Submission:
    """Submit a response; return its submission, the existing one if it is submitted already.

    `key`: of the page that submits; sent again, it leads to the submission it made. Raises
    Incomplete while answers are missing, contradict each other or are unusual and, for all that
    was `said`, not confirmed; Moved where another version than the questionnaire's is asked since;
    Closed after the deadline. Flushes.
    """
    version_id = asked.version_id
    response = locked(session, asked)
    key = f"{response.id}:{key[:LONGEST_KEY]}"
    known = _known(session, response, key)
    if known is not None:
        return known
    refuse_closed(asked, now)
    if response.version_id != version_id:
        raise Moved(_l("The questionnaire was changed meanwhile. See what is new, then submit."))
    moment = moment_of(asked, now)
    response.confirmed = confirmed_after(response.confirmed, response.answers, said)
    _refuse_incomplete(questionnaire, response, moment)
    response.state, response.submitted_at = ResponseState.SUBMITTED, now
    answers = counted(questionnaire, response.answers, now=moment)
    submission = submission_of(response, asked, answers, key=key, at=now, by=by.columns())
    session.add(submission)
    participation.submitted(session, asked.participation, now=now)
    session.flush()
    return submission


def _known(session: Session, response: Response, key: str) -> Submission | None:
    """The submission there is already: the page's own, or that of a submitted response."""
    known = find_submission_with(session, response.id, key)
    if known is None and response.state is ResponseState.SUBMITTED:
        return find_submission(session, response.id)
    return known


def _refuse_incomplete(questionnaire: Questionnaire, response: Response, moment: datetime) -> None:
    entered = Entered(response.answers, response.unread, response.confirmed)
    if all_problems(questionnaire, entered, now=moment):
        raise Incomplete(_l("Some answers are missing or contradict each other."))
    if unconfirmed(questionnaire, entered, now=moment):
        raise Incomplete(_l("Some answers are unusual. Say that they are right, or correct them."))


def reopen(session: Session, asked: Asked, *, now: datetime) -> None:
    """Make a submitted response changeable again, until closing: it asks what its wave asks now.

    Flushes.
    """
    refuse_closed(asked, now)
    response = locked(session, asked)
    if response.state is ResponseState.IN_PROGRESS:
        return
    response.state, response.submitted_at = ResponseState.IN_PROGRESS, None
    catch_up(session, response)
    participation.reopened(asked.participation, now=now)
    session.flush()


def is_open_for(asked: Asked, now: datetime) -> bool:
    """Whether the organisation can still answer."""
    return is_open(asked.call, asked.organisation.timezone, now)


def locked(session: Session, asked: Asked) -> Response:
    """The response's row, locked and read afresh together with its participation's."""
    if asked.response is None:
        raise Conflict(_l("This response has not been started."))
    if asked.locked:
        return asked.response
    row = session.exec(
        select(Response, Participation)
        .join(
            Participation,
            and_(
                col(Participation.call_id) == col(Response.wave_id),
                col(Participation.organisation_id) == col(Response.organisation_id),
            ),
        )
        .where(col(Response.id) == asked.response.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise Conflict(_l("This response was removed meanwhile."))
    return row[0]


def refuse_closed(asked: Asked, now: datetime) -> None:
    """Raise Closed if the organisation can't answer any more."""
    if not is_open_for(asked, now):
        raise Closed(_l("This questionnaire is closed, so answers can no longer be changed."))
