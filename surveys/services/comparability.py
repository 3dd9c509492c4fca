"""What authors said of each question between two versions, so that trends never guess."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from core import audit
from core.errors import Conflict, NotFound
from core.texts import lazy as _l
from movement.actors import Actor
from surveys.changes.comparing import Comparable, proposals
from surveys.definition import Question
from surveys.models import Survey
from surveys.publishing_models import Comparability
from surveys.queries.publishing import documents_of


@dataclass(frozen=True)
class Line:
    """A question both versions ask. `said`: None while no author said anything."""

    before: Question
    after: Question
    proposed: Comparable
    said: Comparable | None

    def as_json(self) -> dict[str, Any]:
        """As `flask surveys diff --comparability` prints it."""
        return {
            "code": self.after.code,
            "uid": str(self.after.uid),
            "proposed": self.proposed.value,
            "said": self.said.value if self.said else None,
        }


def lines_between(session: Session, survey: Survey, before: int, after: int) -> list[Line]:
    """Every question that both published versions ask, in the order asked now.

    Raises `NotFound` for a version there is none of, `Conflict` where it is no later one.
    """
    documents = documents_of(session, survey)
    if before not in documents or after not in documents:
        raise NotFound(_l("There is no such version of this questionnaire."))
    if before >= after:
        raise Conflict(_l("Compare a version with a later one."))
    one, other = documents[before], documents[after]
    former = {question.uid: question for question in one.anywhere.values()}
    present = {question.uid: question for question in other.anywhere.values()}
    said = {row.uid: row.said for row in _rows(session, survey, before, after)}
    return [
        Line(former[uid], present[uid], proposed, said.get(uid))
        for uid, proposed in proposals(one, other).items()
    ]


def say(
    session: Session,
    survey: Survey,
    before: int,
    after: int,
    said: Mapping[UUID, Comparable],
    *,
    now: datetime,
    by: Actor,
) -> int:
    """Record what an author says of questions by uid; return how many are said otherwise. Flushes.

    Questions that aren't in both versions are left out. Raises as `lines_between`.
    """
    rows = {row.uid: row for row in _rows(session, survey, before, after)}
    changed = 0
    for line in lines_between(session, survey, before, after):
        uid = line.after.uid
        word = said.get(uid)
        if word is None or word is line.said:
            continue
        row = rows.get(uid) or Comparability(
            survey_id=survey.id, before=before, after=after, uid=uid, said=word, at=now, by=by.label
        )
        row.said, row.at, row.by = word, now, by.label
        session.add(row)
        changed += 1
    if changed:
        audit.record(
            session, "comparability.said", about=survey.code, now=now, by=by,
            before=before, after=after, questions=changed,
        )  # fmt: skip
    session.flush()
    return changed


def _rows(session: Session, survey: Survey, before: int, after: int) -> list[Comparability]:
    chosen = select(Comparability).where(
        Comparability.survey_id == survey.id,
        Comparability.before == before,
        Comparability.after == after,
    )
    return list(session.scalars(chosen))
