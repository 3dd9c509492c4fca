"""Inviting organisations to a call: choosing them, and one mail to each of their contacts.

Inviting twice is harmless: who has the mail does not get it again, and who became a contact since
gets it now. An organisation without a contact counts as invited all the same, since it can be
asked by post or telephone; it is named to the caller so that somebody does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from core import audit, outbox
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.actors import Actor
from movement.deadlines import state_at
from movement.models import (
    Call,
    CallState,
    MessageKind,
    Organisation,
    OrganisationKind,
    Participation,
)
from movement.queries.calls import messages_of
from movement.queries.directory import get_group, members_of, regions
from movement.queries.mail import keys_of
from movement.queries.participation import Contact, Participant, contact_list, participants
from movement.services import participation
from movement.services.messages import Office, letter

EVERYBODY, LISTED, VOICES = "all", "listed", "voices"
GROUP, NETWORK = "group:", "network:"


@dataclass(frozen=True)
class Invited:
    """What inviting did: mails put in the outbox, organisations asked, those without a contact."""

    mails: int
    organisations: tuple[str, ...]
    without_contact: tuple[str, ...]


def chosen(session: Session, call: Call, words: str) -> list[Participant]:
    """The organisations `words` name, one or several with commas; nothing is written.

    all: everybody who takes part. A region's code: its organisations in the frame. listed: those
    not invited yet. voices: those that take part outside the frame. group:CODE: the present
    members of a network that take part; network:CODE: the network itself. ISO3, IFRC, ICRC or a
    network's code: one; all but Societies take part outside the frame. Raises `DomainError` for a
    word that means nothing here.
    """
    everyone = participants(session, call.id)
    known = {region.code for region in regions(session)}
    picked: dict[str, Participant] = {}
    named = [word for word in (part.strip() for part in words.replace("،", ",").split(",")) if word]
    if not named:
        raise DomainError(_l("Nobody is named to be invited."))
    for word in named:
        if word in known or word in (EVERYBODY, LISTED, VOICES):
            found = [one for one in everyone if _fits(one, word)]
        elif word.startswith(GROUP):
            members = _members(session, word.removeprefix(GROUP))
            found = [one for one in everyone if one.organisation.id in members]
        else:
            found = [_one(session, call, everyone, word, known)]
        picked.update((one.organisation.code, one) for one in found)
    return list(picked.values())


def _fits(one: Participant, word: str) -> bool:
    if word == LISTED:
        return one.part.invited_at is None
    if word == VOICES:
        return not one.part.in_frame
    return word == EVERYBODY or (one.part.in_frame and word == one.part.region_code)


def _one(
    session: Session, call: Call, everyone: list[Participant], word: str, regions: set[str]
) -> Participant:
    """One organisation by its code; a network whose code is a region's too is asked for clearly."""
    code = word.removeprefix(NETWORK)
    inside = (one for one in everyone if one.organisation.code == code.upper())
    found = next(inside, None) or _from_outside(session, call, code)
    if code == word and word.lower() in regions:
        raise DomainError(
            _l(
                "%(word)s can be a region or a network: write %(region)s for the region, "
                "network:%(region)s for the network.",
                word=word,
                region=word.lower(),
            )
        )
    return found


def _members(session: Session, code: str) -> set[UUID]:
    """The present members of a network or group, whatever their place in it."""
    memberships = members_of(session, get_group(session, code).id)
    return {organisation.id for held, organisation in memberships if held.until_date is None}


def _from_outside(session: Session, call: Call, word: str) -> Participant:
    """The Federation, the Committee or a network, which take part without being counted."""
    organisation = session.scalars(
        select(Organisation).where(col(Organisation.code) == word.upper())
    ).one_or_none()
    if organisation is None:
        raise DomainError(
            _l(
                "%(word)s is no region, no organisation's code and not the word all.",
                word=word,
            )
        )
    if organisation.kind is OrganisationKind.NATIONAL_SOCIETY:
        raise DomainError(
            _l(
                "%(code)s was not a member on %(day)s, so it is not in the frame.",
                code=organisation.code,
                day=call.frame_date.isoformat(),
            )
        )
    part = Participation(call_id=call.id, organisation_id=organisation.id, in_frame=False)
    return Participant(part, organisation)


def _key(call: Call, contact: Contact) -> str:
    return f"invitation:{call.id}:{contact.organisation_id}:{contact.person_id}"


def to_send(
    session: Session, call: Call, lines: Iterable[tuple[Participant, list[Contact]]]
) -> int:
    """How many mails inviting these would send: one per contact who has none yet."""
    there = keys_of(session, call.id, MessageKind.INVITATION)
    return sum(_key(call, contact) not in there for _one, found in lines for contact in found)


def _hold(session: Session, to: Sequence[Participant]) -> None:
    """Read their parts as they are now: some may be opened or submitted at this moment."""
    known = select(Participation).where(col(Participation.id).in_([one.part.id for one in to]))
    held = known.order_by(col(Participation.id)).with_for_update()
    session.execute(held.execution_options(populate_existing=True)).all()


def invite(
    session: Session,
    call: Call,
    to: Sequence[Participant],
    *,
    office: Office,
    now: datetime,
    by: Actor | None = None,
    label: str = "",
) -> Invited:
    """Invite these; raises `Conflict` unless the call is open."""
    if state_at(call, now) is not CallState.OPEN:
        raise Conflict(_l("It is not open."))
    _hold(session, to)
    messages = messages_of(session, call.id)
    mails, without = 0, []
    for one, contacts in contact_list(session, to):
        session.add(one.part)
        participation.invited(one.part, now=now)
        if not contacts:
            without.append(one.organisation.code)
        for contact in contacts:
            text = letter(
                call, messages, MessageKind.INVITATION, one, contact,
                key=_key(call, contact),
                office=office, now=now,
            )  # fmt: skip
            mails += outbox.queue(session, text, now=now, domain=office.domain)
    done = Invited(mails, tuple(one.organisation.code for one in to), tuple(without))
    audit.record(
        session, "call.invited", about=call.code, now=now, by=by, label=label,
        organisations=list(done.organisations), without_contact=without, mails=mails,
    )  # fmt: skip
    session.flush()
    return done
