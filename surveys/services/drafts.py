"""The draft of a questionnaire: started, changed step by step, undone, given up.

Two authors never overwrite each other: a change is made to the draft as it is now, and is refused
with `ChangedElsewhere` where the part it changes isn't what its author saw. What a change does to
the document is `surveys.editing`'s business.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from pydantic import BaseModel
from sqlalchemy import delete
from sqlmodel import Session, col, select

from core.errors import Conflict, NotFound
from core.texts import lazy as _l
from surveys.definition import Questionnaire
from surveys.languages import kept, recorded
from surveys.models import DraftState, DraftStep, QuestionnaireDraft, QuestionnaireVersion, Survey
from surveys.queries.waves import newest_version

KEPT_STEPS = 200
Change = Callable[[Questionnaire], Questionnaire]


class Author(Protocol):
    """Whoever changes a draft: a signed-in person, or a command."""

    @property
    def label(self) -> str:
        """How records name them."""


class ChangedElsewhere(Conflict):
    """Somebody else changed this part meanwhile. `now`: the part as it is, None once deleted."""

    def __init__(self, now: BaseModel | None) -> None:
        super().__init__(_l("Somebody else changed this meanwhile. Nothing was overwritten."))
        self.now = now


def part_digest(part: BaseModel) -> str:
    """What a page remembers of the part it shows, to notice that it was changed meanwhile."""
    written = json.dumps(part.model_dump(mode="json", exclude_defaults=True), sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def find_draft(session: Session, survey: Survey) -> QuestionnaireDraft | None:
    """The survey's draft, or None."""
    return session.get(QuestionnaireDraft, survey.id)


def get_draft(session: Session, survey: Survey) -> QuestionnaireDraft:
    """The survey's draft; raises `NotFound`."""
    draft = find_draft(session, survey)
    if draft is None:
        raise NotFound(_l("Nobody is writing a draft of this questionnaire."))
    return draft


def document_of(draft: QuestionnaireDraft) -> Questionnaire:
    """The draft as a document."""
    return Questionnaire.model_validate(draft.definition)


def start(
    session: Session, survey: Survey, document: Questionnaire, *, now: datetime, by: Author
) -> QuestionnaireDraft:
    """Begin a draft with this document; raises `Conflict` where one is being written already."""
    if find_draft(session, survey) is not None:
        raise Conflict(_l("A draft of this questionnaire is being written already."))
    newest: QuestionnaireVersion | None = newest_version(session, survey)
    draft = QuestionnaireDraft(
        survey_id=survey.id,
        definition=recorded(document).as_json(),
        based_on_id=newest.id if newest else None,
        changed_at=now,
        changed_by=by.label,
    )
    session.add(draft)
    session.flush()
    return draft


def change(
    session: Session,
    survey: Survey,
    make: Change,
    *,
    action: str,
    about: str = "",
    now: datetime,
    by: Author,
) -> QuestionnaireDraft:
    """Make one change to the draft as it is now, and remember the document before it.

    `make` raises `ChangedElsewhere` or another DomainError to refuse. A change that changes
    nothing is no step. A draft in review goes back to editing. Whatever is changed, translations
    of a reworded source become stale.
    """
    draft = _locked(session, survey)
    before = document_of(draft)
    made = make(before)
    if made.as_json() == before.as_json():
        return draft
    after = kept(before, made).as_json()
    session.add(
        DraftStep(
            survey_id=survey.id,
            edition=draft.edition,
            action=action,
            about=about[:200],
            before=draft.definition,
            at=now,
            by=by.label,
        )
    )
    _put(draft, after, now=now, by=by)
    _forget_old_steps(session, draft)
    session.flush()
    return draft


def undo(session: Session, survey: Survey, *, edition: int, now: datetime, by: Author) -> DraftStep:
    """Take back the latest step and return it.

    `edition`: the draft's as the author saw it; raises `Conflict` if it was changed since, or if
    there is nothing left to take back.
    """
    draft = _locked(session, survey)
    latest = last_step(session, survey)
    if latest is None:
        raise Conflict(_l("There is no change left to take back."))
    if draft.edition != edition:
        raise Conflict(_l("The draft was changed meanwhile. Look at it, then take back again."))
    _put(draft, latest.before, now=now, by=by)
    session.delete(latest)
    session.flush()
    return latest


def last_step(session: Session, survey: Survey) -> DraftStep | None:
    """The latest change that can be taken back."""
    return session.scalars(
        select(DraftStep)
        .where(DraftStep.survey_id == survey.id)
        .order_by(col(DraftStep.id).desc())
        .limit(1)
    ).one_or_none()


def give_up(session: Session, survey: Survey) -> None:
    """Delete the draft with its steps."""
    session.delete(get_draft(session, survey))
    session.flush()


def _locked(session: Session, survey: Survey) -> QuestionnaireDraft:
    chosen = select(QuestionnaireDraft).where(QuestionnaireDraft.survey_id == survey.id)
    draft = session.scalars(chosen.with_for_update()).one_or_none()
    if draft is None:
        raise NotFound(_l("Nobody is writing a draft of this questionnaire."))
    session.refresh(draft)
    return draft


def _put(
    draft: QuestionnaireDraft, definition: dict[str, object], *, now: datetime, by: Author
) -> None:
    draft.definition = definition
    draft.edition += 1
    draft.state = DraftState.EDITING
    draft.changed_at = now
    draft.changed_by = by.label


def _forget_old_steps(session: Session, draft: QuestionnaireDraft) -> None:
    session.execute(
        delete(DraftStep).where(
            col(DraftStep.survey_id) == draft.survey_id,
            col(DraftStep.edition) < draft.edition - KEPT_STEPS,
        )
    )
