"""Finding public questionnaires, and how many answered them. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as any_select
from sqlmodel import Session, col, select

from core.errors import NotFound
from core.texts import lazy as _l
from movement.models import Call
from surveys.definition import Texts
from surveys.models import QuestionnaireVersion, Survey, Wave
from surveys.public_models import PublicForm, PublicResponse, PublicResponseState, Source


@dataclass(frozen=True)
class PublicLine:
    """A public questionnaire in the list. `submitted`: how many submitted responses are kept."""

    form: PublicForm
    titles: Texts
    submitted: int


@dataclass(frozen=True)
class PublicPlace:
    """A public questionnaire with its survey, its version's number, and the wave it goes with."""

    form: PublicForm
    survey: Survey
    version: int
    call: Call | None


def get_form(session: Session, code: str) -> PublicForm:
    """The public questionnaire with this code; raises `NotFound`."""
    form = session.exec(select(PublicForm).where(PublicForm.code == code)).one_or_none()
    if form is None:
        raise NotFound(_l("There is no such page."))
    return form


def get_place(session: Session, code: str) -> PublicPlace:
    """The same with what it belongs to; raises `NotFound`."""
    form = get_form(session, code)
    survey = session.get_one(Survey, form.survey_id)
    version = session.get_one(QuestionnaireVersion, form.version_id)
    call = session.get(Call, form.call_id) if form.call_id else None
    return PublicPlace(form, survey, version.number, call)


def find_response(session: Session, form: PublicForm, response_id: UUID) -> PublicResponse | None:
    """A response to this form, None if there is none of this id."""
    found = session.get(PublicResponse, response_id)
    return found if found is not None and found.form_id == form.id else None


def public_lines(session: Session) -> list[PublicLine]:
    """Every public questionnaire, the latest closing date first."""
    submitted = (
        select(func.count())
        .select_from(PublicResponse)
        .where(
            PublicResponse.form_id == PublicForm.id,
            PublicResponse.state == PublicResponseState.SUBMITTED,
        )
        .scalar_subquery()
    )
    rows = session.exec(
        select(PublicForm, Survey.titles, submitted)
        .join(Survey, col(Survey.id) == col(PublicForm.survey_id))
        .order_by(col(PublicForm.closes_on).desc(), PublicForm.code)
    )
    return [PublicLine(form, dict(titles), count) for form, titles, count in rows]


def days_of(session: Session, form: PublicForm) -> dict[date, int]:
    """How many responses were submitted on each day, in the order of days."""
    rows = session.execute(
        any_select(col(PublicResponse.saved_on), func.count())
        .where(
            col(PublicResponse.form_id) == form.id,
            col(PublicResponse.state) == PublicResponseState.SUBMITTED,
        )
        .group_by(col(PublicResponse.saved_on))
        .order_by(col(PublicResponse.saved_on))
    )
    return {day: count for day, count in rows}  # noqa: C416 -- dict() of rows has no types


def submitted_of(session: Session, form: PublicForm) -> Sequence[PublicResponse]:
    """The submitted responses, in the order of their random ids."""
    return session.exec(
        select(PublicResponse)
        .where(
            PublicResponse.form_id == form.id,
            PublicResponse.state == PublicResponseState.SUBMITTED,
        )
        .order_by(col(PublicResponse.id))
    ).all()


def sources_of(session: Session, form: PublicForm) -> dict[Source, int]:
    """How many submitted responses came by which way."""
    rows = session.execute(
        any_select(col(PublicResponse.source), func.count())
        .where(
            col(PublicResponse.form_id) == form.id,
            col(PublicResponse.state) == PublicResponseState.SUBMITTED,
        )
        .group_by(col(PublicResponse.source))
    )
    return {source: count for source, count in rows}  # noqa: C416 -- as above


def calls_of(session: Session, survey: Survey) -> list[Call]:
    """The survey's waves, the latest closing date first."""
    return list(
        session.exec(
            select(Call)
            .join(Wave, col(Wave.call_id) == col(Call.id))
            .where(Wave.survey_id == survey.id)
            .order_by(col(Call.closes_on).desc())
        )
    )
