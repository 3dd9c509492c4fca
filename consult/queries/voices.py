"""Who speaks in a round: an organisation with its part in it, and the draft it speaks of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select as any_select
from sqlalchemy.orm import defer
from sqlmodel import Session, col

from consult.models import Consultation, Draft, Round
from consult.queries.consultations import document_of, get_round
from consult.text.document import Document
from core.errors import NotFound
from core.texts import lazy as _l
from movement.deadlines import closes_at, is_open
from movement.models import Call, Organisation, Participation


@dataclass(frozen=True)
class Voice:
    """An organisation in a round. Its people write, one of them submits for it."""

    round: Round
    call: Call
    organisation: Organisation
    part: Participation
    draft: Draft
    consultation: Consultation

    @property
    def document(self) -> Document:
        """The text it speaks of."""
        return document_of(self.draft)

    @property
    def closes_at(self) -> datetime:
        """The first moment after its deadline."""
        return closes_at(self.call.closes_on, self.organisation.timezone)

    def open(self, now: datetime) -> bool:
        """Whether it may still write and submit, by the server's clock."""
        in_time = is_open(self.call, self.organisation.timezone, now)
        return in_time and self.round.closed_at is None and self.call.archived_at is None


_VOICES = (
    any_select(Round, Call, Organisation, Participation, Draft, Consultation)
    .select_from(Participation)
    .join(Call, col(Call.id) == col(Participation.call_id))
    .join(Round, col(Round.call_id) == col(Call.id))
    .join(Organisation, col(Organisation.id) == col(Participation.organisation_id))
    .join(Draft, col(Draft.id) == col(Round.draft_id))
    .join(Consultation, col(Consultation.id) == col(Round.consultation_id))
    .options(defer(cast(Any, Draft.document)))  # large, and remembered where it was read before
)


def get_voice(session: Session, call_code: str, organisation_code: str) -> Voice:
    """An organisation that takes part in a round, by both codes; raises `NotFound`."""
    row = session.execute(
        _VOICES.where(col(Call.code) == call_code, col(Organisation.code) == organisation_code)
    ).one_or_none()
    if row is None:
        get_round(session, call_code)
        raise NotFound(
            _l(
                "%(organisation)s takes no part in the round %(call)s.",
                organisation=organisation_code, call=call_code,
            )
        )  # fmt: skip
    return Voice(*row)


def voices_of(
    session: Session, organisation_ids: Collection[UUID], consultation_id: UUID | None = None
) -> list[Voice]:
    """The rounds that these organisations take part in, the newest first; of one consultation."""
    if not organisation_ids:
        return []
    chosen = _VOICES.where(col(Participation.organisation_id).in_(organisation_ids))
    if consultation_id is not None:
        chosen = chosen.where(col(Round.consultation_id) == consultation_id)
    ordered = chosen.order_by(
        col(Consultation.code), col(Round.number).desc(), col(Organisation.code)
    )
    return [Voice(*row) for row in session.execute(ordered)]
