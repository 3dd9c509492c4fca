"""Meetings as their readers see them: statements without consent are staff's and their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_
from sqlalchemy import select as any_select
from sqlmodel import Session, col, select

from consult.models import (
    OFFICIAL,
    Consultation,
    Contribution,
    Meeting,
    MeetingDocument,
    MeetingSession,
    Statement,
)
from consult.policy import is_staff, may_read
from core.errors import NotFound
from core.texts import lazy as _l
from movement.actors import Actor
from movement.models import Call, Organisation, Participation


@dataclass(frozen=True)
class Heard:
    """A statement with who made it. `mine`: it is an organisation of the reader's."""

    one: Statement
    organisation: Organisation
    mine: bool


@dataclass(frozen=True)
class Listed:
    """A document without its bytes."""

    id: UUID
    title: str
    name: str
    size: int


def find_meetings(session: Session) -> list[Meeting]:
    """All of them, the latest first."""
    return list(session.scalars(select(Meeting).order_by(col(Meeting.begins_on).desc())))


def meetings_in(session: Session, process_id: UUID) -> list[Meeting]:
    """The meetings of a process, by their first day."""
    chosen = select(Meeting).where(Meeting.process_id == process_id)
    return list(session.scalars(chosen.order_by(col(Meeting.begins_on), Meeting.code)))


def get_meeting(session: Session, code: str) -> Meeting:
    """The meeting with this code; raises `NotFound`."""
    found = session.scalars(select(Meeting).where(Meeting.code == code)).one_or_none()
    if found is None:
        raise NotFound(_l("There is no meeting with the code %(code)s.", code=code))
    return found


def asked_in_process(session: Session, process_id: UUID) -> frozenset[UUID]:
    """The organisations that are asked anything in a process; test runs aside."""
    chosen = (
        select(Participation.organisation_id)
        .join(Call, col(Call.id) == col(Participation.call_id))
        .where(Call.process_id == process_id, col(Call.test).is_(False))
    )
    return frozenset(session.scalars(chosen))


def readable_ones(session: Session, actor: Actor, meetings: Iterable[Meeting]) -> list[Meeting]:
    """Those of the meetings that this person may read."""
    known: dict[UUID, bool] = {}
    found = []
    for one in meetings:
        if one.process_id not in known:
            asked = asked_in_process(session, one.process_id)
            known[one.process_id] = may_read(actor, one.process_id, asked)
        if known[one.process_id]:
            found.append(one)
    return found


def sessions_of(session: Session, meeting: Meeting) -> list[MeetingSession]:
    """The sessions of a meeting, in order."""
    chosen = select(MeetingSession).where(MeetingSession.meeting_id == meeting.id)
    return list(session.scalars(chosen.order_by(col(MeetingSession.position))))


def documents_of(session: Session, meeting: Meeting) -> list[Listed]:
    """The documents of a meeting, as they were added."""
    rows = session.execute(
        any_select(
            col(MeetingDocument.id), col(MeetingDocument.title), col(MeetingDocument.name),
            col(MeetingDocument.size),
        )
        .where(col(MeetingDocument.meeting_id) == meeting.id)
        .order_by(col(MeetingDocument.added_at), col(MeetingDocument.id))
    )  # fmt: skip
    return [Listed(*row) for row in rows]


def heard_by(session: Session, actor: Actor, meeting: Meeting) -> list[Heard]:
    """The statements that this person may read, by the organisations' codes."""
    chosen = (
        any_select(Statement, Organisation)
        .join(Organisation, col(Organisation.id) == col(Statement.organisation_id))
        .where(col(Statement.meeting_id) == meeting.id)
        .order_by(col(Organisation.code), col(Statement.recorded_at), col(Statement.id))
    )
    if not is_staff(actor):
        own = col(Statement.organisation_id).in_(list(actor.organisation_ids))
        chosen = chosen.where(or_(col(Statement.consent), own))
    return [
        Heard(one, organisation, organisation.id in actor.organisation_ids)
        for one, organisation in session.execute(chosen)
    ]


def taken_from(session: Session, meeting: Meeting) -> list[tuple[Contribution, Organisation]]:
    """The contributions that came from a meeting, by number; for staff."""
    rows = session.execute(
        any_select(Contribution, Organisation)
        .join(Organisation, col(Organisation.id) == col(Contribution.organisation_id))
        .where(col(Contribution.meeting_id) == meeting.id, col(Contribution.state).in_(OFFICIAL))
        .order_by(col(Contribution.number))
    )
    return [(one, organisation) for one, organisation in rows]


def number_taken(session: Session, meeting: Meeting) -> int:
    """How many contributions came from a meeting."""
    chosen = select(func.count()).where(
        Contribution.meeting_id == meeting.id, col(Contribution.state).in_(OFFICIAL)
    )
    return session.scalar(chosen) or 0


def consultations_in(session: Session, process_id: UUID) -> list[Consultation]:
    """The consultations of a process, by code."""
    chosen = select(Consultation).where(Consultation.process_id == process_id)
    return list(session.scalars(chosen.order_by(Consultation.code)))


def speakers(session: Session) -> list[Organisation]:
    """Everybody who can speak at a meeting, by code."""
    return list(session.scalars(select(Organisation).order_by(Organisation.code)))
