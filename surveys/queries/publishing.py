"""What publishing a draft would do: to which waves, and to how many answers already given."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as any_select
from sqlmodel import Session, col, select

from movement.deadlines import state_at
from movement.models import Call, CallState
from surveys.changes import Change, diff
from surveys.changes.effects import Becomes, becomes, touched
from surveys.definition import Questionnaire
from surveys.models import QuestionnaireVersion, Response, ResponseState, Survey, Wave
from surveys.queries.questionnaires import questionnaire_of


@dataclass(frozen=True)
class Held:
    """How many responses hold an answer a change is about."""

    in_progress: int = 0
    submitted: int = 0

    @property
    def any(self) -> bool:
        """Whether any does."""
        return bool(self.in_progress or self.submitted)


@dataclass(frozen=True)
class Weighed:
    """A change with what it does to answers already given."""

    change: Change
    becomes: Becomes
    held: Held

    def as_json(self) -> dict[str, Any]:
        """As `flask surveys diff` prints it."""
        effect = {
            "answers": self.becomes.value,
            "in_progress": self.held.in_progress,
            "submitted": self.held.submitted,
        }
        return {**self.change.as_json(), "effect": effect}


@dataclass(frozen=True)
class LiveWave:
    """A wave that would go over to the next version, with its responses now in each state."""

    call: Call
    in_progress: int
    submitted: int


def versions_by_number(session: Session, survey: Survey) -> dict[int, QuestionnaireVersion]:
    """The survey's published versions, the first first."""
    rows = session.scalars(
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.survey_id == survey.id, col(QuestionnaireVersion.number) > 0)
        .order_by(col(QuestionnaireVersion.number))
    )
    return {row.number: row for row in rows}


def documents_of(session: Session, survey: Survey) -> dict[int, Questionnaire]:
    """The survey's published questionnaires by number, the first first."""
    found = versions_by_number(session, survey)
    return {number: questionnaire_of(session, row.id) for number, row in found.items()}


def live_calls(session: Session, survey: Survey, *, now: datetime) -> list[Call]:
    """The calls of the survey's waves that are not over, by code; test runs are none of them."""
    rows = session.scalars(
        select(Call)
        .join(Wave, col(Wave.call_id) == Call.id)
        .where(Wave.survey_id == survey.id, col(Call.test).is_(False))
        .order_by(Call.code)
    )
    return [call for call in rows if state_at(call, now) is not CallState.CLOSED]


def oldest_asked(session: Session, calls: Iterable[Call]) -> int | None:
    """The number of the oldest version these calls ask, None where there are none."""
    return session.scalars(
        select(func.min(QuestionnaireVersion.number))
        .join(Wave, col(Wave.version_id) == QuestionnaireVersion.id)
        .where(col(Wave.call_id).in_([call.id for call in calls]))
    ).one()


def live_waves(session: Session, calls: Iterable[Call]) -> list[LiveWave]:
    """The same, with how many responses each has."""
    return [_live(session, call) for call in calls]


def _live(session: Session, call: Call) -> LiveWave:
    states = [state for state, _answers in _answers_in(session, [call.id])]
    done = states.count(ResponseState.SUBMITTED)
    return LiveWave(call, len(states) - done, done)


def weighed(
    session: Session, before: Questionnaire, after: Questionnaire, calls: Iterable[Call]
) -> list[Weighed]:
    """The changes from one to the other, with the answers they touch in these calls."""
    given = list(_answers_in(session, [call.id for call in calls]))
    return [
        Weighed(change, becomes(change), _held(change, given)) for change in diff(before, after)
    ]


def _held(change: Change, given: list[tuple[ResponseState, Mapping[str, Any]]]) -> Held:
    states = [state for state, answers in given if touched(change, answers)]
    done = states.count(ResponseState.SUBMITTED)
    return Held(len(states) - done, done)


def _answers_in(
    session: Session, call_ids: list[UUID]
) -> Iterable[tuple[ResponseState, Mapping[str, Any]]]:
    rows = session.execute(
        any_select(col(Response.state), col(Response.answers), col(Response.unread)).where(
            col(Response.wave_id).in_(call_ids)
        )
    )
    return [(state, {**unread, **answers}) for state, answers, unread in rows]


def shown_digest(document: Questionnaire, newest: int, calls: Iterable[Call],
                 changes: Iterable[Weighed]) -> str:  # fmt: skip
    """What a page about publishing remembers of what it showed.

    It changes with the draft, the version it follows, the waves that would go over, and with the
    first answer that a change touches; not with every answer more, since a busy wave would never
    let anybody publish.
    """
    shown = [
        document.digest(),
        newest,
        [call.code for call in calls],
        [[one.change.as_json(), one.becomes, bool(one.held.in_progress), bool(one.held.submitted)]
         for one in changes],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:32]
