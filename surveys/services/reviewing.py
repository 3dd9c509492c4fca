"""The second pair of eyes: a draft is given to review, then approved or sent back with comments."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from core import audit
from core.errors import Conflict, Forbidden
from core.texts import lazy as _l
from movement.actors import Actor
from surveys.models import DraftState, QuestionnaireDraft, Survey
from surveys.publishing_models import DraftReview, ReviewAct
from surveys.services.drafts import get_draft
from surveys.services.questionnaires import refuse_archived

LONGEST_COMMENT = 2_000


class OwnDraft(Forbidden):
    """Whoever changed a draft last can't be its second pair of eyes."""


def set_rule(
    session: Session, survey: Survey, *, second_pair: bool, now: datetime, by: Actor
) -> None:
    """Say whether drafts of this survey need a second pair of eyes."""
    refuse_archived(survey)
    if survey.second_pair == second_pair:
        return
    survey.second_pair = second_pair
    audit.record(
        session, "survey.rules", about=survey.code, now=now, by=by, second_pair=second_pair
    )
    session.flush()


def ask(
    session: Session, survey: Survey, *, edition: int, now: datetime, by: Actor
) -> QuestionnaireDraft:
    """Give a draft to review; raises `Conflict` where it was changed since `edition`."""
    draft = _unchanged(session, survey, edition)
    if draft.state is not DraftState.EDITING:
        raise Conflict(_l("This draft is in review already."))
    draft.state = DraftState.IN_REVIEW
    _record(session, draft, ReviewAct.ASKED, now=now, by=by)
    return draft


def decide(
    session: Session,
    survey: Survey,
    *,
    approve: bool,
    edition: int,
    comments: Mapping[str, str],
    note: str,
    now: datetime,
    by: Actor,
) -> QuestionnaireDraft:
    """Approve a draft in review, or send it back; comments are by question's code.

    Raises `OwnDraft` for whoever changed it last, where the survey wants a second pair of eyes;
    `Conflict` where it is not in review, or was changed since `edition`.
    """
    draft = _unchanged(session, survey, edition)
    if draft.state is not DraftState.IN_REVIEW:
        raise Conflict(_l("This draft is not in review."))
    if survey.second_pair and by.label == draft.changed_by:
        raise OwnDraft(
            _l("You changed this draft last. Somebody else must review it before it is published.")
        )
    draft.state = DraftState.APPROVED if approve else DraftState.EDITING
    act = ReviewAct.APPROVED if approve else ReviewAct.SENT_BACK
    said = {code: text.strip()[:LONGEST_COMMENT] for code, text in comments.items() if text.strip()}
    _record(session, draft, act, said, note.strip()[:LONGEST_COMMENT], now=now, by=by)
    return draft


def reviews_of(session: Session, survey: Survey) -> list[DraftReview]:
    """Every step of reviewing the survey's drafts, the latest first."""
    chosen = select(DraftReview).where(DraftReview.survey_id == survey.id)
    return list(session.scalars(chosen.order_by(col(DraftReview.at).desc())))


def _unchanged(session: Session, survey: Survey, edition: int) -> QuestionnaireDraft:
    refuse_archived(survey)
    draft = get_draft(session, survey)
    session.refresh(draft, with_for_update=True)
    if draft.edition != edition:
        raise Conflict(_l("The draft was changed since you opened this page. Look at it again."))
    return draft


def _record(
    session: Session,
    draft: QuestionnaireDraft,
    act: ReviewAct,
    comments: Mapping[str, str] | None = None,
    note: str = "",
    *,
    now: datetime,
    by: Actor,
) -> None:
    about = session.get_one(Survey, draft.survey_id).code
    said = dict(comments or {})
    session.add(
        DraftReview(
            survey_id=draft.survey_id, edition=draft.edition, act=act, comments=said, note=note,
            at=now, by=by.label,
        )
    )  # fmt: skip
    audit.record(
        session, f"questionnaire.review_{act}", about=about, now=now, by=by,
        edition=draft.edition, comments=len(said),
    )  # fmt: skip
    session.flush()
