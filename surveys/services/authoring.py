"""Beginning a survey in the browser, and changing parts of its draft for authors who saw them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlmodel import Session, select

from core import audit
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.actors import Actor
from movement.models import Process
from surveys.definition import Questionnaire, Texts
from surveys.editing.beginnings import blank
from surveys.editing.copying import for_new_survey
from surveys.models import Survey
from surveys.queries.authoring import get_version
from surveys.queries.questionnaires import questionnaire_of
from surveys.services import drafts
from surveys.services.questionnaires import CODE

Find = Callable[[Questionnaire], BaseModel | None]


@dataclass(frozen=True)
class Beginning:
    """A new survey.

    `copy_of`: the version whose questions it begins with. `process`: its code, "" for one of the
    survey's own.
    """

    code: str
    texts: Texts
    languages: tuple[str, ...]
    process: str = ""
    copy_of: UUID | None = None


def begin(session: Session, beginning: Beginning, *, now: datetime, by: Actor) -> Survey:
    """Make the survey with its draft.

    Raises `Conflict` where the code is taken, DomainError where it can't be one.
    """
    code = beginning.code
    if not CODE.fullmatch(code):
        raise DomainError(
            _l("“%(code)s” can't be a code: use letters, digits, - and _, at most 60.", code=code)
        )
    if session.exec(select(Survey).where(Survey.code == code)).first() is not None:
        raise Conflict(_l("There is a survey “%(code)s” already: choose another code.", code=code))
    process = _process(session, beginning)
    survey = Survey(code=code, process_id=process.id, titles=beginning.texts)
    session.add(survey)
    session.flush()
    drafts.start(session, survey, _document(session, beginning), now=now, by=by)
    audit.record(session, "questionnaire.begin", about=code, now=now, by=by)
    return survey


def _document(session: Session, beginning: Beginning) -> Questionnaire:
    if beginning.copy_of is None:
        return blank(beginning.code, beginning.texts, beginning.languages)
    copied = for_new_survey(questionnaire_of(session, beginning.copy_of), beginning.code)
    return copied.model_copy(update={"texts": {**copied.texts, **beginning.texts}})


def _process(session: Session, beginning: Beginning) -> Process:
    code = beginning.process or beginning.code
    process = session.exec(select(Process).where(Process.code == code)).one_or_none()
    if process is None:
        process = Process(code=code, titles=beginning.texts)
        session.add(process)
        session.flush()
    return process


def begin_next(
    session: Session, survey: Survey, version_id: UUID, *, now: datetime, by: Actor
) -> None:
    """Begin the survey's next version with one of its published ones.

    Raises `Conflict` where a draft is being written, NotFound for another survey's version.
    """
    version = get_version(session, version_id)
    if version.survey_id != survey.id:
        raise Conflict(_l("This version belongs to another survey."))
    document = questionnaire_of(session, version.id)
    drafts.start(session, survey, document, now=now, by=by)
    audit.record(session, "questionnaire.begin", about=survey.code, now=now, by=by)


def unless_changed(find: Find, seen: str, make: drafts.Change) -> drafts.Change:
    """The change, refused with `ChangedElsewhere` unless the part is what its author saw.

    `seen`: the part's digest (`drafts.part_digest`) when the page was made.
    """

    def change(document: Questionnaire) -> Questionnaire:
        part = find(document)
        if part is None or drafts.part_digest(part) != seen:
            raise drafts.ChangedElsewhere(part)
        return make(document)

    return change
