"""What an organisation's people write before it is submitted: saved, dropped, endorsed, removed.

Nothing here is seen by anybody else. Whether somebody may act for the organisation is the caller's
question; when and in which state it can be done is answered here.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID, uuid4

from sqlalchemy import delete, update
from sqlalchemy.exc import InvalidRequestError
from sqlmodel import Session, col, select

from consult.models import (
    Consultation,
    Contribution,
    ContributionEvent,
    ContributionState,
    Endorsement,
    Source,
)
from consult.queries.voices import Voice
from consult.services.saying import LONGEST_WORDS, Said, tidied
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.actors import Actor
from movement.services import participation

LONGEST_NOTE = 2_000
MOVED_ON = _l("This was submitted or dropped meanwhile, so it can't be changed here.")


class Over(Conflict):
    """The organisation's deadline is over, or the round was closed."""


class EditedElsewhere(Conflict):
    """A colleague saved the contribution since this page was made. `theirs`: as it is now."""

    def __init__(self, theirs: Contribution) -> None:
        super().__init__(
            _l("Somebody else changed this meanwhile. Both versions are below: nothing is lost.")
        )
        self.theirs = theirs


@dataclass(frozen=True)
class By:
    """Who acts, when, and by which way the words came.

    `person_id` None: a command. `on_behalf`: staff enter what an organisation said elsewhere;
    `note` then says how it came, and `meeting_id` at which meeting.
    """

    now: datetime
    label: str
    person_id: UUID | None = None
    on_behalf: bool = False
    source: Source = Source.WEB
    note: str = ""
    meeting_id: UUID | None = None

    @classmethod
    def of(cls, actor: Actor, now: datetime) -> Self:
        """Somebody of the organisation, on a page."""
        return cls(now, actor.label, actor.id)


def refuse_over(voice: Voice, now: datetime) -> None:
    """Raise `Over` where the organisation can't contribute any more."""
    if not voice.open(now):
        raise Over(
            _l(
                "The deadline of this round is over, or the round was closed. Nothing was changed. "
                "Write to the secretariat if this must still go in."
            )
        )


def hold(session: Session, one: Contribution) -> None:
    """Wait for whoever is at a contribution, and read what they made of it.

    Nobody else changes it, or what hangs on it, until the commit. Raises `Conflict` where it is
    gone.
    """
    try:
        session.refresh(one, with_for_update={"key_share": True})
    except InvalidRequestError as gone:
        raise Conflict(MOVED_ON) from gone


def noted(note: str, most: int = LONGEST_NOTE) -> str:
    """A note as it is kept, none of it cut off. Raises `DomainError` for one that is too long."""
    kept = note.replace("\r\n", "\n").strip()
    if len(kept) > most:
        raise DomainError(_l("Write at most %(most)s characters.", most=most), 422)
    return kept


def record(
    session: Session, one: Contribution, act: str, by: By, *, note: str = "",
    before: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Add an event to a contribution's history."""
    session.add(
        ContributionEvent(
            contribution_id=one.id, at=by.now, by_label=by.label, act=act, note=note, before=before
        )
    )


def write(
    session: Session,
    voice: Voice,
    said: Said,
    by: By,
    *,
    one: Contribution | None = None,
    edition: int | None = None,
    identity: UUID | None = None,
) -> Contribution:
    """Save a contribution in progress: a new one, or `one` if it still has this edition. Flushes.

    `identity`: the id a new one will have, made with its page, so that a page sent twice makes one.
    Raises `BadContribution` for what can't stand, `Over` after the deadline, `EditedElsewhere`, and
    `Conflict` for one that is no longer in progress and for a page sent twice with other words.
    """
    refuse_over(voice, by.now)
    said = tidied(said, voice.document)
    if one is None:
        return _begin(session, voice, said, by, identity or uuid4())
    return _change(session, one, said, by, edition=edition)


def _change(
    session: Session, one: Contribution, said: Said, by: By, *, edition: int | None
) -> Contribution:
    _same_kind(one, said)
    before = _plain(Said.of(one))
    if _plain(said) == before:
        return one
    _check_state(one, ContributionState.IN_PROGRESS)
    saved = session.execute(
        update(Contribution)
        .where(
            col(Contribution.id) == one.id,
            col(Contribution.edition) == (one.edition if edition is None else edition),
            col(Contribution.state) == ContributionState.IN_PROGRESS,
        )
        .values(**said.fields(), edition=Contribution.edition + 1, updated_at=by.now)
        .returning(col(Contribution.id))
    ).one_or_none()
    hold(session, one)
    if saved is None:
        _check_state(one, ContributionState.IN_PROGRESS)
        raise EditedElsewhere(one)
    record(session, one, "written", by, before=before)
    session.flush()
    return one


def _begin(session: Session, voice: Voice, said: Said, by: By, identity: UUID) -> Contribution:
    _hold_part(session, voice)
    known = session.get(Contribution, identity, populate_existing=True)
    if known is not None:
        return _same(known, voice, said)
    one = Contribution(
        id=identity,
        consultation_id=voice.consultation.id, call_id=voice.call.id, draft_id=voice.draft.id,
        organisation_id=voice.organisation.id, author_id=None if by.on_behalf else by.person_id,
        author_label="" if by.on_behalf else by.label,
        recorded_by=by.label if by.on_behalf else "", source=by.source, source_note=by.note[:500],
        meeting_id=by.meeting_id, created_at=by.now, updated_at=by.now, **said.fields(),
    )  # fmt: skip
    session.add(one)
    session.flush()
    participation.started(voice.part, now=by.now)
    record(session, one, "begun", by)
    session.flush()
    return one


def _hold_part(session: Session, voice: Voice) -> None:
    """Let nobody else begin for the organisation until the commit.

    The consultation's row comes first, as with those who submit: they lock the part too.
    """
    session.execute(
        select(Consultation.id)
        .where(Consultation.id == voice.consultation.id)
        .with_for_update(read=True, key_share=True)
    )
    session.refresh(voice.part, with_for_update=True)


def _same(known: Contribution, voice: Voice, said: Said) -> Contribution:
    """What an earlier sending of the same page made, if it said the same."""
    place = (voice.call.id, voice.organisation.id)
    if (known.call_id, known.organisation_id) != place or _plain(Said.of(known)) != _plain(said):
        raise Conflict(
            _l("This page was sent already, with other words. Load it again to write another one.")
        )
    return known


def _plain(said: Said) -> dict[str, Any]:
    """What was said as JSON."""
    return {name: str(value) if value is not None else None for name, value in
            said.fields().items()}  # fmt: skip


def _same_kind(one: Contribution, said: Said) -> None:
    if one.kind is not said.kind:
        raise DomainError(_l("A comment stays a comment: write a new contribution instead."))


def _check_state(one: Contribution, *allowed: ContributionState) -> None:
    if one.state not in allowed:
        raise Conflict(MOVED_ON)


def drop(session: Session, voice: Voice, one: Contribution, by: By, *, note: str = "") -> None:
    """Set a contribution in progress aside; it can be taken up again. Flushes."""
    _turn(session, voice, one, by, act="dropped", note=note)


def restore(session: Session, voice: Voice, one: Contribution, by: By) -> None:
    """Take up again what was dropped. Flushes."""
    _turn(session, voice, one, by, act="restored")


def _turn(
    session: Session, voice: Voice, one: Contribution, by: By, *, act: str, note: str = ""
) -> None:
    refuse_over(voice, by.now)
    progress, dropped = ContributionState.IN_PROGRESS, ContributionState.DROPPED
    start, end = (progress, dropped) if act == "dropped" else (dropped, progress)
    moved = session.execute(
        update(Contribution)
        .where(col(Contribution.id) == one.id, col(Contribution.state) == start)
        .values(state=end, updated_at=by.now)
        .returning(col(Contribution.id))
    ).one_or_none()
    hold(session, one)
    if moved is None:
        _check_state(one, start)
    record(session, one, act, by, note=noted(note))
    session.flush()


def remove(session: Session, voice: Voice, one: Contribution, by: By) -> None:
    """Delete what one wrote oneself and nobody submitted. Flushes. Raises `Conflict`."""
    refuse_over(voice, by.now)
    if by.person_id is None or one.author_id != by.person_id:
        raise Conflict(_l("Only who wrote it can remove it. You can drop it instead."))
    gone = session.execute(
        delete(Contribution)
        .where(
            col(Contribution.id) == one.id,
            col(Contribution.state).in_((ContributionState.IN_PROGRESS, ContributionState.DROPPED)),
        )
        .returning(col(Contribution.id))
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if gone is None:
        hold(session, one)
        _check_state(one)
    session.expunge(one)
    session.flush()


def endorse(
    session: Session, voice: Voice, one: Contribution, by: By, *, endorses: bool | None,
    note: str = "",
) -> None:  # fmt: skip
    """A colleague's word on what another wrote; `endorses` None takes it back. Flushes.

    Raises `Conflict` for one's own and for what is no longer in progress, `DomainError` for a note
    that is too long.
    """
    refuse_over(voice, by.now)
    hold(session, one)
    _check_state(one, ContributionState.IN_PROGRESS)
    if by.person_id is None or one.author_id == by.person_id:
        raise Conflict(_l("You wrote this yourself. A colleague can endorse it."))
    note = noted(note, LONGEST_WORDS)
    word = session.get(Endorsement, (one.id, by.person_id), populate_existing=True)
    if endorses is None:
        if word is not None:
            session.delete(word)
        session.flush()
        return
    word = word or Endorsement(contribution_id=one.id, person_id=by.person_id, at=by.now)
    word.endorses, word.note, word.at = endorses, note, by.now
    session.add(word)
    session.flush()
