"""Pledges: written by one component or party, published with a number, withdrawn with a trace.

While in progress a pledge is its makers' own. A change of its words takes back what others had
signed, since they signed other words. Once published its words stay; progress is reported beside.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

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
from consult.queries.consultations import document_of
from consult.services.drafts import Act
from consult.text.document import BlockKind
from core import audit
from core.errors import Conflict, DomainError, NotFound
from core.texts import lazy as _l
from movement.models import Organisation, OutsideParty

LONGEST_TITLE, LONGEST_TEXT, LONGEST_FUNCTION = 200, 5_000, 300
LONGEST_PROGRESS = 5_000
MOST_PARAGRAPHS = 50
Maker = Organisation | OutsideParty


class PledgeEditedElsewhere(Conflict):
    """Somebody else saved the pledge since the page was made."""


@dataclass(frozen=True)
class Words:
    """What a pledge says. `titles`, `texts`: by language; those of `language` must be there.

    `focal_function`: whom to ask, as a function, never a person.
    """

    titles: Mapping[str, str]
    texts: Mapping[str, str]
    from_date: date
    until_date: date | None = None
    language: str = "en"
    lineages: tuple[UUID, ...] = field(default=())
    focal_function: str = ""
    open_to_others: bool = False


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

    Raises `Conflict` for a draft in work, `DomainError` for words that won't do. Flushes.
    """
    if draft.state is not DraftState.PUBLISHED:
        raise Conflict(_l("Pledges are made to a published draft."))
    pledge = Pledge(
        consultation_id=draft.consultation_id, draft_id=draft.id, from_date=words.from_date,
        created_at=act.now,
    )  # fmt: skip
    _write(pledge, draft, words)
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
    `Conflict` once it is published, `DomainError` for words that won't do.
    """
    lock(session, pledge)
    _refuse_public(pledge)
    _refuse_stale(pledge, edition)
    before = _said(pledge)
    _write(pledge, session.get_one(Draft, pledge.draft_id), words)
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


def _write(pledge: Pledge, draft: Draft, words: Words) -> None:
    titles, texts = _kept(words.titles), _kept(words.texts)
    if words.language not in titles or words.language not in texts:
        raise DomainError(_l("Write a title and what you pledge."))
    if max(map(len, titles.values())) > LONGEST_TITLE:
        raise DomainError(_l("A title holds at most %(most)s characters.", most=LONGEST_TITLE))
    if max(map(len, texts.values())) > LONGEST_TEXT:
        raise DomainError(_l("A pledge holds at most %(most)s characters.", most=LONGEST_TEXT))
    if len(words.focal_function.strip()) > LONGEST_FUNCTION:
        raise DomainError(_l("Write at most %(most)s characters.", most=LONGEST_FUNCTION))
    if words.until_date and words.until_date < words.from_date:
        raise DomainError(_l("The last day is before the first one."))
    _check_paragraphs(draft, words.lineages)
    pledge.titles, pledge.texts, pledge.language = titles, texts, words.language
    pledge.lineages = [str(one) for one in dict.fromkeys(words.lineages)]
    pledge.focal_function = words.focal_function.strip()
    pledge.from_date, pledge.until_date = words.from_date, words.until_date
    pledge.open_to_others = words.open_to_others


def _kept(texts: Mapping[str, str]) -> dict[str, str]:
    stripped = {language: text.strip() for language, text in texts.items()}
    return {language: text for language, text in stripped.items() if text}


def _check_paragraphs(draft: Draft, lineages: tuple[UUID, ...]) -> None:
    if not lineages or len(lineages) > MOST_PARAGRAPHS:
        raise DomainError(_l("Choose the paragraphs the pledge is about, at most 50."))
    document = document_of(draft)
    found = [document.find(lineage) for lineage in lineages]
    if any(block is None or block.kind is BlockKind.FOOTNOTE for block in found):
        raise DomainError(_l("The text has no such paragraph."))


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
