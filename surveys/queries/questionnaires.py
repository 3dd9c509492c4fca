"""Finding questionnaires: published versions as documents, and the surveys they belong to."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from core.errors import NotFound
from core.texts import lazy as _l
from movement.models import Call, CallState, Participation
from surveys.definition import Questionnaire, Texts
from surveys.models import QuestionnaireDraft, QuestionnaireVersion, Survey, Wave
from surveys.queries.waves import newest_version

REMEMBERED = 32
_documents: OrderedDict[UUID, Questionnaire] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class SurveyLine:
    """A survey in the list: its newest version's number, None before the first, and its waves.

    `drafted`: whether a next one is being written.
    """

    code: str
    titles: Texts
    version: int | None
    waves: int
    drafted: bool = False


def questionnaire_of(session: Session, version_id: UUID) -> Questionnaire:
    """The version's document; raises `NotFound`.

    The last few are remembered parsed, for this process: a published version never changes.
    """
    with _lock:
        known = _documents.get(version_id)
        if known is not None:
            _documents.move_to_end(version_id)
            return known
    version = session.get(QuestionnaireVersion, version_id)
    if version is None:
        raise NotFound(_l("There is no such questionnaire."))
    document = Questionnaire.model_validate(version.definition)
    with _lock:
        _documents[version_id] = document
        while len(_documents) > REMEMBERED:
            _documents.popitem(last=False)
    return document


def newest_questionnaire(
    session: Session, survey: Survey
) -> tuple[QuestionnaireVersion, Questionnaire]:
    """The survey's newest version and its document; raises `NotFound` before there is one."""
    version = newest_version(session, survey)
    if version is None:
        raise NotFound(_l("There is no such questionnaire."))
    return version, questionnaire_of(session, version.id)


def survey_lines(session: Session, *, archived: bool = False) -> list[SurveyLine]:
    """Every survey by code: those worked with, or those archived."""
    newest = (
        select(func.max(QuestionnaireVersion.number))
        .where(QuestionnaireVersion.survey_id == Survey.id, col(QuestionnaireVersion.number) > 0)
        .scalar_subquery()
    )
    waves = (
        select(func.count())
        .select_from(Wave)
        .join(Call, col(Call.id) == Wave.call_id)
        .where(Wave.survey_id == Survey.id, col(Call.test).is_(False))
        .scalar_subquery()
    )
    draft = select(QuestionnaireDraft).where(QuestionnaireDraft.survey_id == Survey.id).exists()
    chosen = select(Survey, newest, waves, draft)
    chosen = chosen.where(col(Survey.archived_at).is_not(None) == archived)
    found = session.exec(chosen.order_by(Survey.code))
    return [SurveyLine(s.code, s.titles, number, count, own) for s, number, count, own in found]


def versions_of(session: Session, survey: Survey) -> list[QuestionnaireVersion]:
    """The survey's published versions, the newest first."""
    return list(
        session.exec(
            select(QuestionnaireVersion)
            .where(
                QuestionnaireVersion.survey_id == survey.id, col(QuestionnaireVersion.number) > 0
            )
            .order_by(col(QuestionnaireVersion.number).desc())
        )
    )


def asked_in(
    session: Session, call_code: str, organisation_ids: frozenset[UUID] | None
) -> tuple[Call, UUID]:
    """The call and the version it asks; raises `NotFound`.

    With organisations given, only if one of them takes part and the call was opened: its
    questions are nobody else's business yet.
    """
    chosen = (
        select(Call, Wave.version_id)
        .join(Wave, col(Wave.call_id) == Call.id)
        .where(Call.code == call_code)
    )
    if organisation_ids is not None:
        chosen = chosen.where(
            Call.state != CallState.PLANNED,
            select(Participation)
            .where(
                Participation.call_id == Call.id,
                col(Participation.organisation_id).in_(organisation_ids),
            )
            .exists(),
        )
    found = session.exec(chosen).one_or_none()
    if found is None:
        raise NotFound(_l("There is no such page."))
    return found
