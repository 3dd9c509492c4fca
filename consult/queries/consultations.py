"""Consultations, their drafts and rounds. Reads only."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from sqlmodel import Session, col, select

from consult.models import Consultation, Draft, DraftOperation, DraftState, Round
from consult.text.document import Document
from core.errors import NotFound
from core.texts import lazy as _l
from movement.deadlines import state_at
from movement.models import Call, CallState, Participation

BEYOND = 10**6
"""A number no draft reaches; a database can't even look for numbers of twenty digits."""


def get_consultation(session: Session, code: str) -> Consultation:
    """The consultation with this code; raises `NotFound`."""
    found = find_consultation(session, code)
    if found is None:
        raise _unknown(code)
    return found


def refuse_unknown(session: Session, code: str) -> None:
    """Raise `NotFound` unless there is such a consultation; nothing else of its row is read."""
    if session.scalar(select(Consultation.code).where(Consultation.code == code)) is None:
        raise _unknown(code)


def _unknown(code: str) -> NotFound:
    return NotFound(_l("There is no consultation with the code %(code)s.", code=code))


def find_consultation(session: Session, code: str) -> Consultation | None:
    """The consultation with this code, or None."""
    return session.scalars(select(Consultation).where(Consultation.code == code)).one_or_none()


def consultations(session: Session) -> list[Consultation]:
    """All of them, by code."""
    return list(session.scalars(select(Consultation).order_by(Consultation.code)))


def drafts_of(session: Session, consultation: Consultation) -> list[Draft]:
    """The drafts of a consultation, the first one first, those in work included."""
    chosen = select(Draft).where(Draft.consultation_id == consultation.id)
    return list(session.scalars(chosen.order_by(col(Draft.number))))


def get_draft(session: Session, consultation: Consultation, number: int) -> Draft:
    """A draft by its number; raises `NotFound`."""
    chosen = select(Draft).where(
        Draft.consultation_id == consultation.id, Draft.number == min(number, BEYOND)
    )
    found = session.scalars(chosen).one_or_none()
    if found is None:
        raise NotFound(
            _l(
                "The consultation %(code)s has no draft %(number)s.",
                code=consultation.code, number=number,
            )
        )  # fmt: skip
    return found


def published(drafts: Iterable[Draft]) -> list[Draft]:
    """Those of the drafts that are published."""
    return [draft for draft in drafts if draft.state is DraftState.PUBLISHED]


def newest_published(session: Session, consultation: Consultation) -> Draft | None:
    """The draft published last, or None."""
    found = published(drafts_of(session, consultation))
    return found[-1] if found else None


def document_of(draft: Draft) -> Document:
    """A draft's text. A published one is read once and remembered by its digest."""
    if draft.state is DraftState.PUBLISHED and draft.digest:
        return _published(draft.id, draft.digest, _Raw(draft))
    return Document.model_validate(draft.document)


class _Raw:
    """A draft whose document is looked at only where it isn't remembered, and then let go."""

    def __init__(self, draft: Draft) -> None:
        self.draft: Draft | None = draft

    def document(self) -> object:
        """The stored document; asked for once."""
        draft, self.draft = self.draft, None
        return draft.document if draft else None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Raw)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _published(_id: UUID, _digest: str, raw: _Raw) -> Document:
    return Document.model_validate(raw.document())


def operations_of(session: Session, draft: Draft) -> list[DraftOperation]:
    """The change set that makes a draft of its base, in order."""
    chosen = select(DraftOperation).where(DraftOperation.draft_id == draft.id)
    return list(session.scalars(chosen.order_by(col(DraftOperation.position))))


def get_round(session: Session, code: str) -> tuple[Round, Call]:
    """The round of this call's code; raises `NotFound`."""
    found = session.execute(select(Round, Call).join(Call).where(Call.code == code)).one_or_none()
    if found is None:
        raise NotFound(_l("There is no round with the code %(code)s.", code=code))
    return found[0], found[1]


def rounds_of(session: Session, consultation: Consultation) -> list[tuple[Round, Call]]:
    """The rounds of a consultation with their calls, the first one first."""
    chosen = select(Round, Call).join(Call).where(Round.consultation_id == consultation.id)
    return [(one, call) for one, call in session.execute(chosen.order_by(col(Round.number)))]


def open_round(
    session: Session, consultation: Consultation, *, now: datetime
) -> tuple[Round, Call] | None:
    """The newest round that takes contributions now, or None."""
    for one, call in reversed(rounds_of(session, consultation)):
        if one.closed_at is None and state_at(call, now) is CallState.OPEN:
            return one, call
    return None


def asked(session: Session, consultation_id: UUID) -> frozenset[UUID]:
    """The organisations that take part in any round of a consultation."""
    chosen = (
        select(Participation.organisation_id)
        .join(Round, col(Round.call_id) == col(Participation.call_id))
        .where(Round.consultation_id == consultation_id)
    )
    return frozenset(session.scalars(chosen))


def consultation_of_call(session: Session, call_id: UUID) -> Consultation | None:
    """The consultation that a round belongs to, or None for a call that is no round."""
    chosen = select(Consultation).join(Round).where(Round.call_id == call_id)
    return session.scalars(chosen).one_or_none()
