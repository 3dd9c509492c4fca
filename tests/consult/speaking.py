"""Organisations that speak in a round, in a few words: what they say, submit and join."""

from typing import Any

from sqlmodel import Session, select

from consult.models import (
    Contribution,
    ContributionKind,
    ContributionSubmission,
    ProposalKind,
    Stance,
)
from consult.queries.voices import Voice, get_voice
from consult.services.contributions import By, write
from consult.services.saying import Said
from consult.services.submitting import in_progress, submit
from core.clock import now
from movement.actors import Actor, Grant
from movement.models import Assignment, Organisation, OrganisationKind, Person, Role
from tests.consult.arranged import lineage

COMMENT, AMENDMENT, POSITION = (
    ContributionKind.COMMENT, ContributionKind.AMENDMENT, ContributionKind.POSITION,
)  # fmt: skip


def a_network(session: Session, code: str = "APMN") -> Organisation:
    """The voice of a network."""
    made = Organisation(code=code, kind=OrganisationKind.NETWORK, names={"en": f"Network {code}"},
                        timezone="UTC", weekend_days=[6, 7])  # fmt: skip
    session.add(made)
    session.flush()
    return made


def a_comment(text: str = "We agree with this.", at: str = "p1", **more: Any) -> Said:
    return Said(COMMENT, "en", lineage=lineage(at), text=text, **more)


def an_amendment(
    proposal: str = "Societies act on needs, and on needs alone.", at: str = "p1", **more: Any
) -> Said:
    given = {"proposal_kind": ProposalKind.REPLACE, "text": "It is clearer.", **more}
    return Said(AMENDMENT, "en", lineage=lineage(at), proposal=proposal, **given)


def a_position(stance: Stance = Stance.SUPPORT, at: str = "p1", text: str = "") -> Said:
    return Said(POSITION, "en", lineage=lineage(at), stance=stance, text=text)


def by(label: str = "focal_point.ken@example.org", **more: Any) -> By:
    """Somebody of an organisation, now."""
    return By(now(), label, **more)


def voice(session: Session, code: str = "KEN", call: str = "round-1") -> Voice:
    return get_voice(session, call, code)


def says(session: Session, said: Said, code: str = "KEN", **more: Any) -> Contribution:
    """A contribution in progress. Commits."""
    one = write(session, voice(session, code), said, more.pop("by", by()), **more)
    session.commit()
    return one


def submits(session: Session, *said: Said, code: str = "KEN") -> ContributionSubmission:
    """All that the organisation has in progress, these included, in its name. Commits."""
    speaking = voice(session, code)
    for one in said:
        write(session, speaking, one, by())
    made = submit(session, speaking, in_progress(session, speaking), by())
    session.commit()
    return made


def contributions_of(session: Session, made: ContributionSubmission) -> list[Contribution]:
    """What a submission holds, as it is now, by number."""
    chosen = select(Contribution).where(Contribution.submission_id == made.id)
    rows = session.scalars(chosen.execution_options(populate_existing=True))
    return sorted(rows, key=lambda one: one.number or 0)


def actor_of(session: Session, person: Person) -> Actor:
    """The person as policies see them."""
    held = session.scalars(select(Assignment).where(Assignment.person_id == person.id))
    grants = tuple(Grant(one.role, one.organisation_id, one.process_id) for one in held)
    return Actor(person.id, person.name, person.email, None, person.id, grants)


def somebody_with(role: Role, organisation: Organisation | None = None) -> Actor:
    """A person who is in no table."""
    at = organisation.id if organisation else None
    who = Person(email=f"{role.value}@example.org", created_at=now())
    return Actor(who.id, "A function", who.email, None, who.id, (Grant(role, at),))
