"""Whoever can be given contributions to look after: the secretariat."""

from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from movement.models import Assignment, Person, Role


def officers(session: Session) -> list[Person]:
    """The people of the secretariat, by name, else address."""
    found = session.scalars(_held().distinct())
    return sorted(found, key=lambda person: (person.name or person.email).casefold())


def find_officer(session: Session, person_id: UUID) -> Person | None:
    """Somebody of the secretariat by id, or None."""
    return session.scalars(_held().where(Person.id == person_id)).first()


def names_of(session: Session, ids: set[UUID]) -> dict[UUID, str]:
    """How people are called on pages, by id; those who left too."""
    chosen = select(Person).where(col(Person.id).in_(ids))
    return {person.id: person.name or person.email for person in session.scalars(chosen)}


def _held() -> SelectOfScalar[Person]:
    return (
        select(Person)
        .join(Assignment)
        .where(
            Assignment.role == Role.SECRETARIAT,
            col(Assignment.ended_at).is_(None),
            col(Person.removed_at).is_(None),
        )
    )
