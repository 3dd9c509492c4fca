"""Waves: the survey a call runs, and the version it asks."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy import select as any_select
from sqlmodel import Session, col, select

from core.errors import NotFound
from core.texts import lazy as _l
from movement.models import Call
from surveys.models import QuestionnaireVersion, Survey, Wave
from surveys.publishing_models import WaveChange


@dataclass(frozen=True)
class SurveyLine:
    """A survey with its waves, the latest closing date first, and its newest version's number."""

    survey: Survey
    version: int | None
    calls: tuple[Call, ...]


def get_survey(session: Session, code: str) -> Survey:
    """The survey with this code; raises `NotFound`."""
    survey = session.scalars(select(Survey).where(Survey.code == code)).one_or_none()
    if survey is None:
        raise NotFound(_l("There is no survey with the code %(code)s.", code=code))
    return survey


def newest_version(session: Session, survey: Survey) -> QuestionnaireVersion | None:
    """The version published last, or None before the first."""
    return session.scalars(
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.survey_id == survey.id, col(QuestionnaireVersion.number) > 0)
        .order_by(col(QuestionnaireVersion.number).desc())
        .limit(1)
    ).one_or_none()


def survey_line(session: Session, code: str) -> SurveyLine:
    """One survey with its waves; raises `NotFound`."""
    survey = get_survey(session, code)
    calls = session.scalars(
        select(Call)
        .join(Wave)
        .where(Wave.survey_id == survey.id, col(Call.test).is_(False))
        .order_by(col(Call.closes_on).desc(), Call.code)
    )
    version = newest_version(session, survey)
    return SurveyLine(survey, version.number if version else None, tuple(calls))


def versions_of_wave(session: Session, wave: Wave) -> dict[int, UUID]:
    """Every version a wave has asked, the present one last, by number in that order."""
    former = select(WaveChange.before_id).where(WaveChange.wave_id == wave.call_id)
    rows = session.execute(
        any_select(col(QuestionnaireVersion.number), col(QuestionnaireVersion.id))
        .where(
            or_(
                col(QuestionnaireVersion.id) == wave.version_id,
                col(QuestionnaireVersion.id).in_(former),
            )
        )
        .order_by(col(QuestionnaireVersion.number))
    )
    return {number: version_id for number, version_id in rows}  # noqa: C416 - dict() has no types
