"""Publishing a draft as the survey's next version, also while waves are live.

A page first shows what publishing would do (`pending`), and is answered with the digest of what it
showed: who published, or changed the draft, in between makes it stale, and nothing happens.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from core import audit
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.actors import Actor
from movement.models import Call
from surveys.checks import Finding
from surveys.definition import Questionnaire
from surveys.languages import Counts, gaps
from surveys.models import (
    DraftState,
    DraftStep,
    QuestionnaireDraft,
    QuestionnaireVersion,
    Survey,
)
from surveys.queries import publishing as queries
from surveys.queries.publishing import Weighed
from surveys.services import moving
from surveys.services.drafts import document_of, get_draft
from surveys.services.questionnaires import refuse_archived
from surveys.services.readiness import obstacles, undecided
from surveys.services.sources import filled


class Stale(Conflict):
    """Something else would be published than the page showed."""


class NotReady(DomainError):
    """Something must be mended, decided or approved before."""

    status = 422


@dataclass(frozen=True)
class Pending:
    """What publishing the draft now would do.

    `number`: the new version's. `changes`: from the version `since`, the present one or an older
    one that an open wave still asks; none before the first (`since` is 0).
    `gaps`: the languages with missing or stale texts; `approved`: the review it needs is
    done, or none is needed. `shown`: the digest a page sends back.
    """

    draft: QuestionnaireDraft
    document: Questionnaire
    number: int
    since: int
    changes: list[Weighed]
    calls: list[Call]
    obstacles: list[Finding]
    gaps: Mapping[str, Counts]
    approved: bool
    unchanged: bool
    shown: str


def pending(session: Session, survey: Survey, *, now: datetime) -> Pending:
    """What publishing the survey's draft would do; raises `NotFound` where there is no draft."""
    draft = get_draft(session, survey)
    document = filled(session, document_of(draft), on=now.date())
    published = queries.documents_of(session, survey)
    newest = published[max(published)] if published else None
    calls = queries.live_calls(session, survey, now=now)
    since = queries.oldest_asked(session, calls) or max(published, default=0)
    before = published.get(since)
    changes = queries.weighed(session, before, document, calls) if before else []
    number = max(published, default=0) + 1
    return Pending(
        draft=draft,
        document=document,
        number=number,
        since=since,
        changes=changes,
        calls=calls,
        obstacles=obstacles(document, published.values()),
        gaps=gaps(document),
        approved=not survey.second_pair or draft.state is DraftState.APPROVED,
        unchanged=newest is not None and newest.digest() == document.digest(),
        shown=queries.shown_digest(document, number, calls, changes),
    )


def publish_draft(
    session: Session,
    survey: Survey,
    *,
    shown: str,
    decided: Mapping[str, str],
    now: datetime,
    by: Actor,
) -> QuestionnaireVersion:
    """Publish the draft as the page showed it; live waves and their responses go over to it.

    `shown`: the page's `Pending.shown`. `decided`: by language, why it is published with missing
    or stale texts. Raises `Stale`, `NotReady`, or `Conflict` where it says nothing new. Flushes.
    """
    session.exec(select(Survey.id).where(Survey.id == survey.id).with_for_update()).one()
    session.refresh(survey)
    refuse_archived(survey)
    plan = _checked(session, survey, shown, decided, now=now)
    version = QuestionnaireVersion(
        survey_id=survey.id,
        number=plan.number,
        definition=plan.document.as_json(),
        digest=plan.document.digest(),
        published_at=now,
    )
    survey.titles = dict(plan.document.texts)
    session.add_all([survey, version])
    _end_draft(session, plan.draft)
    session.flush()
    moved = [moving.go_over(session, call, version, now=now, by=by) for call in plan.calls]
    went = len([one for one in moved if one is not None])
    _record(session, survey, plan, decided, waves=went, now=now, by=by)
    return version


def _record(
    session: Session, survey: Survey, plan: Pending, decided: Mapping[str, str], *,
    waves: int, now: datetime, by: Actor,
) -> None:  # fmt: skip
    reasons = {
        language: {"why": why, "missing": counts.missing, "stale": counts.stale}
        for language, why in decided.items()
        if (counts := plan.gaps.get(language)) is not None
    }
    audit.record(
        session, "questionnaire.publish", about=survey.code, now=now, by=by,
        version=plan.number, digest=plan.document.digest(), changes=len(plan.changes),
        decided=reasons, waves=waves,
    )  # fmt: skip
    session.flush()


def _checked(
    session: Session, survey: Survey, shown: str, decided: Mapping[str, str], *, now: datetime
) -> Pending:
    try:
        plan = pending(session, survey, now=now)
    except DomainError as gone:
        raise Stale(_l("This draft was published or given up meanwhile.")) from gone
    if plan.shown != shown:
        raise Stale(
            _l("Something changed since this page was made. Look at it again, then publish.")
        )
    if plan.unchanged:
        raise Conflict(_l("The draft says what the present version says. There is nothing new."))
    if plan.obstacles or undecided(plan.gaps, decided) or not plan.approved:
        raise NotReady(_l("Something is still missing before this can be published."))
    return plan


def _end_draft(session: Session, draft: QuestionnaireDraft) -> None:
    """The draft has become a version: its steps go with it."""
    session.execute(delete(DraftStep).where(col(DraftStep.survey_id) == draft.survey_id))
    session.delete(draft)
