"""Finding responses, their waves and receipts. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, bindparam
from sqlalchemy import select as any_select
from sqlmodel import Session, col, select

from core.errors import NotFound
from core.texts import lazy as _l
from movement.models import Call, Organisation, Participation
from surveys.models import AnswerChange, Response, Submission, Wave

NO_SUCH = _l("There is no such page.")


@dataclass(frozen=True)
class Asked:
    """A wave as one organisation meets it.

    `response`: None before it is started. `locked`: whether nobody else can change it before the
    transaction ends in which it was read.
    """

    call: Call
    wave: Wave
    organisation: Organisation
    participation: Participation
    response: Response | None
    locked: bool = False

    @property
    def version_id(self) -> UUID:
        """The version it answers, or would."""
        return self.response.version_id if self.response else self.wave.version_id


_ASKED: Select[*tuple[Any, ...]] = (
    any_select(Call, Wave, Organisation, Participation, Response)
    .select_from(Participation)
    .join(Call, col(Call.id) == col(Participation.call_id))
    .join(Wave, col(Wave.call_id) == col(Call.id))
    .join(Organisation, col(Organisation.id) == col(Participation.organisation_id))
    .outerjoin(
        Response,
        and_(
            col(Response.wave_id) == col(Participation.call_id),
            col(Response.organisation_id) == col(Participation.organisation_id),
        ),
    )
)


def moment_of(asked: Asked, now: datetime) -> datetime:
    """The moment conditions see, on the organisation's clock: now, or when it was submitted."""
    response = asked.response
    submitted = response.submitted_at if response is not None else None
    return (submitted or now).astimezone(ZoneInfo(asked.organisation.timezone))


# Every page of a questionnaire asks this: made once, SQLAlchemy need not read it anew each time.
_BY_RESPONSE = _ASKED.where(col(Response.id) == bindparam("response_id"))
_LOCKED = (
    any_select(Call, Wave, Organisation, Participation, Response)
    .select_from(Response)
    .join(
        Participation,
        and_(
            col(Participation.call_id) == col(Response.wave_id),
            col(Participation.organisation_id) == col(Response.organisation_id),
        ),
    )
    .join(Call, col(Call.id) == col(Participation.call_id))
    .join(Wave, col(Wave.call_id) == col(Call.id))
    .join(Organisation, col(Organisation.id) == col(Participation.organisation_id))
    .where(col(Response.id) == bindparam("response_id"))
    .with_for_update(of=(Response, Participation))
    .execution_options(populate_existing=True)
)


def get_response(session: Session, response_id: UUID, *, changing: bool = False) -> Asked:
    """A response with all its pages need, in one query; raises NotFound.

    `changing`: with its row and its participation's locked until the transaction ends.
    """
    statement = _LOCKED if changing else _BY_RESPONSE
    row = session.execute(statement, {"response_id": response_id}).one_or_none()
    if row is None:
        raise NotFound(NO_SUCH)
    call, wave, organisation, participation, response = row
    return Asked(call, wave, organisation, participation, response, locked=changing)


def get_asked(session: Session, call_code: str, organisation_code: str) -> Asked:
    """A wave and an organisation that was asked, by their codes; raises NotFound."""
    chosen = _ASKED.where(
        col(Call.code) == call_code, col(Organisation.code) == organisation_code
    ).execution_options(populate_existing=True)
    row = session.execute(chosen).one_or_none()
    if row is None:
        raise NotFound(NO_SUCH)
    return Asked(*row)


def asked_of(session: Session, organisation_ids: frozenset[UUID]) -> list[Asked]:
    """What is asked of these organisations: the waves that invited them, latest closing first."""
    chosen = _ASKED.where(
        col(Participation.organisation_id).in_(organisation_ids),
        col(Participation.invited_at).is_not(None),
        col(Call.archived_at).is_(None),
    ).order_by(col(Call.closes_on).desc(), col(Organisation.code))
    return [Asked(*row) for row in session.execute(chosen)]


def find_submission_with(session: Session, response_id: UUID, key: str) -> Submission | None:
    """The submitting that a page with this key made, if it has been sent."""
    return session.exec(
        select(Submission).where(Submission.response_id == response_id, Submission.key == key)
    ).one_or_none()


def find_submission(session: Session, response_id: UUID) -> Submission | None:
    """The latest submitting of a response, None if it was never submitted."""
    return session.exec(
        select(Submission)
        .where(Submission.response_id == response_id)
        .order_by(col(Submission.at).desc())
        .limit(1)
    ).first()


def history_of(session: Session, response_id: UUID) -> list[AnswerChange]:
    """Every change of a response's answers, the latest first."""
    return list(
        session.exec(
            select(AnswerChange)
            .where(AnswerChange.response_id == response_id)
            .order_by(col(AnswerChange.id).desc())
        )
    )


def last_change(session: Session, response_id: UUID, codes: list[str]) -> AnswerChange | None:
    """The latest change among these questions."""
    return session.exec(
        select(AnswerChange)
        .where(AnswerChange.response_id == response_id, col(AnswerChange.question).in_(codes))
        .order_by(col(AnswerChange.id).desc())
        .limit(1)
    ).first()
