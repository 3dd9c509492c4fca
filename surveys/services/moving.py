"""Responses that go over to the next version of their questionnaire, and the notice of what is new.

Answers are kept by their question's code and never touched. A wave's row is locked while it goes
over: a response that is begun or reopened meanwhile waits for it, and asks what the wave asks then.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from core import audit
from movement.actors import Actor
from movement.models import Call
from surveys.changes import FOR_AUTHORS, Change, diff
from surveys.definition import Questionnaire
from surveys.models import QuestionnaireVersion, Response, ResponseState, Wave
from surveys.publishing_models import WaveChange
from surveys.queries.questionnaires import questionnaire_of


def told(before: Questionnaire, after: Questionnaire) -> tuple[Change, ...]:
    """The changes that those who answer are told of."""
    return tuple(change for change in diff(before, after) if change.what not in FOR_AUTHORS)


def version_asked(session: Session, wave_id: UUID) -> UUID:
    """The version a wave asks; nobody changes it until the transaction ends."""
    asked = select(Wave.version_id).where(Wave.call_id == wave_id)
    return session.exec(asked.with_for_update(read=True)).one()


def go_over(
    session: Session, call: Call, version: QuestionnaireVersion, *, now: datetime, by: Actor
) -> WaveChange | None:
    """Let a wave ask this version from now on, its responses in progress with it.

    Submitted responses stay with the version they answered. None if the wave asks it already.
    Flushes.
    """
    wave = session.exec(select(Wave).where(Wave.call_id == call.id).with_for_update()).one()
    before_id = wave.version_id
    if before_id == version.id:
        return None
    wave.version_id = version.id
    session.flush()
    change = WaveChange(
        wave_id=call.id, before_id=before_id, after_id=version.id,
        moved=_move(session, call.id, version.id), at=now, by=by.label,
    )  # fmt: skip
    session.add(change)
    audit.record(
        session, "wave.version", about=call.code, now=now, by=by,
        version=version.number, moved=change.moved,
    )  # fmt: skip
    session.flush()
    return change


def _move(session: Session, wave_id: UUID, version_id: UUID) -> int:
    """Move every response in progress; what its people knew last is remembered for the notice."""
    under_way = (
        col(Response.wave_id) == wave_id,
        col(Response.state) == ResponseState.IN_PROGRESS,
        col(Response.version_id) != version_id,
    )
    moved = session.execute(
        update(Response)
        .where(*under_way)
        .values(
            version_id=version_id,
            known_id=func.coalesce(col(Response.known_id), col(Response.version_id)),
        )
        .returning(col(Response.id))
        .execution_options(synchronize_session=False)
    )
    return len(moved.all())


def catch_up(session: Session, response: Response) -> None:
    """Let a locked, reopened response ask what its wave asks now. Flushes."""
    asked = version_asked(session, response.wave_id)
    if asked != response.version_id:
        response.known_id = response.known_id or response.version_id
        response.version_id = asked
        session.flush()


def news_of(session: Session, response: Response) -> tuple[Change, ...]:
    """What a response's people have not yet seen of the questionnaire they answer now."""
    if response.known_id is None or response.known_id == response.version_id:
        return ()
    known = questionnaire_of(session, response.known_id)
    return told(known, questionnaire_of(session, response.version_id))


def seen(session: Session, response: Response, version_id: UUID) -> None:
    """Somebody has seen what is new in this version; more may be new in a later one. Flushes."""
    if response.version_id == version_id:
        response.known_id = None
        session.flush()
