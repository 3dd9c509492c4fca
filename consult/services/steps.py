"""What all steps of the secretariat with contributions share: rows locked, records written.

Whoever comes second waits for the first, then sees what the first did: on PostgreSQL by a lock on
the rows, on SQLite because writing begins with the lock of the whole database.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from consult.models import (
    Consultation,
    Contribution,
    ContributionEvent,
    Disposition,
    DispositionState,
    Round,
)
from consult.services.drafts import Act, hold_consultation
from core import audit
from core.errors import Conflict, NotFound
from core.texts import lazy as _l

Standing = dict[DispositionState, Disposition]
"""The approved and the proposed disposition of one contribution, as far as there are any."""


class DecidedElsewhere(Conflict):
    """Somebody else changed a contribution since the page was made. Nothing was overwritten."""


def locked(session: Session, ids: Collection[UUID]) -> list[Contribution]:
    """These contributions as the database has them now, by number, locked until the commit.

    Their consultation is locked before them, as by whoever submits or publishes: so no two wait for
    each other, and what is admitted while a draft is published is carried over to it. Raises
    `NotFound` unless all are there.
    """
    _hold_consultations(session, ids)
    chosen = (
        select(Contribution)
        .where(col(Contribution.id).in_(set(ids)))
        .order_by(col(Contribution.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = list(session.scalars(chosen))
    if len(found) != len(set(ids)):
        raise NotFound(_l("There is no such contribution."))
    return sorted(found, key=lambda one: one.number or 0)


def _hold_consultations(session: Session, ids: Collection[UUID]) -> None:
    among = select(col(Contribution.consultation_id)).where(col(Contribution.id).in_(set(ids)))
    for identity in sorted(set(session.scalars(among))):
        hold_consultation(session, identity)


def open_rounds_of(session: Session, contributions: Iterable[Contribution]) -> None:
    """Hold the rounds of these contributions open until the commit. Raises `Conflict` if closed."""
    for round_ in _held(session, {one.call_id for one in contributions}):
        if round_.closed_at is not None:
            raise Conflict(
                _l("This round is closed: what was decided in it stands, and nothing is added.")
            )


def _held(session: Session, call_ids: Collection[UUID]) -> list[Round]:
    chosen = (
        select(Round)
        .where(col(Round.call_id).in_(call_ids))
        .order_by(col(Round.call_id))
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(chosen))


def is_closed(session: Session, contribution: Contribution) -> bool:
    """Whether the contribution's round is closed; it stays so, or open, until the commit."""
    return any(one.closed_at is not None for one in _held(session, {contribution.call_id}))


def standing_of(session: Session, ids: Collection[UUID]) -> dict[UUID, Standing]:
    """The dispositions that stand, by contribution."""
    chosen = (
        select(Disposition)
        .where(
            col(Disposition.contribution_id).in_(ids),
            col(Disposition.state) != DispositionState.REPLACED,
        )
        .execution_options(populate_existing=True)
    )
    found: dict[UUID, Standing] = {one: {} for one in ids}
    for row in session.scalars(chosen):
        found[row.contribution_id][row.state] = row
    return found


def stamp(contribution: Contribution, standing: Standing) -> str:
    """What a page remembers of the contribution it shows, to notice that it changed meanwhile."""
    rows = (standing.get(DispositionState.APPROVED), standing.get(DispositionState.PROPOSED))
    marks = (row.id.hex[:12] if row else "-" for row in rows)
    return ".".join((contribution.state.value, str(contribution.edition), *marks))


def refuse_stale(contribution: Contribution, standing: Standing, seen: str | None) -> None:
    """Raise `DecidedElsewhere` if this isn't what the page showed; None: the caller saw nothing."""
    if seen is not None and seen != stamp(contribution, standing):
        raise DecidedElsewhere(
            _l(
                "Somebody else has changed contribution %(number)s since you opened it. Nothing "
                "was overwritten: look at what stands now, then decide.",
                number=contribution.number,
            )
        )


def note(
    session: Session, contribution: Contribution, step: str, act: Act, *,
    text: str = "", before: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Add a step to a contribution's history."""
    session.add(
        ContributionEvent(
            contribution_id=contribution.id, at=act.now, by_label=act.label, act=step, note=text,
            before=before,
        )
    )  # fmt: skip


def enter(
    session: Session, contributions: Sequence[Contribution], action: str, act: Act, **details: Any
) -> None:
    """Enter what was done to these contributions of one consultation in the audit trail."""
    if not contributions:
        return
    consultation = session.get_one(Consultation, contributions[0].consultation_id)
    audit.record(
        session, action, about=consultation.code, now=act.now, label=act.label,
        numbers=[one.number for one in contributions], **details,
    )  # fmt: skip
