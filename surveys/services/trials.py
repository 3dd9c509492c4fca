"""Test runs of a draft: the draft as it is, answered as the real thing and counted nowhere."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from core.errors import DomainError
from core.texts import lazy as _l
from movement.actors import Actor
from movement.models import Call, Process
from movement.services.test_runs import delete_test, free_code, open_test
from surveys.models import QuestionnaireVersion, Survey, Wave
from surveys.queries.publishing import documents_of
from surveys.services.drafts import document_of, get_draft
from surveys.services.questionnaires import refuse_archived
from surveys.services.readiness import obstacles
from surveys.services.sources import filled


def open_trial(
    session: Session,
    survey: Survey,
    organisations: Iterable[str],
    *,
    closes_on: date,
    now: datetime,
    by: Actor,
) -> Call:
    """Open a test run of the survey's draft as it is now, with organisations by code.

    Raises `DomainError` where something must be mended first, or as `open_test` does. Flushes.
    """
    refuse_archived(survey)
    document = filled(session, document_of(get_draft(session, survey)), on=now.date())
    if obstacles(document, documents_of(session, survey).values()):
        raise DomainError(_l("Mend what is wrong with the draft before it is tried."))
    process = session.get_one(Process, survey.process_id)
    code = free_code(session, survey.code)
    call = open_test(
        session, process, code, dict(document.texts), organisations,
        closes_on=closes_on, now=now, by=by,
    )  # fmt: skip
    lowest = session.exec(
        select(func.min(QuestionnaireVersion.number)).where(
            QuestionnaireVersion.survey_id == survey.id
        )
    ).one()
    version = QuestionnaireVersion(
        survey_id=survey.id,
        number=min(lowest or 0, 0) - 1,
        definition=document.as_json(),
        digest=document.digest(),
        published_at=now,
    )
    session.add(version)
    session.flush()
    session.add(Wave(call_id=call.id, survey_id=survey.id, version_id=version.id))
    session.flush()
    return call


def trials_of(session: Session, survey: Survey) -> list[Call]:
    """The survey's test runs, the latest first."""
    chosen = (
        select(Call)
        .join(Wave, col(Wave.call_id) == Call.id)
        .where(Wave.survey_id == survey.id, col(Call.test))
        .order_by(col(Call.opened_at).desc(), Call.code)
    )
    return list(session.scalars(chosen))


def end_trial(session: Session, call: Call, *, now: datetime, by: Actor) -> None:
    """Delete a test run: its answers, and the version it tried. Raises `Conflict`. Flushes."""
    version_id = session.exec(select(Wave.version_id).where(Wave.call_id == call.id)).one()
    delete_test(session, call, now=now, by=by)
    session.execute(
        delete(QuestionnaireVersion).where(
            col(QuestionnaireVersion.id) == version_id, col(QuestionnaireVersion.number) < 0
        )
    )
    session.flush()
