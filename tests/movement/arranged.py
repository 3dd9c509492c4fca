"""A small Movement for the tests of calls: regions, some organisations, people, a process."""

from datetime import UTC, date, datetime

from sqlmodel import Session

from movement.models import (
    Admission,
    Assignment,
    Call,
    Organisation,
    OrganisationKind,
    Person,
    Process,
    Region,
    Role,
)
from movement.services.calls import Opening, open_call
from movement.services.messages import Office

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""A Monday morning."""
CLOSES = date(2026, 3, 31)
OFFICE = Office("Secretariat", "https://plenary.example.org")
REGIONS = ("africa", "americas", "asia_pacific", "europe_central_asia", "mena")


def add_regions(session: Session) -> None:
    session.add_all(
        Region(code=code, names={"en": code}, position=number)
        for number, code in enumerate(REGIONS)
    )
    session.flush()


def society(
    session: Session,
    code: str,
    region: str = "africa",
    *,
    zone: str = "Africa/Nairobi",
    weekend: tuple[int, ...] = (6, 7),
    language: str | None = "en",
    since: date | None = None,
    until: date | None = None,
) -> Organisation:
    """A National Society with one spell of membership."""
    organisation = Organisation(
        code=code,
        kind=OrganisationKind.NATIONAL_SOCIETY,
        names={"en": f"Society {code}", "fr": f"Société {code}"},
        region_code=region,
        timezone=zone,
        weekend_days=list(weekend),
        language=language,
    )
    session.add(organisation)
    session.flush()
    session.add(Admission(organisation_id=organisation.id, from_date=since, until_date=until))
    return organisation


def federation(session: Session) -> Organisation:
    organisation = Organisation(
        code="IFRC",
        kind=OrganisationKind.FEDERATION,
        names={"en": "Federation"},
        timezone="Europe/Zurich",
        weekend_days=[6, 7],
        language="en",
    )
    session.add(organisation)
    return organisation


def person(
    session: Session,
    email: str,
    role: Role,
    organisation: Organisation | None = None,
    *,
    language: str | None = None,
) -> Person:
    """Somebody with one role."""
    somebody = Person(email=email, name="A function", language=language, created_at=NOW)
    session.add(somebody)
    session.flush()
    session.add(
        Assignment(
            person_id=somebody.id,
            role=role,
            organisation_id=organisation.id if organisation else None,
            created_at=NOW,
        )
    )
    session.flush()
    return somebody


def process(session: Session, *, demonstration: bool = False) -> Process:
    made = Process(code="migration", titles={"en": "Migration"}, demonstration=demonstration)
    session.add(made)
    session.flush()
    return made


def call(
    session: Session,
    *,
    closes_on: date = CLOSES,
    demonstration: bool = False,
    now: datetime = NOW,
) -> Call:
    """An open call of everybody who is a member; add the organisations first."""
    opening = Opening("spring", {"en": "Spring survey", "fr": "Enquête"}, closes_on)
    made = open_call(session, process(session, demonstration=demonstration), opening, now=now)
    session.flush()
    return made
