"""People and what they hold: by address, by organisation, a page at a time; never everybody."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from core.errors import NotFound
from core.texts import lazy as _l
from movement.actors import OF_AN_ORGANISATION
from movement.models import Assignment, Organisation, Person, Process, Role

PAGE = 50


@dataclass(frozen=True)
class Holding:
    """An assignment held now, with what a page names of it. Codes are None where it is for all."""

    id: UUID
    person_id: UUID
    name: str
    email: str
    language: str | None
    role: Role
    organisation: str | None
    process: str | None


def find_person(session: Session, email: str) -> Person | None:
    """The person with this address, in small letters, unless removed."""
    found = select(Person).where(Person.email == email, col(Person.removed_at).is_(None))
    return session.scalars(found).one_or_none()


def get_person(session: Session, person_id: UUID) -> Person:
    """The person, unless removed; raises `NotFound`."""
    person = session.get(Person, person_id)
    if person is None or person.removed_at is not None:
        raise NotFound(_l("There is no such person."))
    return person


def get_assignment(session: Session, assignment_id: UUID) -> Assignment:
    """An assignment held now; raises `NotFound`."""
    assignment = session.get(Assignment, assignment_id)
    if assignment is None or assignment.ended_at is not None:
        raise NotFound(_l("This role has ended."))
    return assignment


def language_of(session: Session, person: Person) -> str | None:
    """The language to write to somebody in: their own, else their Society's."""
    if person.language:
        return person.language
    societies = (
        select(Organisation.language)
        .join(Assignment, col(Assignment.organisation_id) == col(Organisation.id))
        .where(
            Assignment.person_id == person.id,
            col(Assignment.ended_at).is_(None),
            col(Organisation.language).is_not(None),
        )
        .order_by(col(Assignment.created_at))
        .limit(1)
    )
    return session.scalars(societies).one_or_none()


_HOLDINGS = (
    columns(
        col(Assignment.id), col(Person.id), col(Person.name), col(Person.email),
        col(Person.language), col(Assignment.role), col(Organisation.code), col(Process.code),
    )
    .select_from(Assignment)
    .join(Person, col(Person.id) == col(Assignment.person_id))
    .outerjoin(Organisation, col(Organisation.id) == col(Assignment.organisation_id))
    .outerjoin(Process, col(Process.id) == col(Assignment.process_id))
    .where(col(Assignment.ended_at).is_(None), col(Person.removed_at).is_(None))
)  # fmt: skip


def holdings_of_organisation(session: Session, organisation_id: UUID) -> list[Holding]:
    """Who answers for an organisation, by role and address."""
    held = _HOLDINGS.where(
        col(Assignment.organisation_id) == organisation_id,
        col(Assignment.role).in_(OF_AN_ORGANISATION),
    ).order_by(col(Assignment.role), col(Person.email))
    return [Holding(*row) for row in session.execute(held)]


def holdings_of_people(session: Session, person_ids: list[UUID]) -> list[Holding]:
    """What these people hold, by address."""
    held = _HOLDINGS.where(col(Person.id).in_(person_ids)).order_by(col(Person.email))
    return [Holding(*row) for row in session.execute(held)]


def people_page(
    session: Session, *, email: str = "", organisation: str = "", page: int = 1
) -> tuple[list[Person], int]:
    """(at most 50 people by address, how many in all), narrowed to an exact address or a code."""
    chosen = select(Person).where(col(Person.removed_at).is_(None))
    if email:
        chosen = chosen.where(Person.email == email)
    if organisation:
        holders = (
            select(Assignment.person_id)
            .join(Organisation)
            .where(Organisation.code == organisation, col(Assignment.ended_at).is_(None))
        )
        chosen = chosen.where(col(Person.id).in_(holders))
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    shown = chosen.order_by(col(Person.email)).offset((page - 1) * PAGE).limit(PAGE)
    return list(session.scalars(shown)), total


def demonstration_people(session: Session) -> list[tuple[UUID, Role, dict[str, str]]]:
    """(person, role, names of the organisation or {}) of the invented people, by role."""
    invented = (
        columns(col(Person.id), col(Assignment.role), col(Organisation.names))
        .select_from(Person)
        .join(Assignment, col(Assignment.person_id) == col(Person.id))
        .outerjoin(Organisation, col(Organisation.id) == col(Assignment.organisation_id))
        .where(
            col(Person.demonstration).is_(True),
            col(Person.removed_at).is_(None),
            col(Assignment.ended_at).is_(None),
        )
        .order_by(col(Person.created_at), col(Person.email))
    )
    order = list(Role)
    rows = [(row[0], row[1], row[2] or {}) for row in session.execute(invented)]
    return sorted(rows, key=lambda row: order.index(row[1]))
