"""Pledges: written by one component or party, published with a number, withdrawn with a trace.

While in progress a pledge is its makers' own. A change of its words takes back what others had
signed, since they signed other words. Once published its words stay; progress is reported beside.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlalchemy.exc import InvalidRequestError
from sqlmodel import Session, col, select

from consult.models import (
    Consultation,
    Draft,
    DraftState,
    Pledge,
    PledgeParty,
    PledgeProgress,
    PledgeState,
)
from consult.pledge_states import Progress
from consult.services.drafts import Act
from consult.services.pledge_words import Words, checked, kept
from core import audit
from core.errors import Conflict, DomainError, NotFound
from core.texts import lazy as _l
from movement.models import Organisation, OutsideParty

LONGEST_PROGRESS = 5_000
Maker = Organisation | OutsideParty


class PledgeEditedElsewhere(Conflict):
    """Somebody else saved the pledge since the page was made."""


def lock(session: Session, pledge: Pledge, edition: int | None = None) -> None:
    """Wait for whoever is at the pledge, and read what they made of it.

    `edition`: of the page on which somebody read the words they act on, None for whatever there is.
    Raises `PledgeEditedElsewhere`, `NotFound` for a pledge deleted meanwhile.
    """
    try:
        session.refresh(pledge, with_for_update=True)
    except InvalidRequestError as gone:
        raise NotFound(_l("There is no such pledge.")) from gone
    _refuse_stale(pledge, edition)


def _refuse_stale(pledge: Pledge, edition: int | None) -> None:
    if edition is not None and edition != pledge.edition:
        raise PledgeEditedElsewhere(_l("Somebody else saved this pledge since you opened it."))


def begin(session: Session, draft: Draft, words: Words, maker: Maker, act: Act) -> Pledge:
    """A pledge in progress to paragraphs of a published draft; its maker leads, and has signed.

    Raises `Conflict` for a draft in work, `BadPledge` for words that won't do. Flushes.
    """
    if draft.state is not DraftState.PUBLISHED:
        raise Conflict(_l("Pledges are made to a published draft."))
    begins = checked(words, draft)
    pledge = Pledge(
        consultation_id=draft.consultation_id, draft_id=draft.id, from_date=begins,
        created_at=act.now,
    )  # fmt: skip
    _write(pledge, words, begins)
    session.add(pledge)
    session.flush()
    outside = maker.id if isinstance(maker, OutsideParty) else None
    session.add(
        PledgeParty(
            pledge_id=pledge.id, organisation_id=None if outside else maker.id,
            outside_party_id=outside, lead=True, signed_at=act.now, signed_by=act.label,
        )
    )  # fmt: skip
    session.flush()
    return pledge


def revise(session: Session, pledge: Pledge, words: Words, *, edition: int | None = None) -> bool:
    """Give a pledge in progress other words; whether that took back signatures of others.

    `edition`: of the page, None to write whatever there is. Raises `PledgeEditedElsewhere`,
    `Conflict` once it is published, `BadPledge` for words that won't do.
    """
    lock(session, pledge)
    _refuse_public(pledge)
    _refuse_stale(pledge, edition)
    before = _said(pledge)
    _write(pledge, words, checked(words, session.get_one(Draft, pledge.draft_id)))
    pledge.edition += 1
    session.add(pledge)
    taken_back = 0
    if _said(pledge) != before:
        for party in _others(session, pledge):
            taken_back += party.signed_at is not None
            party.signed_at, party.signed_by = None, ""
            session.add(party)
    session.flush()
    return taken_back > 0


def _said(pledge: Pledge) -> tuple[object, ...]:
    """What whoever signs a pledge agrees to."""
    dates = pledge.from_date, pledge.until_date
    return dict(pledge.titles), dict(pledge.texts), sorted(pledge.lineages), dates


def _others(session: Session, pledge: Pledge) -> list[PledgeParty]:
    """The parties but the lead; outside parties are the staff's to ask again."""
    chosen = select(PledgeParty).where(
        PledgeParty.pledge_id == pledge.id, col(PledgeParty.lead).is_(False)
    )
    return list(session.scalars(chosen.execution_options(populate_existing=True)))


def _refuse_public(pledge: Pledge) -> None:
    if pledge.state is not PledgeState.IN_PROGRESS:
        raise Conflict(_l("This pledge is in the register: its words no longer change."))


def _write(pledge: Pledge, words: Words, begins: date) -> None:
    pledge.titles, pledge.texts = kept(words.titles), kept(words.texts)
    pledge.language = words.language
    pledge.lineages = [str(one) for one in dict.fromkeys(words.lineages)]
    pledge.focal_function = words.focal_function.strip()
    pledge.from_date, pledge.until_date = begins, words.until_date
    pledge.open_to_others = words.open_to_others


def publish(session: Session, pledge: Pledge, act: Act, *, edition: int | None = None) -> int:
    """Put a pledge into the public register; the number it has there, counted per consultation.

    Who was asked and hasn't signed doesn't stand there, and may still sign. `edition`: of the page,
    None to publish whatever there is. Raises `Conflict`, `PledgeEditedElsewhere`.
    """
    consultation = session.get_one(Consultation, pledge.consultation_id, with_for_update=True)
    lock(session, pledge, edition)
    _refuse_public(pledge)
    newest = select(func.max(Pledge.number)).where(Pledge.consultation_id == consultation.id)
    number = (session.execute(newest).scalar() or 0) + 1
    pledge.number, pledge.state, pledge.published_at = number, PledgeState.PUBLISHED, act.now
    session.add(pledge)
    audit.record(
        session, "pledge.published", about=consultation.code, now=act.now, label=act.label,
        number=number,
    )  # fmt: skip
    session.flush()
    return number


def withdraw(session: Session, pledge: Pledge, act: Act) -> None:
    """Mark a published pledge as withdrawn: it stays in the register. Raises `Conflict`."""
    lock(session, pledge)
    if pledge.state is not PledgeState.PUBLISHED:
        raise Conflict(_l("Only a pledge of the register can be withdrawn."))
    pledge.state = PledgeState.WITHDRAWN
    session.add(pledge)
    consultation = session.get_one(Consultation, pledge.consultation_id)
    audit.record(
        session, "pledge.withdrawn", about=consultation.code, now=act.now, label=act.label,
        number=pledge.number,
    )  # fmt: skip
    session.flush()


def drop(session: Session, pledge: Pledge) -> None:
    """Delete a pledge that was never published. Raises `Conflict` for one of the register."""
    lock(session, pledge)
    _refuse_public(pledge)
    session.delete(pledge)
    session.flush()


@dataclass(frozen=True)
class Told:
    """A report of progress. `organisation` None: entered by staff for an outside party."""

    status: Progress
    text: str
    language: str = "en"
    organisation: Organisation | None = None


def report(session: Session, pledge: Pledge, told: Told, act: Act) -> PledgeProgress:
    """Add a report on how a published pledge is coming along; it is public at once.

    Raises `Conflict` for a pledge not in the register, `DomainError` for an empty or too long
    report and for an organisation that hasn't signed.
    """
    lock(session, pledge)
    if pledge.state is not PledgeState.PUBLISHED:
        raise Conflict(_l("Progress is reported on pledges of the register."))
    text = told.text.strip()
    if not text or len(text) > LONGEST_PROGRESS:
        raise DomainError(_l("Write what was done, in at most 5,000 characters."))
    if told.organisation is not None and not _has_signed(session, pledge, told.organisation):
        raise DomainError(_l("Only who has signed a pledge reports on it."))
    row = PledgeProgress(
        pledge_id=pledge.id, organisation_id=told.organisation.id if told.organisation else None,
        language=told.language, text=text, status=told.status.value, at=act.now,
        by_label=act.label,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _has_signed(session: Session, pledge: Pledge, organisation: Organisation) -> bool:
    chosen = select(PledgeParty).where(
        PledgeParty.pledge_id == pledge.id,
        PledgeParty.organisation_id == organisation.id,
        col(PledgeParty.signed_at).is_not(None),
        col(PledgeParty.left_at).is_(None),
    )
    return session.scalars(chosen).one_or_none() is not None
