"""What authors need to know of published versions: what is frozen, and what can be copied."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from core.errors import NotFound
from core.texts import lazy as _l
from movement.models import Process
from surveys.definition import Question, Texts
from surveys.models import QuestionnaireDraft, QuestionnaireVersion, Survey
from surveys.queries.questionnaires import questionnaire_of, versions_of


@dataclass(frozen=True)
class Frozen:
    """What a question's first publication froze: code and kind, and the codes of its choices."""

    code: str
    choices: frozenset[str]
    items: frozenset[str]


@dataclass(frozen=True)
class Past:
    """A published version that can be copied."""

    version_id: UUID
    survey: str
    titles: Texts
    number: int


def frozen_in(session: Session, survey: Survey) -> dict[UUID, Frozen]:
    """What is frozen of each question that was ever published in the survey, by its uid."""
    found: dict[UUID, Frozen] = {}
    for version in versions_of(session, survey):
        for question in questionnaire_of(session, version.id).anywhere.values():
            found[question.uid] = _with(found.get(question.uid), question)
    return found


def _with(known: Frozen | None, question: Question) -> Frozen:
    choices = frozenset(choice.code for choice in question.choices)
    items = frozenset(item.code for item in question.items)
    if known is not None:
        choices, items = choices | known.choices, items | known.items
    return Frozen(question.code, choices, items)


def past_versions(session: Session) -> list[Past]:
    """Every published version, by survey, the newest first."""
    chosen = (
        select(QuestionnaireVersion.id, QuestionnaireVersion.number, Survey)
        .join(Survey, col(Survey.id) == QuestionnaireVersion.survey_id)
        .order_by(Survey.code, col(QuestionnaireVersion.number).desc())
    )
    return [
        Past(version_id, survey.code, survey.titles, number)
        for version_id, number, survey in session.exec(chosen)
    ]


def get_version(session: Session, version_id: UUID) -> QuestionnaireVersion:
    """A published version; raises `NotFound`."""
    version = session.get(QuestionnaireVersion, version_id)
    if version is None:
        raise NotFound(_l("There is no such version."))
    return version


def drafted(session: Session) -> dict[str, QuestionnaireDraft]:
    """The drafts being written, by the survey's code."""
    chosen = select(Survey.code, QuestionnaireDraft).join(
        Survey, col(Survey.id) == QuestionnaireDraft.survey_id
    )
    return dict(session.exec(chosen).all())


def processes(session: Session) -> list[Process]:
    """Every process a survey can belong to, by code."""
    return list(session.exec(select(Process).order_by(Process.code)))
