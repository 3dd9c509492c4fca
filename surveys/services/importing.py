"""A form from a file: a new survey's first version, or the draft of one already published."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from core import audit
from movement.actors import Actor
from surveys.changes import adopted
from surveys.definition import Questionnaire
from surveys.languages import recorded
from surveys.models import QuestionnaireDraft, QuestionnaireVersion, Survey
from surveys.queries.publishing import documents_of
from surveys.queries.waves import newest_version
from surveys.services import drafts
from surveys.services.questionnaires import publish, refuse_archived, survey_for


@dataclass(frozen=True)
class Drafted:
    """The draft a form became. `replaced`: there was one before, to which undoing goes back."""

    survey: Survey
    draft: QuestionnaireDraft
    replaced: bool


@dataclass(frozen=True)
class BroughtIn:
    """What a form became: `version`, the one published, or None for a draft.

    `created`: whether anything is new; the same form brought in twice changes nothing.
    """

    version: QuestionnaireVersion | None
    digest: str
    created: bool


@dataclass(frozen=True)
class _Clerk:
    """Whoever imports from the command line, as drafts name them."""

    label: str


def draft_from(
    session: Session,
    questionnaire: Questionnaire,
    *,
    process: str | None = None,
    source: str,
    now: datetime,
    by: Actor | None = None,
    label: str = "",
) -> Drafted:
    """Make the document the draft of its survey; both are made where there are none.

    Its questions keep the uids that their codes had in published versions and in the draft.
    `source`: the file's name. Raises as `surveys.services.questionnaires.publish` does. Flushes.
    """
    survey = survey_for(session, questionnaire, process)
    refuse_archived(survey)
    known = list(documents_of(session, survey).values())
    draft = drafts.find_draft(session, survey)
    earlier = [drafts.document_of(draft)] if draft else []
    document = recorded(adopted(questionnaire, [*earlier, *known]))
    who = by or _Clerk(label)
    if draft is None:
        draft = drafts.start(session, survey, document, now=now, by=who)
    else:
        draft = drafts.change(
            session, survey, lambda _now: document, action="import", about=source, now=now, by=who
        )
    audit.record(
        session, "questionnaire.drafted", about=survey.code, now=now, by=by, label=label,
        source=source, digest=document.digest(), replaced=bool(earlier),
    )  # fmt: skip
    session.flush()
    return Drafted(survey, draft, replaced=bool(earlier))


def bring_in(
    session: Session,
    questionnaire: Questionnaire,
    *,
    at_once: bool = False,
    process: str | None = None,
    source: str,
    now: datetime,
    by: Actor | None = None,
    label: str = "",
) -> BroughtIn:
    """Publish a form whose survey asks nothing yet, or `at_once`; else make it the survey's draft.

    What is asked of people changes only by publishing, so a form never replaces it by itself. One
    that says what the newest version says already changes nothing. Raises as `draft_from` and
    `surveys.services.questionnaires.publish` do. Flushes.
    """
    survey = survey_for(session, questionnaire, process)
    newest = newest_version(session, survey)
    document = adopted(questionnaire, list(documents_of(session, survey).values()))
    if newest is None or at_once or newest.digest == recorded(document).digest():
        published = publish(
            session, document, process=process, source=source, now=now, by=by, label=label
        )
        return BroughtIn(published.version, published.version.digest, published.created)
    draft = drafts.find_draft(session, survey)
    before = drafts.document_of(draft).digest() if draft else ""
    drafted = draft_from(
        session, questionnaire, process=process, source=source, now=now, by=by, label=label
    )
    after = drafts.document_of(drafted.draft).digest()
    return BroughtIn(None, after, created=after != before)
