"""People and what they hold: given, ended, removed. Each act is audited; callers commit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from core import audit, outbox
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.actors import OF_A_PROCESS, OF_AN_ORGANISATION, Actor
from movement.addresses import normal_address
from movement.directory_cells import HIDDEN, LONGEST
from movement.directory_file import LANGUAGES
from movement.models import Assignment, Organisation, Person, Process, Role
from movement.services.signin import end_sessions_of

MOST_COLLEAGUES = 50
"""People of one organisation that can be added in the browser."""


@dataclass(frozen=True)
class Wanted:
    """A role for somebody, as typed. `name`: a person's name or function, "" leaves it as it is."""

    email: str
    role: str
    organisation: str | None = None
    process: str | None = None
    language: str | None = None
    name: str = ""


@dataclass(frozen=True)
class Given:
    """A role somebody holds now. `created`: whether they didn't hold it before."""

    person: Person
    assignment: Assignment
    organisation: Organisation | None
    process: Process | None
    created: bool

    def as_json(self) -> dict[str, Any]:
        """As the command prints it."""
        return {
            "email": self.person.email,
            "role": self.assignment.role.value,
            "organisation": self.organisation.code if self.organisation else None,
            "process": self.process.code if self.process else None,
            "created": self.created,
        }


def give(
    session: Session,
    wanted: Wanted,
    *,
    now: datetime,
    by: Actor | None = None,
    label: str = "",
    demonstration: bool = False,
) -> Given:
    """Give a role, making or reviving the person. Doing it twice changes nothing. Flushes.

    Raises `DomainError` for a bad address, an unknown role, organisation, process or language.
    """
    _check_words(wanted)
    role = _role(wanted.role)
    organisation = _organisation(session, role, wanted.organisation)
    process = _process(session, role, wanted.process)
    if organisation and by is not None:
        _keep_small(session, organisation)
    person = _person(session, normal_address(wanted.email), now=now, demonstration=demonstration)
    person.name = wanted.name.strip() or person.name
    person.language = wanted.language or person.language
    assignment = _held(session, person, role, organisation, process)
    created = assignment is None
    if assignment is None:
        assignment = Assignment(
            person_id=person.id,
            role=role,
            organisation_id=organisation.id if organisation else None,
            process_id=process.id if process else None,
            created_at=now,
        )
        session.add(assignment)
        place = (organisation and organisation.code) or (process and process.code)
        audit.record(
            session, "person.role-given", about=f"person {person.id}", now=now, by=by,
            label=label, role=role.value, place=place,
        )  # fmt: skip
    session.flush()
    return Given(person, assignment, organisation, process, created)


def _role(code: str) -> Role:
    try:
        return Role(code)
    except ValueError:
        roles = ", ".join(Role)
        raise DomainError(
            _l("There is no such role. The roles are: %(roles)s.", roles=roles)
        ) from None


def _organisation(session: Session, role: Role, code: str | None) -> Organisation | None:
    if role not in OF_AN_ORGANISATION:
        if code:
            raise DomainError(_l("This role is held for no organisation; leave it out."))
        return None
    if not code:
        raise DomainError(_l("This role is held for an organisation; name it by its code."))
    named = select(Organisation).where(Organisation.code == code.upper())
    found = session.scalars(named).one_or_none()
    if found is None:
        raise DomainError(_l("There is no organisation with the code %(code)s.", code=code))
    return found


def _process(session: Session, role: Role, code: str | None) -> Process | None:
    """The process named, else the only one; a consultant needs one, a Co-Chair may have all."""
    if role not in OF_A_PROCESS:
        if code:
            raise DomainError(_l("This role is held for no process; leave it out."))
        return None
    processes = {row.code: row for row in session.scalars(select(Process))}
    if code and code not in processes:
        raise DomainError(_l("There is no process with the code %(code)s.", code=code))
    if code:
        return processes[code]
    if len(processes) == 1:
        return next(iter(processes.values()))
    if role is Role.CONSULTANT:
        codes = ", ".join(sorted(processes)) or "–"
        raise DomainError(
            _l("A consultant works for one process; name it. There are: %(codes)s.", codes=codes)
        )
    return None


def _keep_small(session: Session, organisation: Organisation) -> None:
    """So that nobody can mail the world by adding it."""
    held = select(func.count(func.distinct(Assignment.person_id))).where(
        Assignment.organisation_id == organisation.id, col(Assignment.ended_at).is_(None)
    )
    if (session.scalar(held) or 0) >= MOST_COLLEAGUES:
        raise Conflict(
            _l("It has %(count)s people, the most there can be; end a role first.",
               count=MOST_COLLEAGUES)
        )  # fmt: skip


def _check_words(wanted: Wanted) -> None:
    if wanted.language and wanted.language not in LANGUAGES:
        codes = ", ".join(LANGUAGES)
        raise DomainError(_l("The language must be one of these: %(codes)s.", codes=codes))
    typed = (wanted.name, wanted.organisation or "", wanted.process or "")
    if any(HIDDEN.search(text) for text in typed):
        raise DomainError(_l("Invisible control characters can't be used; write it by hand."))
    if len(wanted.name) > LONGEST:
        raise DomainError(_l("The name is longer than 200 characters; shorten it."))


def _person(session: Session, email: str, *, now: datetime, demonstration: bool) -> Person:
    person = session.scalars(select(Person).where(Person.email == email)).one_or_none()
    if person is None:
        person = Person(email=email, created_at=now, demonstration=demonstration)
        session.add(person)
    elif person.removed_at is not None:
        person.removed_at, person.name, person.language = None, "", None
    session.flush()
    return person


def _held(
    session: Session,
    person: Person,
    role: Role,
    organisation: Organisation | None,
    process: Process | None,
) -> Assignment | None:
    held = select(Assignment).where(
        Assignment.person_id == person.id,
        Assignment.role == role,
        col(Assignment.organisation_id) == (organisation.id if organisation else None),
        col(Assignment.process_id) == (process.id if process else None),
        col(Assignment.ended_at).is_(None),
    )
    return session.scalars(held).first()


def end(
    session: Session, assignment: Assignment, *, now: datetime, by: Actor | None, label: str = ""
) -> None:
    """End a role; whoever then holds none is removed. Flushes.

    Raises `Conflict` where an organisation would lose its last focal point by its own people.
    """
    if by is not None and not by.holds(Role.SECRETARIAT, Role.ADMINISTRATOR):
        _keep_a_focal_point(session, assignment)
    _keep_an_administrator(session, [assignment])
    assignment.ended_at = now
    session.add(assignment)
    audit.record(
        session, "person.role-ended", about=f"person {assignment.person_id}", now=now, by=by,
        label=label, role=assignment.role.value,
    )  # fmt: skip
    session.flush()
    if not _assignments(session, assignment.person_id):
        person = session.get_one(Person, assignment.person_id)
        _remove(session, person, now=now, by=by, label=label)


def remove(
    session: Session, person: Person, *, now: datetime, by: Actor | None, label: str = ""
) -> None:
    """End all a person's roles, sessions and links at once, and call back their mail. Flushes.

    Raises `Conflict` for the last administrator.
    """
    _keep_an_administrator(session, _assignments(session, person.id))
    _remove(session, person, now=now, by=by, label=label)


def _remove(
    session: Session, person: Person, *, now: datetime, by: Actor | None, label: str
) -> None:
    open_roles = (col(Assignment.person_id) == person.id) & col(Assignment.ended_at).is_(None)
    session.execute(update(Assignment).where(open_roles).values(ended_at=now))
    person.removed_at = now
    session.add(person)
    end_sessions_of(session, person.id, now=now)
    outbox.cancel_to(session, person.email)
    about = f"person {person.id}"
    audit.record(session, "person.removed", about=about, now=now, by=by, label=label)
    session.flush()


def _assignments(session: Session, person_id: UUID) -> list[Assignment]:
    held = select(Assignment).where(
        Assignment.person_id == person_id, col(Assignment.ended_at).is_(None)
    )
    return list(session.scalars(held))


def _keep_a_focal_point(session: Session, ending: Assignment) -> None:
    is_one = ending.role is Role.FOCAL_POINT
    if is_one and _count(session, Role.FOCAL_POINT, ending.organisation_id) == 1:
        raise Conflict(_l("The last focal point must stay; add another one first."))


def _keep_an_administrator(session: Session, ending: list[Assignment]) -> None:
    ends_one = any(row.role is Role.ADMINISTRATOR for row in ending)
    if ends_one and _count(session, Role.ADMINISTRATOR, None) == 1:
        raise Conflict(_l("The last administrator must stay; add another one first."))


def _count(session: Session, role: Role, organisation_id: UUID | None) -> int:
    """How many people hold a role, for an organisation or (None) for all."""
    held = select(func.count(func.distinct(Assignment.person_id))).where(
        Assignment.role == role,
        col(Assignment.organisation_id) == organisation_id,
        col(Assignment.ended_at).is_(None),
    )
    return session.scalar(held) or 0
