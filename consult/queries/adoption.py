"""Agreement to a draft, its adoption, and to whom its paragraphs are addressed. Reads only."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from sqlmodel import Session, col, select

from consult.models import (
    Adoption,
    Agreement,
    AgreementRequest,
    Consultation,
    Draft,
    DraftState,
    Duty,
)
from consult.queries.consultations import drafts_of, newest_published
from movement.models import Group, GroupKind, Organisation
from movement.queries.directory import groups, holds_on, members_of

SPEAKING = frozenset({"member", "co_chair", "host", "founder"})
"""The places in a group by which one agrees for it; observers don't."""


@dataclass(frozen=True)
class Member:
    """A member of a group, and what it says; None while it hasn't spoken."""

    organisation: Organisation
    said: Agreement | None


@dataclass(frozen=True)
class Standing:
    """How a group that was asked stands to a draft. `members` by code."""

    group: Group
    request: AgreementRequest
    members: tuple[Member, ...]

    @cached_property
    def consenting(self) -> tuple[Member, ...]:
        """Those that consent."""
        return tuple(one for one in self.members if one.said and one.said.consents)

    @cached_property
    def objecting(self) -> tuple[Member, ...]:
        """Those that object."""
        return tuple(one for one in self.members if one.said and not one.said.consents)

    @cached_property
    def silent(self) -> tuple[Member, ...]:
        """Those that haven't spoken."""
        return tuple(one for one in self.members if one.said is None)


@dataclass(frozen=True)
class Awaited:
    """A word asked of one organisation, as a member of a group; `said`: what it says so far."""

    consultation: Consultation
    draft: Draft
    group: Group
    organisation: Organisation
    said: Agreement | None


def speakers_on(session: Session, group_id: UUID, day: date) -> list[Organisation]:
    """The organisations that speak in a group on a day, by code, each once."""
    held = {
        one.id: one
        for place, one in members_of(session, group_id)
        if place.role in SPEAKING and holds_on(place.from_date, place.until_date, day)
    }
    return list(held.values())


def speaks_in(session: Session, group_id: UUID, organisation_id: UUID, day: date) -> bool:
    """Whether an organisation speaks in a group on a day."""
    return any(one.id == organisation_id for one in speakers_on(session, group_id, day))


def requests_of(session: Session, draft_id: UUID) -> list[tuple[AgreementRequest, Group]]:
    """The groups asked about a draft, by code."""
    chosen = (
        select(AgreementRequest, Group).join(Group).where(AgreementRequest.draft_id == draft_id)
    )
    return [(row[0], row[1]) for row in session.execute(chosen.order_by(col(Group.code)))]


def said_of(session: Session, draft_id: UUID, group_id: UUID) -> dict[UUID, Agreement]:
    """What a group's members say to a draft, by organisation."""
    chosen = select(Agreement).where(Agreement.draft_id == draft_id, Agreement.group_id == group_id)
    return {row.organisation_id: row for row in session.scalars(chosen)}


def standings(session: Session, draft: Draft, *, on: date) -> list[Standing]:
    """How each group that was asked stands to a draft: its members on a day, and who ever spoke."""
    found = []
    for request, group in requests_of(session, draft.id):
        said = said_of(session, draft.id, group.id)
        speakers = {one.id: one for one in speakers_on(session, group.id, on)}
        gone = [one for one in said if one not in speakers]
        everyone = [*speakers.values(), *(session.get_one(Organisation, one) for one in gone)]
        members = sorted(everyone, key=lambda one: one.code)
        rows = tuple(Member(one, said.get(one.id)) for one in members)
        found.append(Standing(group, request, rows))
    return found


def seen(draft: Draft, found: Iterable[Standing]) -> str:
    """A digest of a draft and what is said to it, by which a stale page is noticed."""
    parts = [str(draft.id)] + [
        f"{standing.group.code}/{one.organisation.code}/"
        f"{one.said.consents if one.said else ''}/{one.said.reason if one.said else ''}"
        for standing in found
        for one in standing.members
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def record_seen(adoption: Adoption) -> str:
    """A digest of what is recorded of an adoption, by which a stale page is noticed."""
    parts = (adoption.body, adoption.adopted_on.isoformat(), adoption.reference)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def groups_to_ask(session: Session, draft: Draft) -> list[Group]:
    """The groups with members that weren't asked about a draft: those that govern first."""
    asked = {group.id for _request, group in requests_of(session, draft.id)}
    rest = [group for group, count in groups(session) if count and group.id not in asked]
    return sorted(rest, key=lambda group: group.kind is not GroupKind.GOVERNANCE)


def find_adoption(session: Session, draft: Draft) -> Adoption | None:
    """The adoption of a draft, or None."""
    return session.get(Adoption, draft.id)


def find_adopted(session: Session, consultation: Consultation) -> tuple[Draft, Adoption] | None:
    """The newest adopted draft of a consultation, or None."""
    for draft in reversed(drafts_of(session, consultation)):
        adoption = find_adoption(session, draft)
        if adoption is not None:
            return draft, adoption
    return None


def adopted_texts(session: Session) -> list[tuple[Consultation, Draft, Adoption]]:
    """All adopted texts, the one adopted last first."""
    chosen = select(Consultation, Draft, Adoption).where(
        col(Adoption.draft_id) == col(Draft.id), col(Draft.consultation_id) == col(Consultation.id)
    )
    rows = session.execute(chosen.order_by(col(Adoption.adopted_on).desc(), Consultation.code))
    return [(row[0], row[1], row[2]) for row in rows]


def duties_of(session: Session, draft_id: UUID) -> dict[UUID, Duty]:
    """To whom the paragraphs of an adopted draft are addressed, by lineage."""
    return {
        row.lineage: row for row in session.scalars(select(Duty).where(Duty.draft_id == draft_id))
    }


def awaited_of(session: Session, organisation_ids: Collection[UUID], *, on: date) -> list[Awaited]:
    """The words that are asked of these organisations now: on the newest, unadopted drafts."""
    if not organisation_ids:
        return []
    open_ones = (
        select(Draft, Group)
        .select_from(AgreementRequest)
        .join(Draft, col(Draft.id) == col(AgreementRequest.draft_id))
        .join(Group, col(Group.id) == col(AgreementRequest.group_id))
        .outerjoin(Adoption, col(Adoption.draft_id) == col(Draft.id))
        .where(col(Adoption.draft_id).is_(None), Draft.state == DraftState.PUBLISHED)
        .order_by(col(AgreementRequest.asked_at))
    )
    found: list[Awaited] = []
    for draft, group in session.execute(open_ones):
        consultation = session.get_one(Consultation, draft.consultation_id)
        newest = newest_published(session, consultation)
        if newest is None or newest.id != draft.id or consultation.archived_at:
            continue
        said = said_of(session, draft.id, group.id)
        found += [
            Awaited(consultation, draft, group, one, said.get(one.id))
            for one in speakers_on(session, group.id, on)
            if one.id in organisation_ids
        ]
    return found
