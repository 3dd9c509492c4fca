"""Waves: the survey a call runs, and the version it asks."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.errors import NotFound
from core.texts import lazy as _l
from movement.models import Call
from surveys.models import QuestionnaireVersion, Survey, Wave


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
        .where(QuestionnaireVersion.survey_id == survey.id)
        .order_by(col(QuestionnaireVersion.number).desc())
        .limit(1)
    ).one_or_none()


def survey_line(session: Session, code: str) -> SurveyLine:
    """One survey with its waves; raises `NotFound`."""
    survey = get_survey(session, code)
    calls = session.scalars(
        select(Call)
        .join(Wave)
        .where(Wave.survey_id == survey.id)
        .order_by(col(Call.closes_on).desc(), Call.code)
    )
    version = newest_version(session, survey)
    return SurveyLine(survey, version.number if version else None, tuple(calls))
