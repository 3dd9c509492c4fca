"""Publishing questionnaires. A published version is frozen: a mend is a new version."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from core import audit
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.actors import Actor
from movement.models import Process
from surveys.changes import adopted
from surveys.definition import Questionnaire
from surveys.languages import recorded
from surveys.models import QuestionnaireVersion, Survey
from surveys.queries.publishing import documents_of
from surveys.queries.waves import newest_version
from surveys.services.readiness import frozen
from surveys.services.sources import filled

CODE = re.compile(r"(?!(?:import|new)$)[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


@dataclass(frozen=True)
class Published:
    """A survey's version; `created` is False where the newest said the same already."""

    survey: Survey
    version: QuestionnaireVersion
    created: bool


def publish(
    session: Session,
    questionnaire: Questionnaire,
    *,
    process: str | None = None,
    source: str,
    now: datetime,
    by: Actor | None = None,
    label: str = "",
) -> Published:
    """Make the document the survey's newest version, unless it is that already.

    Choices from the directory are copied into it first, as they are today.
    The document's code is the survey's. A survey, and the process it belongs to (by default of
    the same code), are made where there are none. `source`: the file's name. Open waves go on
    asking what they ask. Raises DomainError for an unusable code or where something changed that
    publication froze, Conflict where the survey belongs to another process.
    """
    survey = survey_for(session, questionnaire, process)
    refuse_archived(survey)
    questionnaire = _as_published(session, survey, questionnaire, now)
    newest, digest = newest_version(session, survey), questionnaire.digest()
    if newest is not None and newest.digest == digest:
        return Published(survey, newest, created=False)
    version = QuestionnaireVersion(
        survey_id=survey.id,
        number=newest.number + 1 if newest else 1,
        definition=questionnaire.as_json(),
        digest=digest,
        source=source[:300],
        published_at=now,
    )
    survey.titles = dict(questionnaire.texts)
    session.add_all([survey, version])
    details = {"version": version.number, "digest": digest}
    audit.record(
        session, "questionnaire.publish", about=survey.code, now=now, by=by, label=label, **details
    )
    session.flush()
    return Published(survey, version, created=True)


def _as_published(
    session: Session, survey: Survey, questionnaire: Questionnaire, now: datetime
) -> Questionnaire:
    """The document with the directory's lists of today and the uids its codes have.

    Raises DomainError for what is frozen.
    """
    known = documents_of(session, survey).values()
    document = recorded(adopted(filled(session, questionnaire, on=now.date()), known))
    broken = frozen(document, known)
    if broken:
        raise DomainError("\n".join(f"{one.code}: {one.message}" for one in broken))
    return document


def refuse_archived(survey: Survey) -> None:
    """Raise `Conflict` where a survey was archived: it is read, and no longer changed."""
    if survey.archived_at is not None:
        raise Conflict(_l("This survey is archived. Take it out of the archive to change it."))


def survey_for(session: Session, questionnaire: Questionnaire, process: str | None) -> Survey:
    """The document's survey, made where there is none; locked until the transaction ends.

    Raises as `publish` does.
    """
    code = questionnaire.code
    chosen = select(Survey).where(Survey.code == code).with_for_update()
    survey = session.exec(chosen).one_or_none()
    if survey is None:
        belongs = _process(session, _usable(process or code), questionnaire)
        survey = Survey(code=_usable(code), process_id=belongs.id, titles=questionnaire.texts)
        session.add(survey)
        session.flush()
    elif process and _code_of(session, survey) != process:
        raise Conflict(_l("The survey %(code)s belongs to another process.", code=code))
    return survey


def _process(session: Session, code: str, questionnaire: Questionnaire) -> Process:
    process = session.exec(select(Process).where(Process.code == code)).one_or_none()
    if process is None:
        process = Process(code=code, titles=questionnaire.texts)
        session.add(process)
        session.flush()
    return process


def _code_of(session: Session, survey: Survey) -> str | None:
    return session.exec(select(Process.code).where(Process.id == survey.process_id)).one_or_none()


def _usable(code: str) -> str:
    if not CODE.fullmatch(code):
        raise DomainError(
            _l("“%(code)s” can't be a code: use letters, digits, - and _, at most 60.", code=code)
        )
    return code
