"""The official voice: an organisation's contributions submitted, numbered and kept as they were.

Submitting locks the consultation's row, so that numbers follow each other without a gap on both
databases. Whether somebody may sign for the organisation is the caller's question.
"""

import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from consult.models import (
    Consultation,
    Contribution,
    ContributionKind,
    ContributionState,
    ContributionSubmission,
)
from consult.queries.voices import Voice
from consult.services import sponsoring
from consult.services.contributions import By, record, refuse_over
from consult.services.saying import Said
from core import audit
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.queries.approvals import standing
from movement.services import participation

SUBMISSIONS = UUID("0d8f2f0c-6a0e-4f57-9a39-2f6c1f6f3f0e")
"""What ids of submissions are made in."""
REFERENCE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Unapproved(Conflict):
    """A second person has not approved exactly this."""


def in_progress(session: Session, voice: Voice, *, entered: bool = False) -> list[Contribution]:
    """What the organisation could submit now, the oldest first.

    `entered`: what staff entered on its behalf; else what its own people wrote.
    """
    chosen = select(Contribution).where(
        Contribution.call_id == voice.call.id,
        Contribution.organisation_id == voice.organisation.id,
        Contribution.state == ContributionState.IN_PROGRESS,
        (col(Contribution.recorded_by) != "") if entered else (col(Contribution.recorded_by) == ""),
    )
    return list(
        session.scalars(chosen.order_by(col(Contribution.created_at), col(Contribution.id)))
    )


def content_of(contributions: Collection[Contribution]) -> list[dict[str, Any]]:
    """What is submitted, as plain data in the order of its ids: the same words, the same data."""
    return [
        {
            "id": str(one.revises_id or one.id),
            **{name: _plain(value) for name, value in Said.of(one).fields().items()},
        }
        for one in sorted(contributions, key=lambda one: one.revises_id or one.id)
    ]


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str | UUID) else value


def digest_of(content: list[dict[str, Any]]) -> str:
    """SHA-256 of it as sorted JSON: what a second person approves, and a receipt's checksum."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def shown_as(one: Contribution) -> str:
    """How a page names the words that it shows of a contribution."""
    return f"{one.id} {one.edition}"


def identity_of(shown: Iterable[str]) -> UUID:
    """The id of the submission in which these go in: nothing is submitted twice."""
    return uuid5(SUBMISSIONS, "\n".join(sorted(shown)))


def submit(
    session: Session,
    voice: Voice,
    contributions: Collection[Contribution],
    by: By,
    *,
    seen: Collection[str] | None = None,
) -> ContributionSubmission:
    """Give these contributions in the organisation's name. Flushes.

    `seen`: what the page showed, as `shown_as` names it; None where there was no page. Where the
    round asks for approval they need that of a second person, for exactly these words; staff who
    enter on behalf record what was signed elsewhere. Raises `Over`, `Unapproved`, `Conflict` where
    one of them moved on or has other words than those seen, `DomainError` for none and for two
    positions on one paragraph.
    """
    refuse_over(voice, by.now)
    lock(session, voice)
    refuse_over(voice, by.now)
    chosen = _chosen(session, voice, contributions)
    _refuse_unseen(chosen, seen)
    content = content_of(chosen)
    approved_by = _approval(session, voice, digest_of(content), by)
    made = ContributionSubmission(
        id=identity_of(map(shown_as, chosen)),
        call_id=voice.call.id, organisation_id=voice.organisation.id,
        reference=make_reference(voice), at=by.now, by_id=by.person_id, by_label=by.label,
        approved_by=approved_by, content=content, checksum=digest_of(content),
    )  # fmt: skip
    session.add(made)
    session.flush()
    _number(session, voice, chosen, made, by)
    participation.submitted(session, voice.part, now=by.now)
    audit.record(
        session, "contribution.submitted", about=f"{voice.call.code}/{voice.organisation.code}",
        now=by.now, label=by.label, reference=made.reference, count=len(chosen),
        on_behalf=by.on_behalf, approved_by=approved_by,
    )  # fmt: skip
    session.flush()
    return made


def lock(session: Session, voice: Voice) -> None:
    """Let nobody else submit in this consultation, close the round or decline until it is done.

    Who writes and submits in one step takes it before writing, which holds the part.
    """
    session.execute(
        select(Consultation.id).where(Consultation.id == voice.consultation.id).with_for_update()
    )
    session.refresh(voice.round, with_for_update={"read": True})
    session.refresh(voice.call)
    session.refresh(voice.part, with_for_update=True)


def _chosen(
    session: Session, voice: Voice, contributions: Collection[Contribution]
) -> list[Contribution]:
    """The contributions as the database has them now, the oldest first."""
    found = session.scalars(
        select(Contribution)
        .where(
            col(Contribution.id).in_([one.id for one in contributions]),
            Contribution.call_id == voice.call.id,
            Contribution.organisation_id == voice.organisation.id,
            Contribution.state == ContributionState.IN_PROGRESS,
        )
        .order_by(col(Contribution.created_at), col(Contribution.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if not contributions:
        raise DomainError(_l("Choose at least one contribution to submit."), 422)
    if len(found) < len({one.id for one in contributions}):
        raise Conflict(_l("Some of these were submitted or dropped meanwhile. Look again."))
    _one_position_each(found)
    return list(found)


def _refuse_unseen(chosen: Sequence[Contribution], seen: Collection[str] | None) -> None:
    if seen is not None and any(shown_as(one) not in seen for one in chosen):
        raise Conflict(_l("A colleague changed something meanwhile. Read it again, then submit."))


def _one_position_each(chosen: Sequence[Contribution]) -> None:
    positions = Counter(one.lineage for one in chosen if one.kind is ContributionKind.POSITION)
    if any(count > 1 for count in positions.values()):
        raise DomainError(
            _l(
                "There are two positions on one paragraph. An organisation has one: drop the "
                "other, then submit."
            ),
            422,
        )


def _approval(session: Session, voice: Voice, digest: str, by: By) -> str:
    """Who approved it, "" where nobody has to."""
    if not voice.call.approval_required or by.on_behalf:
        return ""
    approval = standing(session, voice.call.id, voice.organisation.id, digest)
    if approval is None:
        raise Unapproved(_l("A second person must approve exactly this before it is submitted."))
    if approval.decided_by_id == by.person_id:
        raise Unapproved(_l("You approved this yourself: another person must submit it."))
    return approval.decided_by


def make_reference(voice: Voice) -> str:
    """What a receipt is called: the round, the organisation, and six letters nobody can guess."""
    letters = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(6))
    return f"{voice.call.code[:6]}-{voice.organisation.code[:6]}-{letters}".upper()


def _number(
    session: Session,
    voice: Voice,
    chosen: Sequence[Contribution],
    made: ContributionSubmission,
    by: By,
) -> None:
    """Each goes in under the next number; one that was returned, under its own."""
    number = _last_number(session, voice)
    for one in chosen:
        if one.revises_id is not None:
            _resubmit(session, one, made, by)
        else:
            number += 1
            _give(session, one, made, number, by)


def _last_number(session: Session, voice: Voice) -> int:
    numbers = select(func.max(Contribution.number)).where(
        Contribution.consultation_id == voice.consultation.id
    )
    return session.scalar(numbers) or 0


def _give(
    session: Session, one: Contribution, made: ContributionSubmission, number: int, by: By
) -> None:
    _replace_position(session, one, by)
    one.number, one.submission_id, one.submitted_at = number, made.id, by.now
    one.state = ContributionState.SUBMITTED
    session.flush()
    record(session, one, "submitted", by, note=made.reference)
    sponsoring.begin_inviting(session, one, by)


def _resubmit(
    session: Session, revision: Contribution, made: ContributionSubmission, by: By
) -> None:
    """The returned contribution takes its new words and goes in again, under its number."""
    one = session.get_one(
        Contribution, revision.revises_id, with_for_update=True, populate_existing=True
    )
    if one.state is not ContributionState.RETURNED:
        raise Conflict(_l("One of these is not waiting to be written anew any more. Drop it."))
    before, after = Said.of(one), Said.of(revision)
    for name, value in after.fields().items():
        setattr(one, name, value)
    sponsoring.bring_over(session, revision, one, by)
    session.execute(
        delete(Contribution)
        .where(col(Contribution.id) == revision.id)
        .execution_options(synchronize_session=False)
    )
    session.expunge(revision)
    _replace_position(session, one, by)
    one.state, one.submitted_at, one.submission_id = ContributionState.SUBMITTED, by.now, made.id
    one.edition, one.updated_at, one.is_current = one.edition + 1, by.now, True
    session.flush()
    words = {name: _plain(value) for name, value in before.fields().items()}
    record(session, one, "resubmitted", by, note=made.reference, before=words)
    if before != after:
        sponsoring.ask_again(session, one, by)


def _replace_position(session: Session, one: Contribution, by: By) -> None:
    """A position stands in the place of the one before it."""
    if one.kind is not ContributionKind.POSITION:
        return
    earlier = session.scalars(
        select(Contribution).where(
            Contribution.call_id == one.call_id,
            Contribution.organisation_id == one.organisation_id,
            Contribution.lineage == one.lineage,
            Contribution.kind == ContributionKind.POSITION,
            col(Contribution.state).in_((ContributionState.SUBMITTED, ContributionState.ADMITTED)),
            col(Contribution.is_current),
            Contribution.id != one.id,
        )
    ).all()
    for other in earlier:
        session.execute(
            update(Contribution).where(col(Contribution.id) == other.id).values(is_current=False)
        )
        record(session, other, "replaced", by)
