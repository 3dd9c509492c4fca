"""Finding responses, their waves and receipts. Reads only."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Row
from sqlmodel import Session, col, select

from core.errors import NotFound
from core.texts import lazy as _l
from movement.models import Call, Organisation, Participation
from surveys.models import AnswerChange, QuestionnaireVersion, Response, Submission, Wave

NO_SUCH = _l("There is no such page.")


@dataclass(frozen=True)
class Asked:
    """A wave as one organisation meets it. `digest`: of the version it answers, or would."""

    call: Call
    wave: Wave
    organisation: Organisation
    participation: Participation
    response: Response | None
    version_id: UUID
    digest: str


def get_response(session: Session, response_id: UUID) -> Asked:
    """A response with all its pages need, in one query; raises NotFound."""
    row = session.exec(
        select(Response, Call, Wave, Organisation, Participation, QuestionnaireVersion.digest)
        .join(Wave, col(Wave.call_id) == Response.wave_id)
        .join(Call, col(Call.id) == Response.wave_id)
        .join(Organisation, col(Organisation.id) == Response.organisation_id)
        .join(
            Participation,
            (col(Participation.call_id) == Response.wave_id)
            & (col(Participation.organisation_id) == Response.organisation_id),
        )
        .join(QuestionnaireVersion, col(QuestionnaireVersion.id) == Response.version_id)
        .where(Response.id == response_id)
    ).one_or_none()
    if row is None:
        raise NotFound(NO_SUCH)
    response, call, wave, organisation, participation, digest = row
    return Asked(call, wave, organisation, participation, response, response.version_id, digest)


def get_asked(session: Session, call_code: str, organisation_code: str) -> Asked:
    """A wave and an organisation that was asked, by their codes; raises NotFound."""
    row = session.exec(
        select(Call, Wave, Organisation, Participation, QuestionnaireVersion.digest)
        .join(Wave, col(Wave.call_id) == Call.id)
        .join(Participation, col(Participation.call_id) == Call.id)
        .join(Organisation, col(Organisation.id) == Participation.organisation_id)
        .join(QuestionnaireVersion, col(QuestionnaireVersion.id) == Wave.version_id)
        .where(Call.code == call_code, Organisation.code == organisation_code)
    ).one_or_none()
    if row is None:
        raise NotFound(NO_SUCH)
    call, wave, organisation, participation, digest = row
    response = session.exec(
        select(Response).where(
            Response.wave_id == call.id, Response.organisation_id == organisation.id
        )
    ).one_or_none()
    version_id = response.version_id if response else wave.version_id
    return Asked(call, wave, organisation, participation, response, version_id, digest)


def asked_of(session: Session, organisation_ids: frozenset[UUID]) -> list[Asked]:
    """What is asked of these organisations: opened waves that invited them, latest closing first."""
    rows: list[Row[tuple[Call, Wave, Organisation, Participation, str]]] = list(
        session.exec(
            select(Call, Wave, Organisation, Participation, QuestionnaireVersion.digest)
            .join(Wave, col(Wave.call_id) == Call.id)
            .join(Participation, col(Participation.call_id) == Call.id)
            .join(Organisation, col(Organisation.id) == Participation.organisation_id)
            .join(QuestionnaireVersion, col(QuestionnaireVersion.id) == Wave.version_id)
            .where(
                col(Participation.organisation_id).in_(organisation_ids),
                col(Participation.invited_at).is_not(None),
            )
            .order_by(col(Call.closes_on).desc(), Organisation.code)
        )
    )
    found = session.exec(
        select(Response).where(col(Response.organisation_id).in_(organisation_ids))
    )
    responses = {(r.wave_id, r.organisation_id): r for r in found}
    return [
        Asked(call, wave, organisation, p, r := responses.get((call.id, organisation.id)),
              r.version_id if r else wave.version_id, digest)
        for call, wave, organisation, p, digest in rows
    ]


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
